/** A text set in all regions of its step, straight or on curves (docs/composing.md, Text 2-9). Knows no answers. */

import { codePoints, markOf, textOf } from "./characters.ts";
import type { FullRegion, FullTextStep } from "./complete.ts";
import { type Curve, curveOf } from "./curves.ts";
import { curvedOutlines, farthest, textOutlines } from "./drawing.ts";
import type { Font } from "./fonts.ts";
import type { Found } from "./kinds.ts";
import { Fitting, type Layout } from "./layout.ts";

const PILED = 3;

/** The outlines of a text in a region, its size in tenths of a point, and whether marks pile up out of the region. */
export interface SetText {
  readonly region: FullRegion;
  readonly d: string;
  readonly tenths: number;
  readonly strays: boolean;
}

/** A step's text as it was last set: a key stroke changes one step, the others need not be set again. */
interface Typeset {
  readonly text: string;
  readonly font: Font;
  readonly texts: readonly SetText[];
  readonly found: readonly Found[];
}

const typesets = new WeakMap<FullTextStep, Typeset>();

/** A step's text where it is to be seen, and what came to light in setting it. */
export function typeset(step: FullTextStep, text: string, font: Font): Pick<Typeset, "texts" | "found"> {
  const last = typesets.get(step);
  if (last !== undefined && last.text === text && last.font === font) return last;
  const made = typesetOf(step, text, font);
  typesets.set(step, made);
  return made;
}

function typesetOf(step: FullTextStep, text: string, font: Font): Typeset {
  const fitting = new Fitting(step, text, font);
  const made = step.regions.map((region, index) => ({ region, ...setIn(step, region, fitting, font, index) }));
  const piled = arePiled(text) && !(step.curved && step.paths.length > 0);
  const texts = made.map(({ region, layout: { size: tenths }, d }) => {
    return { region, d, tenths, strays: piled && strays(d, region, tenths) };
  });
  return { text, font, texts: texts.filter(({ d }) => d !== ""), found: [...seen(made.map(({ layout }) => layout))] };
}

/** Whether marks stand upon marks: so many in a row that a font may let them leave its line. */
function arePiled(text: string): boolean {
  let row = 0;
  return codePoints(text).some((code) => {
    row = markOf(code) === "N" ? 0 : row + 1;
    return row === PILED;
  });
}

/** Whether outlines lie further out of the region than half the size, as no letter of a font does by itself. */
function strays(d: string, region: FullRegion, tenths: number): boolean {
  const [across, down] = farthest(d, region);
  return across > region.width / 2 + tenths / 20 || down > region.height / 2 + tenths / 20;
}

function setIn(step: FullTextStep, region: FullRegion, fitting: Fitting, font: Font, index: number) {
  const curve = curveIn(step, index);
  if (curve === null) {
    const layout = fitting.into(region);
    return { layout, d: textOutlines(step, region, layout, font) };
  }
  const layout = fitting.along(curve.length);
  return { layout, d: curvedOutlines(step, region, layout, font, curve) };
}

/** The curve of the step's region of this index; the last serves the rest. */
function curveIn({ curved, paths }: FullTextStep, index: number): Curve | null {
  const path = paths[Math.min(index, paths.length - 1)];
  return curved && path !== undefined ? curveOf(path) : null;
}

function* seen(layouts: readonly Layout[]): Generator<Found> {
  const missing = new Set(layouts.flatMap(({ lines }) => lines.flatMap((line) => line.missing)));
  if (missing.size > 0) yield { code: "glyph-missing", field: "text", detail: textOf([...missing]) };
  if (!layouts.every(({ fits }) => fits)) yield { code: "text-does-not-fit", field: "text", detail: "" };
}
