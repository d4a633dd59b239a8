/** How a design will print (docs/composing.md, Preflight): what a printer would send back. Knows no file format. */

import type { FindingCode } from "./answers.ts";
import { type Box, elementBox, enclosing, filledBox, inset, regionBox, TOLERANCE_PT, within } from "./boxes.ts";
import type { FullPanel, FullRegion, FullStep, FullWorkflow } from "./complete.ts";
import type { Ink } from "./document.ts";
import { type Grounds, standsOut } from "./grounds.ts";
import type { Drawn, Field, Found } from "./kinds.ts";
import { write } from "./numbers.ts";
import type { Context, FullContext, Level } from "./resources.ts";
import type { Element, ImageElement } from "./scene.ts";
import type { Selection } from "./selection.ts";
import type { Picture } from "./workflow.ts";

/** The findings that a product may ignore, warn of (as it does where nothing is said) or block on. */
export const ADJUSTABLE: readonly string[] = [
  "text-too-small",
  "marks-outside-region",
  "code-too-small",
  "resolution-too-low",
  "outside-safe-area",
  "short-of-bleed",
  "line-too-thin",
  "too-many-colors",
  "too-much-ink",
  "contrast-too-low",
] satisfies FindingCode[];

const LEAST_DPI = 150;
const LEAST_LINE_PT = 0.25;
const TOLERANCE_PERCENT = 0.01;
/** Steps whose drawing must not be cut: all of it has to be seen. */
const LEGIBLE: readonly FullStep["type"][] = ["Text", "Module", "Illustration", "DigitalContent"];
/** Steps whose drawing may run over the edge, and then must run over all of the bleed. */
const FILLING: readonly FullStep["type"][] = ["Shape", "Picture", "Frame", "Patchwork", "ProductOverlay"];
/** What the product makes of a finding; all that is not adjustable blocks. */
export function levelOf(finding: { readonly code: string }, context: Context): Level {
  return ADJUSTABLE.includes(finding.code) ? (context.preflight?.[finding.code] ?? "warn") : "block";
}

/** Looks at the steps of one design in their order: the colours of a panel are counted from step to step. */
export class Preflight {
  readonly #panels: ReadonlyMap<string, FullPanel>;
  readonly #pictures: Readonly<Record<string, Picture>>;
  readonly #colors: ReadonlyMap<string, Set<string>>;

  readonly #grounds: Grounds;

  constructor(workflow: FullWorkflow, context: FullContext, grounds: Grounds) {
    this.#panels = new Map(workflow.panels.map((panel) => [panel.name, panel]));
    this.#pictures = { ...workflow.pictures, ...context.pictures };
    this.#colors = new Map(workflow.panels.map((panel) => [panel.name, background(panel)]));
    this.#grounds = grounds;
  }

  /** What a step's elements bring to light. */
  *look(selection: Selection, drawn: readonly Drawn[]): Generator<Found> {
    const { step } = selection;
    const printed = drawn.filter(({ element, region }) => element.only !== "screen" && this.#panels.has(region.panel));
    const field = fieldOf(step);
    yield* this.#resolution(printed, field);
    const bent = step.type === "Text" && step.curved && step.paths.length > 0;
    if (LEGIBLE.includes(step.type)) yield* this.#safeArea(printed, field, bent);
    if (FILLING.includes(step.type)) yield* this.#bleed(printed, field);
    yield* thinLines(printed, field);
    yield* this.#colorsUsed(printed, field);
    yield* this.#inkLaid(printed, paintField(selection));
    if (LEGIBLE.includes(step.type)) yield* this.#contrast(printed, paintField(selection), bent);
  }

  *#resolution(printed: readonly Drawn[], field: Field | ""): Generator<Found> {
    const found = printed.flatMap(({ element }) => (element.kind === "image" ? this.#dpi(element) : []));
    const least = Math.min(...found);
    if (least < LEAST_DPI) yield { code: "resolution-too-low", field, detail: write(Math.floor(least)) };
  }

  #dpi({ asset, matrix: [a, b, c, d] }: ImageElement): number[] {
    const picture = Object.hasOwn(this.#pictures, asset) ? this.#pictures[asset] : undefined;
    if (picture === undefined) return [];
    const [across, down] = [Math.sqrt(a * a + b * b), Math.sqrt(c * c + d * d)];
    if (across === 0 || down === 0) return [];
    return [Math.min((picture.widthPx * 72) / across, (picture.heightPx * 72) / down)];
  }

  /** A region that is safe keeps what is in it safe, but text that is bent along a curve leaves it. */
  *#safeArea(printed: readonly Drawn[], field: Field | "", bent: boolean): Generator<Found> {
    for (const { region, element } of printed) {
      const panel = this.#panelOf(region);
      const safe = inset(panel, panel.bleed + panel.safe);
      const kept = !bent && within(regionBox(region), safe);
      if (!kept && !within(elementBox(element), safe)) {
        yield { code: "outside-safe-area", field, detail: panel.name };
        return;
      }
    }
  }

  *#bleed(printed: readonly Drawn[], field: Field | ""): Generator<Found> {
    for (const each of printed) {
      const panel = this.#panelOf(each.region);
      if (panel.bleed > 0 && stopsShort(filledBox(each), panel)) {
        yield { code: "short-of-bleed", field, detail: panel.name };
        return;
      }
    }
  }

  *#colorsUsed(printed: readonly Drawn[], field: Field | ""): Generator<Found> {
    for (const { region, element } of printed) {
      const { name, maxColors } = this.#panelOf(region);
      if (maxColors === 0) continue;
      const used = this.#colors.get(name) as Set<string>;
      const known = used.size;
      for (const ink of inksOf(element)) used.add(ink);
      if (used.size > Math.max(known, maxColors) || element.kind === "image") {
        yield { code: "too-many-colors", field, detail: write(maxColors) };
        return;
      }
    }
  }

  /** More than the paper takes: it smears, and sets off on the sheet above. */
  *#inkLaid(printed: readonly Drawn[], field: Field | ""): Generator<Found> {
    let most = 0;
    for (const { region, element } of printed) {
      const { maxInk } = this.#panelOf(region);
      const total = Math.max(...inkTotals(element));
      if (maxInk > 0 && total > maxInk + TOLERANCE_PERCENT) most = Math.max(most, total);
    }
    if (most > 0) yield { code: "too-much-ink", field, detail: write(most) };
  }

  *#contrast(printed: readonly Drawn[], field: Field | "", bent: boolean): Generator<Found> {
    for (const region of new Set(printed.map((each) => each.region))) {
      const drawn = printed.flatMap((each) => (each.region === region ? each.element : []));
      const ground = this.#grounds.beneath(region, bent ? enclosing(drawn.map(elementBox)) : regionBox(region));
      if (ground !== null && !drawn.some((element) => standsOut(element, ground))) {
        yield { code: "contrast-too-low", field, detail: ground };
        return;
      }
    }
  }

  #panelOf(region: FullRegion): FullPanel {
    return this.#panels.get(region.panel) as FullPanel;
  }
}

/** Where a colour is chosen, if one is. */
function paintField({ step, options }: Selection): Field | "" {
  if (step.type === "Text" && options.variants(step.colorOption).length > 1) return "colorVariantId";
  return step.type === "Text" && step.colorPickerEnabled ? "color" : fieldOf(step);
}

function fieldOf(step: FullStep): Field | "" {
  if (step.type === "Frame") return "upload";
  if (step.type === "Text" || step.type === "Module") return "text";
  return step.option === null ? "" : "variantId";
}

function background({ background: color }: FullPanel): Set<string> {
  return new Set(color === null || color === "#ffffff" ? [] : [color]);
}

function* thinLines(printed: readonly Drawn[], field: Field | ""): Generator<Found> {
  const widths = printed.flatMap(({ element }) => (element.kind === "path" ? [element.strokeWidth] : []));
  const thin = widths.filter((width) => width > 0 && width < LEAST_LINE_PT);
  if (thin.length > 0) yield { code: "line-too-thin", field, detail: write(Math.min(...thin)) };
}

function inksOf(element: Element): string[] {
  if (element.kind === "image") return [];
  const { fill, fillInk, stroke, strokeInk } = element;
  return [...(fill === null ? [] : [inkName(fill, fillInk)]), ...(stroke === null ? [] : [inkName(stroke, strokeInk)])];
}

function inkName(color: string, ink: Ink | null): string {
  return ink === null ? color : ink.spot || [color, ...(ink.cmyk ?? []).map(write)].join(" ");
}

/** What the four inks of a press come to for each colour, in percent; 0 of a spot ink, and of one that is converted. */
function inkTotals(element: Element): number[] {
  if (element.kind === "image") return [0];
  return [element.fillInk, element.strokeInk].map((ink) => {
    if (ink === null || ink.spot || ink.cmyk === null) return 0;
    const [cyan, magenta, yellow, black] = ink.cmyk;
    return cyan + magenta + yellow + black;
  });
}

/** Whether some side lies beyond the trim, or on it, but not as far out as the bleed goes. */
function stopsShort([left, top, right, bottom]: Box, { width, height, bleed }: FullPanel): boolean {
  return [left, top, width - right, height - bottom].some(
    (inward) => inward > TOLERANCE_PT && inward <= bleed + TOLERANCE_PT,
  );
}
