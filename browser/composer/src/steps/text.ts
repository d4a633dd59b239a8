/** Text set in the selected variant's font and fitted to its regions (docs/composing.md, Text). */

import { codePoints, textOf } from "../characters.ts";
import type { FullRegion, FullTextStep, FullVariant } from "../complete.ts";
import { PLAIN_PATH, textOutlines } from "../drawing.ts";
import type { Font } from "../fonts.ts";
import { type Entry, type Field, type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { Fitting, type Layout } from "../layout.ts";
import { fontOf, type Resources } from "../resources.ts";
import { isColor, type Paint, paintOf, type Selection, writtenColor } from "../selection.ts";
import { capitals, cleaned, isBlank } from "../spelling.ts";

type TextSelection = Selection<FullTextStep>;

const BLACK: Paint = { color: "#000000", ink: null };

export const TEXT = kind<FullTextStep>({
  fields: ["variantId", "text", "colorVariantId", "color", "strokeVariantId"],
  options: (step) => [
    ["colorVariantId", step.colorOption],
    ["strokeVariantId", step.strokeOption],
  ],
  draw,
  check,
  lacking,
  entries,
  fonts: ({ variant }) => (variant?.asset ? [variant.asset] : []),
});

/** What holds in a text step, for forms and summaries. */
export interface ChosenText {
  readonly text: string;
  readonly colorVariant: FullVariant | null;
  readonly color: string;
  readonly stroke: FullVariant | null;
}

/** The text before it is cut or set in capitals, with its colours. */
export function chosenText(selection: TextSelection): ChosenText {
  return {
    text: textIn(selection),
    colorVariant: colorVariant(selection),
    color: paintIn(selection).color,
    stroke: strokeVariant(selection),
  };
}

/** A step's text as it was last set: a key stroke changes one step, the others need not be set again. */
interface Typeset {
  readonly text: string;
  readonly font: Font;
  readonly paths: readonly { readonly region: FullRegion; readonly d: string }[];
  readonly found: readonly Found[];
}

const typesets = new WeakMap<FullTextStep, Typeset>();

function draw(selection: TextSelection, resources: Resources): StepDrawing {
  const { step, variant } = selection;
  if (!variant?.asset) return NOTHING_DRAWN;
  const { paths, found } = typeset(step, setText(selection), fontOf(resources, variant.asset));
  const { color: fill, ink: fillInk } = paintIn(selection);
  const stroke = strokePaint(selection);
  const strokes =
    stroke === null ? {} : { stroke: stroke.color, strokeWidth: step.strokeThickness, strokeInk: stroke.ink };
  const drawn = paths.map(({ region, d }) => ({
    region,
    element: { ...PLAIN_PATH, d, fill, fillInk, ...strokes, only: step.only },
  }));
  return { drawn, found };
}

function typeset(step: FullTextStep, text: string, font: Font): Typeset {
  const last = typesets.get(step);
  if (last !== undefined && last.text === text && last.font === font) return last;
  const made = typesetOf(step, text, font);
  typesets.set(step, made);
  return made;
}

function typesetOf(step: FullTextStep, text: string, font: Font): Typeset {
  const fitting = new Fitting(step, text, font);
  const layouts = step.regions.map((region) => ({ region, layout: fitting.into(region) }));
  const paths = layouts.map(({ region, layout }) => ({ region, d: textOutlines(step, region, layout, font) }));
  const found = [...seen(layouts.map(({ layout }) => layout))];
  return { text, font, paths: paths.filter(({ d }) => d !== ""), found };
}

function* seen(layouts: readonly Layout[]): Generator<Found> {
  const missing = new Set(layouts.flatMap(({ lines }) => lines.flatMap((line) => line.missing)));
  if (missing.size > 0) yield { code: "glyph-missing", field: "text", detail: textOf([...missing]) };
  if (!layouts.every(({ fits }) => fits)) yield { code: "text-does-not-fit", field: "text", detail: "" };
}

/** Cleaned, but not yet cut to its length or set in capitals. */
function textIn({ step, answer }: TextSelection): string {
  return cleaned(answer.text ?? step.defaultText);
}

/** The text as it is set. What is too long is cut, so that no answer can make composing slow. */
function setText(selection: TextSelection): string {
  const { step, answer } = selection;
  const text = textIn(selection);
  const cut = answer.text === null ? text : textOf(codePoints(text).slice(0, step.maxLength));
  return step.case === "upper" ? capitals(cut) : cut;
}

/** The chosen colour; null where another one was picked. */
function colorVariant({ step, answer, options }: TextSelection): FullVariant | null {
  if (step.colorPickerEnabled && isColor(answer.color)) return null;
  return options.chosen(step.colorOption, answer.colorVariantId);
}

function paintIn(selection: TextSelection): Paint {
  const { step, answer } = selection;
  const picked = step.colorPickerEnabled ? writtenColor(answer.color) : null;
  return picked === null ? (paintOf(colorVariant(selection)) ?? BLACK) : { color: picked, ink: null };
}

function strokeVariant({ step, answer, options }: TextSelection): FullVariant | null {
  return options.chosen(step.strokeOption, answer.strokeVariantId);
}

function strokePaint(selection: TextSelection): Paint | null {
  return selection.step.strokeThickness > 0 ? paintOf(strokeVariant(selection)) : null;
}

/** The colour and the text the shopper gave; the default text is the merchant's business. */
function* check(selection: TextSelection): Generator<Found> {
  const { step, given, answer } = selection;
  if (given.color !== null && !(step.colorPickerEnabled && isColor(given.color))) {
    yield { code: "color-not-allowed", field: "color", detail: "" };
  }
  if (answer.text === null) return;
  const text = textIn(selection);
  if (text.includes("\n") && !step.allowNewlines) {
    yield { code: "line-break-not-allowed", field: "text", detail: "" };
  }
  if (codePoints(text).length > step.maxLength) {
    yield { code: "text-too-long", field: "text", detail: String(step.maxLength) };
  }
}

function lacking(selection: TextSelection): Field | null {
  if (selection.variant === null) return "variantId";
  return isBlank(textIn(selection)) ? "text" : null;
}

/** The cart never shows a stroke. */
function* entries(selection: TextSelection): Generator<Entry> {
  const { step } = selection;
  yield { key: "text", value: textIn(selection), hidden: step.hideTextInCart };
  const color = colorName(selection);
  if (color !== null) yield { key: "color", value: color, hidden: step.hideColorInCart };
  const stroke = strokeVariant(selection);
  if (stroke !== null) yield { key: "stroke", value: stroke.name, hidden: true };
}

/** The variant's name, or the picked colour; null where there was nothing to choose from. */
function colorName(selection: TextSelection): string | null {
  const chosen = colorVariant(selection);
  if (chosen !== null) return chosen.name;
  return selection.step.colorPickerEnabled ? paintIn(selection).color : null;
}
