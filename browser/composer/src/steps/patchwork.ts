/** A part of a drawing, another one for every shopper (docs/composing.md, Patchwork). */

import type { FullRegion, FullStepOf } from "../complete.ts";
import { rectangle } from "../drawing.ts";
import { type Found, kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { turn } from "../numbers.ts";
import { covering, drawnPaths, placed, type Size } from "../placing.ts";
import { drawingOf, type Resources } from "../resources.ts";
import type { Matrix } from "../scene.ts";
import type { Selection } from "../selection.ts";

type Choice = Selection<FullStepOf<"Patchwork">>;

const WORD = 0xffffffff;
const [STEP, REGION] = [0x9e3779b1, 0x85ebca6b];

export const PATCHWORK = kind<FullStepOf<"Patchwork">>({
  fields: ["variantId", "seed"],
  draw,
  check,
  drawings: ({ variant }) => (variant?.asset ? [variant.asset] : []),
});

function draw(selection: Choice, resources: Resources): StepDrawing {
  const { step, variant } = selection;
  if (!variant?.asset) return NOTHING_DRAWN;
  const drawing = drawingOf(resources, variant.asset);
  const drawn = step.regions.flatMap((region, index) => {
    const matrix = part(selection, region, [drawing.width, drawing.height], numbers(seedOf(selection, index)));
    const manner = { clip: rectangle(region), only: step.only };
    return drawnPaths(drawing, matrix, new Map(), manner).map((element) => ({ region, element }));
  });
  return { drawn, found: [] };
}

/** A part that fills the region, however it is turned. */
function part({ step }: Choice, region: FullRegion, size: Size, next: () => number): Matrix {
  const least = Math.max(step.minScale, 1);
  const larger = least + (Math.max(step.maxScale, least) - least) * next();
  const by = turn(next() * 360);
  const { least: covers, reach } = covering(region, size, by);
  const k = covers * larger;
  const across = (next() * 2 - 1) * ((size[0] * k) / 2 - reach[0]);
  const down = (next() * 2 - 1) * ((size[1] * k) / 2 - reach[1]);
  return placed(region, size, k, [across * by[0] - down * by[1], across * by[1] + down * by[0]], by);
}

/** The answer's, else the transaction's, another one for each step and region. */
function seedOf({ step, answer, context, workflow }: Choice, region: number): number {
  const seed = answer.seed === null ? context.seed : Math.min(Math.max(answer.seed, 0), WORD);
  const index = workflow.steps.findIndex((each) => each.stepName === step.stepName);
  return (seed + (index + 1) * STEP + (region + 1) * REGION) % 4294967296;
}

/** Numbers from 0 to 1 by the mixing steps of MurmurHash3 over a counter, in 32-bit words. */
function numbers(seed: number): () => number {
  let counter = seed;
  return () => {
    counter = (counter + STEP) % 4294967296;
    let word = Math.imul(counter ^ (counter >>> 16), 0x85ebca6b);
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
    return ((word ^ (word >>> 16)) >>> 0) / 4294967296;
  };
}

function* check({ given: { seed } }: Choice): Generator<Found> {
  if (seed !== null && !(seed >= 0 && seed <= WORD)) yield { code: "seed-out-of-range", field: "seed", detail: "" };
}
