/** A QR code that leads to a video or an address (docs/composing.md, DigitalContent). */

import { webAddress } from "../addresses.ts";
import type { FullStepOf, FullWorkflow } from "../complete.ts";
import { PLAIN_PATH } from "../drawing.ts";
import { type Field, type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { write } from "../numbers.ts";
import { contained, through } from "../placing.ts";
import { type Modules, qrCode } from "../qr.ts";
import type { Selection } from "../selection.ts";

type Choice = Selection<FullStepOf<"DigitalContent">>;

/** The side of the smallest module that is made to be read everywhere: four dots of a printer of 300 dpi. */
const LEAST_MODULE_MM = 0.33;
const MM_PER_PT = 25.4 / 72;
const QUIET = 4;
const [BLACK, WHITE] = ["#000000", "#ffffff"] as const;

export const DIGITAL_CONTENT = kind<FullStepOf<"DigitalContent">>({ fields: ["upload", "url"], draw, check, lacking });

function draw(selection: Choice): StepDrawing {
  const { regions, only } = selection.step;
  const content = contentOf(selection);
  if (content === null) return NOTHING_DRAWN;
  const code = qrCode(content);
  if (code === null) return { drawn: [], found: [{ code: "url-not-allowed", field: "upload", detail: "" }] };
  const side = code.length + 2 * QUIET;
  const outlines = [
    [`M0 0L${side} 0L${side} ${side}L0 ${side}Z`, WHITE],
    [bars(code), BLACK],
  ] as const;
  const drawn = regions.flatMap((region) =>
    outlines.map(([d, fill]) => ({
      region,
      element: { ...PLAIN_PATH, d: through(d, contained(region, [side, side])), fill, only },
    })),
  );
  return { drawn, found: [...tooSmall(selection.step, selection.workflow, side)] };
}

/** Of what prints; told here, since an outline does not tell its modules. */
function* tooSmall(step: FullStepOf<"DigitalContent">, workflow: FullWorkflow, side: number): Generator<Found> {
  const panels = new Set(workflow.panels.map(({ name }) => name));
  const printed = step.regions.filter(({ panel }) => panels.has(panel) && step.only !== "screen");
  const least = Math.min(...printed.map(({ width, height }) => (Math.min(width, height) / side) * MM_PER_PT));
  if (least < LEAST_MODULE_MM) yield { code: "code-too-small", field: "upload", detail: write(least) };
}

/** The dark modules, neighbours of a row together. */
function bars(code: Modules): string {
  return code
    .flatMap((row, index) =>
      [...row.join("").matchAll(/1+/g)].map((run) => {
        const [left, right, y] = [run.index + QUIET, run.index + run[0].length + QUIET, index + QUIET];
        return `M${left} ${y}L${right} ${y}L${right} ${y + 1}L${left} ${y + 1}Z`;
      }),
    )
    .join("");
}

/** What the code says; null where there is nothing to lead to. */
function contentOf({ step, answer, context }: Choice): string | null {
  const upload = answer.upload ?? "";
  if (Object.hasOwn(context.links, upload)) {
    const link = context.links[upload] as string;
    return step.baseUrl === "" ? link : landing(step.baseUrl, link);
  }
  return step.allowUrl ? webAddress(answer.url) : null;
}

/** The landing page with the video's address in its query (contract/domain.md 7). */
function landing(baseUrl: string, link: string): string {
  const base = baseUrl.includes("://") ? baseUrl : `https://${baseUrl}`;
  const bytes = new TextEncoder().encode(JSON.stringify([{ rel: "mpeg4", href: link }]));
  const video = encodeURIComponent(btoa(String.fromCharCode(...bytes)));
  return `${base.endsWith("/") ? base : `${base}/`}?video=${video}`;
}

function* check({ step, given, context }: Choice): Generator<Found> {
  if (given.upload !== null && !Object.hasOwn(context.links, given.upload)) {
    yield { code: "unknown-upload", field: "upload", detail: given.upload };
  }
  if (given.url !== null && !(step.allowUrl && webAddress(given.url))) {
    yield { code: "url-not-allowed", field: "url", detail: "" };
  }
}

function lacking(selection: Choice): Field | null {
  return contentOf(selection) === null ? "upload" : null;
}
