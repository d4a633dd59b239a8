/** The selected variant's picture, stretched to its regions (docs/composing.md, Picture). */

import type { FullStepOf } from "../complete.ts";
import { pictureMatrix } from "../drawing.ts";
import { kind, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import type { Selection } from "../selection.ts";

export const PICTURE = kind<FullStepOf<"Picture">>({ draw });

function draw({ step: { regions, only }, variant }: Selection<FullStepOf<"Picture">>): StepDrawing {
  const asset = variant?.asset ?? null;
  if (asset === null) return NOTHING_DRAWN;
  const drawn = regions.map((region) => ({
    region,
    element: { kind: "image" as const, asset, matrix: pictureMatrix(region), clip: null, only },
  }));
  return { drawn, found: [] };
}
