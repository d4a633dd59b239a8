/** A filled rectangle in a chosen or picked colour (docs/composing.md, Shape). */

import type { FullStepOf } from "../complete.ts";
import { PLAIN_PATH, rectangle } from "../drawing.ts";
import { type Field, type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { CUSTOM, isColor, type Paint, paintOf, type Selection, writtenColor } from "../selection.ts";

type ShapeSelection = Selection<FullStepOf<"Shape">>;

export const SHAPE = kind<FullStepOf<"Shape">>({ fields: ["variantId", "color"], draw, check, lacking });

function draw(selection: ShapeSelection): StepDrawing {
  const { regions, only } = selection.step;
  const paint = paintIn(selection);
  if (paint === null) return NOTHING_DRAWN;
  const { color: fill, ink: fillInk } = paint;
  const drawn = regions.map((region) => ({
    region,
    element: { ...PLAIN_PATH, d: rectangle(region), fill, fillInk, only },
  }));
  return { drawn, found: [] };
}

function paintIn({ variant, answer }: ShapeSelection): Paint | null {
  if (variant?.color !== CUSTOM) return paintOf(variant);
  const color = writtenColor(answer.color);
  return color === null ? null : { color, ink: null };
}

function* check({ step, given, options }: ShapeSelection): Generator<Found> {
  const hasPicker = options.variants(step.option).some((each) => each.color === CUSTOM);
  if (given.color !== null && !(hasPicker && isColor(given.color))) {
    yield { code: "color-not-allowed", field: "color", detail: "" };
  }
}

function lacking(selection: ShapeSelection): Field | null {
  if (selection.variant === null) return "variantId";
  return paintIn(selection) === null ? "color" : null;
}
