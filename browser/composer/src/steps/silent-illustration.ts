/** A fixed drawing or picture: a logo, a cut line, a layer of white (docs/composing.md, SilentIllustration). */

import type { FullRegion, FullStepOf } from "../complete.ts";
import { kind, lacksNothing, NOTHING_DRAWN, type StepDrawing } from "../kinds.ts";
import { contained, drawnPaths, inked, type Size, unit } from "../placing.ts";
import { drawingOf, type Resources } from "../resources.ts";
import type { Element } from "../scene.ts";
import type { Selection } from "../selection.ts";
import { pictureIn } from "./pictures.ts";

type Choice = Selection<FullStepOf<"SilentIllustration">>;

export const SILENT_ILLUSTRATION = kind<FullStepOf<"SilentIllustration">>({
  fields: [],
  draw,
  lacking: lacksNothing,
  drawings: ({ step: { asset }, workflow }) => (asset === "" || pictureIn(workflow.pictures, asset) ? [] : [asset]),
});

function draw(selection: Choice, resources: Resources): StepDrawing {
  const { asset, regions } = selection.step;
  if (asset === "") return NOTHING_DRAWN;
  const drawn = regions.flatMap((region) =>
    elements(selection, resources, region).map((element) => ({ region, element })),
  );
  return { drawn, found: [] };
}

function elements({ step, workflow }: Choice, resources: Resources, region: FullRegion): Element[] {
  const { asset, only } = step;
  const picture = pictureIn(workflow.pictures, asset);
  if (picture !== undefined) {
    const size: Size = [picture.widthPx, picture.heightPx];
    return [{ kind: "image", asset, matrix: unit(contained(region, size), size), clip: null, only }];
  }
  const drawing = drawingOf(resources, asset);
  const matrix = contained(region, [drawing.width, drawing.height]);
  return drawnPaths(drawing, matrix, inked(drawing, step.inks), { clip: null, only });
}
