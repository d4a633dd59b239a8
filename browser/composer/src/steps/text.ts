/** Text set in the selected variant's font and fitted to its regions (docs/composing.md, Text). */

import { textOf } from "../characters.ts";
import type { FullRegion, FullTextStep, FullVariant } from "../complete.ts";
import { farthest, PLAIN_PATH } from "../drawing.ts";
import type { Font } from "../fonts.ts";
import { type Entry, type Field, type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { Fitting } from "../layout.ts";
import { turn, write } from "../numbers.ts";
import { placed, type Size, unit } from "../placing.ts";
import { profaneWord } from "../profanity.ts";
import { fontOf, type Resources } from "../resources.ts";
import type { Element, Matrix, PathElement } from "../scene.ts";
import { isColor, type Paint, paintOf, type Selection, writtenColor } from "../selection.ts";
import { cased, cleaned, firstCharacters, isBlank, shortened } from "../spelling.ts";
import { PLACEHOLDER, rendered } from "../templates.ts";
import { type SetText, typeset } from "../typesetting.ts";
import { pictureIn } from "./pictures.ts";

type TextSelection = Selection<FullTextStep>;

const BLACK: Paint = { color: "#000000", ink: null };
/** The smallest size that prints well, in tenths of a point. */
const LEAST_TENTHS = 50;

export const TEXT = kind<FullTextStep>({
  fields: ["variantId", "text", "customiseAllText", "colorVariantId", "color", "strokeVariantId", "fillVariantId"],
  options: (step) => [
    ["colorVariantId", step.colorOption],
    ["strokeVariantId", step.strokeOption],
    ["fillVariantId", step.imageFillOption],
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
  readonly fill: FullVariant | null;
}

/** The text before it is cut or set in capitals, with its colours. */
export function chosenText(selection: TextSelection): ChosenText {
  return {
    text: textIn(selection),
    colorVariant: colorVariant(selection),
    color: paintIn(selection).color,
    stroke: strokeVariant(selection),
    fill: fillVariant(selection),
  };
}

function draw(selection: TextSelection, resources: Resources): StepDrawing {
  const { step, variant } = selection;
  if (!variant?.asset) return NOTHING_DRAWN;
  const { texts, found } = typeset(step, setText(selection), fontOf(resources, variant.asset));
  const drawn = texts.flatMap(({ region, d }) => painted(selection, region, d).map((element) => ({ region, element })));
  return { drawn, found: [...found, ...told(selection, texts)] };
}

/** The outlines filled with a colour over their stroke, or with a picture above it. */
function painted(selection: TextSelection, region: FullRegion, d: string): Element[] {
  const { only, strokeThickness, imageFillScale } = selection.step;
  const stroke = strokePaint(selection);
  const strokes = stroke === null ? {} : { stroke: stroke.color, strokeWidth: strokeThickness, strokeInk: stroke.ink };
  const outline: PathElement = { ...PLAIN_PATH, d, fill: null, ...strokes, only };
  const filling = fillVariant(selection)?.asset ?? null;
  if (filling === null) {
    const { color: fill, ink: fillInk } = paintIn(selection);
    return [{ ...outline, fill, fillInk }];
  }
  const matrix = covering(region, d, sizeOf(selection, region, filling), Math.max(imageFillScale, 1));
  return [...(stroke === null ? [] : [outline]), { kind: "image", asset: filling, matrix, clip: d, only }];
}

/** The picture's; one of unknown size is taken to have the region's proportions. */
function sizeOf({ workflow }: TextSelection, { width, height }: FullRegion, asset: string): Size {
  const picture = pictureIn(workflow.pictures, asset);
  return picture === undefined ? [width, height] : [picture.widthPx, picture.heightPx];
}

/** The picture covers the region and all outlines: letters on a curve stand outside, others have swashes. */
function covering(region: FullRegion, d: string, size: Size, scale: number): Matrix {
  const [[width, height], [across, down]] = [size, farthest(d, region)];
  const least = Math.max(region.width / width, region.height / height, (across * 2) / width, (down * 2) / height);
  return unit(placed(region, size, least * scale, [0, 0], turn(0)), size);
}

function fillVariant({ step, answer, options }: TextSelection): FullVariant | null {
  return options.chosen(step.imageFillOption, answer.fillVariantId);
}

/** Of what prints; told here, since an outline does not tell its size. */
function* told({ step, workflow }: TextSelection, texts: readonly SetText[]): Generator<Found> {
  const panels = new Set(workflow.panels.map(({ name }) => name));
  const printed = texts.filter(({ region }) => panels.has(region.panel) && step.only !== "screen");
  const least = Math.min(...printed.map(({ tenths }) => tenths));
  if (least < LEAST_TENTHS) yield { code: "text-too-small", field: "text", detail: write(least / 10) };
  const straying = printed.find(({ strays }) => strays);
  if (straying) yield { code: "marks-outside-region", field: "text", detail: straying.region.panel };
}

/**
 * The words as they are rendered, but not yet cut to their length or cased. The shopper's stand in place of the
 * placeholder, unless they replace all of the text. Each part is rendered by itself: what a shopper types between
 * braces must not keep the merchant's names from being filled in.
 */
function textIn(selection: TextSelection): string {
  const { step, answer } = selection;
  const words = wordsIn(selection);
  if (step.userCanReplaceText && answer.customiseAllText) return words;
  const parts = cleaned(step.replaceableText).split(PLACEHOLDER);
  return parts.length > 1 ? parts.map((part) => renderedIn(selection, part)).join(words) : words;
}

/** What the shopper typed, or what stands there until they do. */
function wordsIn(selection: TextSelection): string {
  return renderedIn(selection, cleaned(selection.answer.text ?? selection.step.defaultText));
}

function renderedIn({ context }: TextSelection, text: string): string {
  const recipient = Object.entries(context.recipient).map(([name, value]) => [name, cleaned(value)]);
  return rendered(text, Object.fromEntries(recipient));
}

/** The characters of the text that a font lacks, each once, in order: with it, they would be `glyph-missing`. */
export function missingIn(selection: TextSelection, font: Font): string {
  return textOf([...new Set(new Fitting(selection.step, setText(selection), font).missing())]);
}

/** The text as it is set. What is too long is cut, so that no answer can make composing slow. */
function setText(selection: TextSelection): string {
  const { step, answer } = selection;
  const text = textIn(selection);
  const cut = answer.text === null ? text : shortened(text, step.maxLength);
  return cased(step.curved && step.paths.length > 0 ? cut.replaceAll("\n", " ") : cut, step.case);
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
  if (given.customiseAllText !== null && !step.userCanReplaceText) {
    yield { code: "field-not-allowed", field: "customiseAllText", detail: "" };
  }
  if (given.color !== null && !(step.colorPickerEnabled && isColor(given.color))) {
    yield { code: "color-not-allowed", field: "color", detail: "" };
  }
  if (answer.text !== null) yield* checkText(selection, textIn(selection));
}

function* checkText({ step, context }: TextSelection, text: string): Generator<Found> {
  if (text.includes("\n") && !step.allowNewlines) {
    yield { code: "line-break-not-allowed", field: "text", detail: "" };
  }
  if (!isBlank(text) && firstCharacters(text, step.minLength).length < step.minLength) {
    yield { code: "text-too-short", field: "text", detail: String(step.minLength) };
  }
  const cut = shortened(text, step.maxLength);
  if (cut !== text) yield { code: "text-too-long", field: "text", detail: String(step.maxLength) };
  const word = profaneWord(cut, context.profanities);
  if (word !== null) yield { code: "profanity", field: "text", detail: word };
}

function lacking(selection: TextSelection): Field | null {
  if (selection.variant === null) return "variantId";
  return isBlank(wordsIn(selection)) ? "text" : null;
}

/** The cart never shows a stroke or a filling. */
function* entries(selection: TextSelection): Generator<Entry> {
  const { step } = selection;
  yield { key: "text", value: textIn(selection), hidden: step.hideTextInCart };
  const color = colorName(selection);
  if (color !== null) yield { key: "color", value: color, hidden: step.hideColorInCart };
  const stroke = strokeVariant(selection);
  if (stroke !== null) yield { key: "stroke", value: stroke.name, hidden: true };
  const filling = fillVariant(selection);
  if (filling !== null) yield { key: "fillImage", value: filling.name, hidden: true };
}

/** The variant's name, or the picked colour; null where there was nothing to choose from. */
function colorName(selection: TextSelection): string | null {
  const chosen = colorVariant(selection);
  if (chosen !== null) return chosen.name;
  return selection.step.colorPickerEnabled ? paintIn(selection).color : null;
}
