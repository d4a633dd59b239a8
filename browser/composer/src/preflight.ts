/** How a design will print (docs/composing.md, Preflight): what a printer would send back. Knows no file format. */

import type { FindingCode } from "./answers.ts";
import type { FullPanel, FullRegion, FullStep, FullWorkflow } from "./complete.ts";
import type { Ink } from "./document.ts";
import { corners } from "./drawing.ts";
import type { Drawn, Field, Found } from "./kinds.ts";
import { type Point, write } from "./numbers.ts";
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
] satisfies FindingCode[];

const LEAST_DPI = 150;
const LEAST_LINE_PT = 0.25;
const TOLERANCE_PT = 0.01;
/** Steps whose drawing must not be cut: all of it has to be seen. */
const LEGIBLE: readonly FullStep["type"][] = ["Text", "Module", "Illustration", "DigitalContent"];
/** Steps whose drawing may run over the edge, and then must run over all of the bleed. */
const FILLING: readonly FullStep["type"][] = ["Shape", "Picture", "Frame", "Patchwork", "ProductOverlay"];
const ENDS = /([-0-9.]+) ([-0-9.]+)(?=[MLQCZ]|$)/g;

/** Left, top, right, bottom. */
type Box = readonly [number, number, number, number];

const boxes = new Map<string, Box>();
const MOST_BOXES = 64;

/** What the product makes of a finding; all that is not adjustable blocks. */
export function levelOf(finding: { readonly code: string }, context: Context): Level {
  return ADJUSTABLE.includes(finding.code) ? (context.preflight?.[finding.code] ?? "warn") : "block";
}

/** Looks at the steps of one design in their order: the colours of a panel are counted from step to step. */
export class Preflight {
  readonly #panels: ReadonlyMap<string, FullPanel>;
  readonly #pictures: Readonly<Record<string, Picture>>;
  readonly #colors: ReadonlyMap<string, Set<string>>;

  constructor(workflow: FullWorkflow, context: FullContext) {
    this.#panels = new Map(workflow.panels.map((panel) => [panel.name, panel]));
    this.#pictures = { ...workflow.pictures, ...context.pictures };
    this.#colors = new Map(workflow.panels.map((panel) => [panel.name, background(panel)]));
  }

  /** What a step's elements bring to light. */
  *look({ step }: Selection, drawn: readonly Drawn[]): Generator<Found> {
    const printed = drawn.filter(({ element, region }) => element.only !== "screen" && this.#panels.has(region.panel));
    const field = fieldOf(step);
    yield* this.#resolution(printed, field);
    const bent = step.type === "Text" && step.curved && step.paths.length > 0;
    if (LEGIBLE.includes(step.type)) yield* this.#safeArea(printed, field, bent);
    if (FILLING.includes(step.type)) yield* this.#bleed(printed, field);
    yield* thinLines(printed, field);
    yield* this.#colorsUsed(printed, field);
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
      if (!kept && !within(boxOf(element), safe)) {
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

  #panelOf(region: FullRegion): FullPanel {
    return this.#panels.get(region.panel) as FullPanel;
  }
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
  return ink === null ? color : ink.spot || `${color} ${ink.cmyk}`;
}

function inset({ width, height }: FullPanel, by: number): Box {
  return [by, by, width - by, height - by];
}

function regionBox(region: FullRegion): Box {
  return around(corners(region));
}

/** Around the region, or as much of it as an upright picture covers; of a turned one a corner is no edge. */
function filledBox({ region, element }: Drawn): Box {
  const box = regionBox(region);
  if (element.kind !== "image" || !isUpright(element)) return box;
  const picture = around(pictureCorners(element));
  const [left, top] = [Math.max(box[0], picture[0]), Math.max(box[1], picture[1])];
  const [right, bottom] = [Math.min(box[2], picture[2]), Math.min(box[3], picture[3])];
  return left < right && top < bottom ? [left, top, right, bottom] : box;
}

function isUpright({ matrix: [a, b, c, d] }: ImageElement): boolean {
  return (b === 0 && c === 0) || (a === 0 && d === 0);
}

function pictureCorners({ matrix: [a, b, c, d, e, f] }: ImageElement): Point[] {
  return [
    [e, f],
    [e + a, f + b],
    [e + c, f + d],
    [e + a + c, f + b + d],
  ];
}

/** Around the ends of all segments, and the stroke; of a picture, around its clip or else its corners. */
function boxOf(element: Element): Box {
  if (element.kind === "path") {
    const [left, top, right, bottom] = outlineBox(element.d);
    const half = element.strokeWidth / 2;
    return [left - half, top - half, right + half, bottom + half];
  }
  if (element.clip !== null) return outlineBox(element.clip);
  return around(pictureCorners(element));
}

/** Remembered: of a long text that is bent it takes as long as all the rest, at each key stroke in another step. */
function outlineBox(d: string): Box {
  let box = boxes.get(d);
  if (box === undefined) {
    box = around([...d.matchAll(ENDS)].map(([, x, y]): Point => [Number(x), Number(y)]));
    if (boxes.size >= MOST_BOXES) boxes.clear();
    boxes.set(d, box);
  }
  return box;
}

function around(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left, top, right, bottom];
}

function within(box: Box, outer: Box): boolean {
  const begins = box[0] >= outer[0] - TOLERANCE_PT && box[1] >= outer[1] - TOLERANCE_PT;
  return begins && box[2] <= outer[2] + TOLERANCE_PT && box[3] <= outer[3] + TOLERANCE_PT;
}

/** Whether some side lies beyond the trim, or on it, but not as far out as the bleed goes. */
function stopsShort([left, top, right, bottom]: Box, { width, height, bleed }: FullPanel): boolean {
  return [left, top, width - right, height - bottom].some(
    (inward) => inward > TOLERANCE_PT && inward <= bleed + TOLERANCE_PT,
  );
}
