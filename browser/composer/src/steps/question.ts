/** A question: choices that draw nothing (docs/composing.md, Question). */

import type { FullStepOf } from "../complete.ts";
import { type Found, kind } from "../kinds.ts";
import type { Selection } from "../selection.ts";

export const QUESTION = kind<FullStepOf<"Question">>({ fields: ["variantId", "variantIds"], check });

function* check({ step, given }: Selection<FullStepOf<"Question">>): Generator<Found> {
  if (given.variantIds !== null && !step.allowMultipleSelections) {
    yield { code: "field-not-allowed", field: "variantIds", detail: "" };
  }
}
