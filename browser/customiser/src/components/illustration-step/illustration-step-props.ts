/** What every part of an illustration step's form is given. */

import type { ActiveStep, StepOf } from "../../composing.ts";

export interface IllustrationStepProps {
  active: ActiveStep;
  step: StepOf<"Illustration">;
}
