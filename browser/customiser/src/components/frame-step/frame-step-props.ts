/** What every part of an upload step's form is given. */

import type { ActiveStep, StepOf } from "../../composing.ts";

export interface FrameStepProps {
  active: ActiveStep;
  step: StepOf<"Frame">;
}
