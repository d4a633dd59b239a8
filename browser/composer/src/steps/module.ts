/** A text whose letters are drawings: a bespoke font (docs/composing.md, Module). */

import type { FullRegion, FullStepOf } from "../complete.ts";
import { type Entry, type Field, type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { turn } from "../numbers.ts";
import { drawnPaths, inked, placed, type Size } from "../placing.ts";
import { profaneWord } from "../profanity.ts";
import { type Drawing, drawingOf, type Resources } from "../resources.ts";
import type { PathElement } from "../scene.ts";
import type { Selection } from "../selection.ts";
import { cased, cleaned, isBlank, letters, shortened } from "../spelling.ts";

type ModuleStep = FullStepOf<"Module">;
type Choice = Selection<ModuleStep>;

const SPACE_WIDTH = 0.5;
const ALONG = { left: 0, center: 0.5, right: 1 } as const;

export const MODULE = kind<ModuleStep>({ fields: ["text"], draw, check, lacking, entries, drawings });

function draw(selection: Choice, resources: Resources): StepDrawing {
  const assets = assetsOf(selection.step);
  const row = characters(selection).map((each) => {
    const asset = assets.get(each);
    return asset === undefined ? null : drawingOf(resources, asset);
  });
  if (row.every((glyph) => glyph === null)) return NOTHING_DRAWN;
  const { step } = selection;
  const drawn = step.regions.flatMap((region) => rowIn(step, region, row).map((element) => ({ region, element })));
  return { drawn, found: [] };
}

/** The letters side by side, as high as the region allows; null is a space. */
function rowIn(step: ModuleStep, region: FullRegion, row: readonly (Drawing | null)[]): PathElement[] {
  const widths = row.map((glyph) => (glyph === null ? SPACE_WIDTH : glyph.width / glyph.height));
  const total = widths.reduce((sum, width) => sum + width, 0) + step.spacing * (row.length - 1);
  const height = total > 0 ? Math.min(region.height, region.width / total) : region.height;
  let x = (region.width - total * height) * ALONG[step.textAlign] - region.width / 2;
  return row.flatMap((glyph, index) => {
    const width = widths[index] as number;
    const middle = x + (width * height) / 2;
    x += (width + step.spacing) * height;
    if (glyph === null) return [];
    const size: Size = [glyph.width, glyph.height];
    const matrix = placed(region, size, height / glyph.height, [middle, 0], turn(0));
    return drawnPaths(glyph, matrix, inked(glyph, step.inks), { clip: null, only: step.only });
  });
}

function textIn({ step, answer }: Choice): string {
  return cleaned(answer.text ?? step.defaultText);
}

/** The characters as they are set. The other case of one may be several. */
function characters(selection: Choice): string[] {
  const { step, answer } = selection;
  const text = textIn(selection);
  return letters(cased(answer.text === null ? text : shortened(text, step.maxLength), step.case));
}

function assetsOf(step: ModuleStep): Map<string, string> {
  return new Map(step.glyphs.map(({ character, asset }) => [letters(character).join(""), asset]));
}

function* check(selection: Choice): Generator<Found> {
  const { step, answer, context } = selection;
  if (answer.text === null) return;
  const assets = assetsOf(step);
  const unknown = new Set(characters(selection).filter((each) => each !== " " && !assets.has(each)));
  if (unknown.size > 0) yield { code: "characters-not-allowed", field: "text", detail: [...unknown].join("") };
  const text = textIn(selection);
  const cut = shortened(text, step.maxLength);
  if (cut !== text) yield { code: "text-too-long", field: "text", detail: String(step.maxLength) };
  const word = profaneWord(cut, context.profanities);
  if (word !== null) yield { code: "profanity", field: "text", detail: word };
}

function lacking(selection: Choice): Field | null {
  return isBlank(textIn(selection)) ? "text" : null;
}

function* entries(selection: Choice): Generator<Entry> {
  yield { key: "text", value: textIn(selection), hidden: selection.step.hideTextInCart };
}

function drawings(selection: Choice): string[] {
  const assets = assetsOf(selection.step);
  return characters(selection).flatMap((each) => assets.get(each) ?? []);
}
