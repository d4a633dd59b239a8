/** The product's overlay picture, above everything else (docs/composing.md, ProductOverlay). */

import type { FullStepOf } from "../complete.ts";
import { pictureMatrix } from "../drawing.ts";
import { kind, lacksNothing, type StepDrawing } from "../kinds.ts";
import type { Selection } from "../selection.ts";

export const PRODUCT_OVERLAY = kind<FullStepOf<"ProductOverlay">>({ fields: [], draw, lacking: lacksNothing });

function draw({ step: { regions, only }, context }: Selection<FullStepOf<"ProductOverlay">>): StepDrawing {
  const asset = context.overlay;
  if (asset === null) return { drawn: [], found: [{ code: "overlay-missing", field: "", detail: "" }] };
  const drawn = regions.map((region) => ({
    region,
    element: { kind: "image" as const, asset, matrix: pictureMatrix(region), clip: null, only },
    above: true,
  }));
  return { drawn, found: [] };
}
