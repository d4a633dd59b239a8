/** What every part of a text step's form is given. */

import type { ActiveStep, TextStep } from "../../composing.ts";

export interface TextStepProps {
  active: ActiveStep;
  step: TextStep;
}
