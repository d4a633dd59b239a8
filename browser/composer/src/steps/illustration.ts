/** The selected variant's drawing, its colours replaced (docs/composing.md, Illustration). */

import { byCodePoints } from "../characters.ts";
import type { FullStepOf, FullVariant } from "../complete.ts";
import { type Entry, type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { contained, drawnPaths, type Size } from "../placing.ts";
import { type Drawing, drawingOf, type Resources } from "../resources.ts";
import { isColor, type Paint, paintOf, type Selection, writtenColor } from "../selection.ts";

type Choice = Selection<FullStepOf<"Illustration">>;

export const ILLUSTRATION = kind<FullStepOf<"Illustration">>({
  fields: ["variantId", "colors"],
  draw,
  check,
  entries,
  drawings: ({ variant }) => (variant?.asset ? [variant.asset] : []),
});

function draw(selection: Choice, resources: Resources): StepDrawing {
  const { step, variant, answer } = selection;
  if (!variant?.asset) return NOTHING_DRAWN;
  const drawing = drawingOf(resources, variant.asset);
  const paints = new Map([...ownPaints(selection, drawing), ...paintsIn(selection)]);
  const size: Size = [drawing.width, drawing.height];
  const manner = { clip: null, only: step.only };
  const drawn = step.regions.flatMap((region) =>
    drawnPaths(drawing, contained(region, size), paints, manner).map((element) => ({ region, element })),
  );
  const known = new Set(drawing.slots.map((slot) => slot.id));
  const unknown = Object.keys(answer.colors ?? {}).filter((slot) => !known.has(slot));
  const found = unknown
    .sort(byCodePoints)
    .map((slot): Found => ({ code: "unknown-slot", field: "colors", detail: slot }));
  return { drawn, found };
}

/** By slot, the offered variant of the drawing's own colour: what nobody changed is printed with the same ink. */
function ownPaints({ step, options }: Choice, drawing: Drawing): [string, Paint][] {
  const offered = options.variants(step.colorOption).flatMap((each) => paintOf(each) ?? []);
  return drawing.slots.flatMap(({ id, color }) => {
    const own = offered.find((paint) => paint.color === color);
    return own ? [[id, own] as [string, Paint]] : [];
  });
}

/** By slot, what was chosen and may be. */
function paintsIn(selection: Choice): Map<string, Paint> {
  const paints = new Map<string, Paint>();
  for (const [slot, wanted] of Object.entries(selection.answer.colors ?? {})) {
    const paint = paintFor(selection, wanted);
    if (paint !== null) paints.set(slot, paint);
  }
  return paints;
}

function paintFor({ step, options }: Choice, wanted: string): Paint | null {
  if (!wanted.startsWith("#")) return paintOf(options.named(step.colorOption, wanted));
  const picked = step.colorPickerEnabled ? writtenColor(wanted) : null;
  return picked === null ? null : { color: picked, ink: null };
}

function* check({ step, given, options }: Choice): Generator<Found> {
  for (const [, wanted] of Object.entries(given.colors ?? {}).sort(([one], [other]) => byCodePoints(one, other))) {
    if (!wanted.startsWith("#")) {
      if (options.named(step.colorOption, wanted) === null) {
        yield { code: "unknown-variant", field: "colors", detail: wanted };
      }
    } else if (!(step.colorPickerEnabled && isColor(wanted))) {
      yield { code: "color-not-allowed", field: "colors", detail: wanted };
    }
  }
}

/** All colours in the order of the slots: names where there are any, otherwise hexadecimal in upper case. */
function* entries(selection: Choice, resources: Resources): Generator<Entry> {
  const { step, variant } = selection;
  if (!variant?.asset) return;
  const names = drawingOf(resources, variant.asset).slots.map(({ id, color }) => colorName(selection, id, color));
  yield { key: "colors", value: names.join(", "), hidden: step.hideColorsInCart };
}

function colorName(selection: Choice, slot: string, own: string): string {
  const { step, options, answer } = selection;
  const colors = answer.colors ?? {};
  const wanted = Object.hasOwn(colors, slot) ? (colors[slot] as string) : "";
  const chosen = options.named(step.colorOption, wanted);
  if (chosen !== null && paintOf(chosen) !== null) return chosen.name;
  const color = paintFor(selection, wanted)?.color ?? own;
  return named(options.variants(step.colorOption), color) ?? color.toUpperCase();
}

function named(offered: readonly FullVariant[], color: string): string | undefined {
  return offered.find((each) => writtenColor(each.color) === color)?.name;
}
