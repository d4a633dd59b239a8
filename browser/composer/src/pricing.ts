/** What the selected variants add to the price. Knows no base price, quantity or currency. */

import type { Answers } from "./answers.ts";
import { complete } from "./complete.ts";
import { completeContext } from "./resources.ts";
import { selections } from "./selection.ts";
import type { Workflow } from "./workflow.ts";

/** The sum of the price modifiers of all active steps' selected variants, in subunits. */
export function optionsCost(workflow: Workflow, answers: Answers): number {
  const active = selections(complete(workflow), answers, completeContext({})).filter((each) => each.active);
  return active.flatMap((each) => each.variants).reduce((sum, variant) => sum + variant.priceModifier, 0);
}
