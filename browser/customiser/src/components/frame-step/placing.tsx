/** Places an upload in its frame: by hand on the pad, or with labelled controls that do the same. */

import type { Placement } from "../../composing.ts";
import { bounded, type Placed, type Point, placedAt } from "../../placement.ts";
import { words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import type { FrameStepProps } from "./frame-step-props.ts";
import { PlacingControls } from "./placing-controls.tsx";
import { PlacingPad } from "./placing-pad.tsx";
import type { PlacingParts } from "./placing-parts.ts";
import "./placing.css";

export function Placing({ active, step }: FrameStepProps) {
  const workbench = useWorkbench();
  const { upload, placement } = active.answer;
  const size = sizeOf(workbench, upload);
  const [region] = step.regions;
  if (!region || !size) return null;
  const framing = { region, size, covers: step.forceImageCover };
  const { editor } = workbench.session;
  const placedBy = (answered: Placement | null | undefined): Placed =>
    bounded(placedAt(answered ?? null, step.initialZoomLevel), framing);
  const parts: PlacingParts = {
    framing,
    placed: placedBy(placement),
    now: () => placedBy(editor.answers.peek()[step.stepName]?.placement),
    place: (placed) => editor.change(step.stepName, { placement: placed }),
  };
  return (
    <fieldset class="field placing">
      <legend>{words.placing}</legend>
      <PlacingPad step={step} parts={parts} />
      <PlacingControls
        name={step.stepName}
        parts={parts}
        reset={placement === null ? undefined : () => editor.change(step.stepName, { placement: undefined })}
      />
    </fieldset>
  );
}

/** Of a picture in pixels, of a drawing in its own units: only the proportion counts. */
function sizeOf({ session }: Workbench, digest: string | null): Point | undefined {
  const upload = session.uploads.all.value.get(digest ?? "");
  if (upload?.widthPx && upload.heightPx) return [upload.widthPx, upload.heightPx];
  const drawing = upload && session.files.drawing(upload.sha256);
  return drawing && [drawing.width, drawing.height];
}
