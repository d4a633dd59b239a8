/** A question: choices that draw nothing (docs/composing.md, Question). */

import type { FullStepOf } from "../complete.ts";
import { type Field, type Found, kind } from "../kinds.ts";
import type { Selection } from "../selection.ts";

export const QUESTION = kind<FullStepOf<"Question">>({ fields: ["variantId", "variantIds"], check, lacking });

function* check({ step, given }: Selection<FullStepOf<"Question">>): Generator<Found> {
  if (given.variantIds !== null && !step.allowMultipleSelections) {
    yield { code: "field-not-allowed", field: "variantIds", detail: "" };
  }
}

function lacking({ step, variants }: Selection<FullStepOf<"Question">>): Field | null {
  if (variants.length > 0) return null;
  return step.allowMultipleSelections ? "variantIds" : "variantId";
}
