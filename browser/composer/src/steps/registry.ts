/** All step types by their name: the one list of what composing can do. */

import type { FullStep } from "../complete.ts";
import type { Kind } from "../kinds.ts";
import type { Selection } from "../selection.ts";
import { PICTURE } from "./picture.ts";
import { QUESTION } from "./question.ts";
import { SHAPE } from "./shape.ts";
import { TEXT } from "./text.ts";

const KINDS: Partial<Record<FullStep["type"], unknown>> = {
  Text: TEXT,
  Picture: PICTURE,
  Shape: SHAPE,
  Question: QUESTION,
};

/** The kind of the selection's step. */
export function kindOf(selection: Selection): Kind<FullStep> {
  // Each kind takes selections of its own step type only, and is found by just that type.
  return KINDS[selection.step.type] as Kind<FullStep>;
}
