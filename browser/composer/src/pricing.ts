/** What the selected variants add to the price. Knows no base price, quantity or currency. */

import { complete } from "./complete.ts";
import { selections } from "./selection.ts";
import type { Answers, Workflow } from "./types.ts";

/** The sum of the price modifiers of all active steps' selected variants, in subunits. */
export function optionsCost(workflow: Workflow, answers: Answers): number {
  return selections(complete(workflow), answers).reduce(
    (sum, { active, variant }) => sum + (active ? (variant?.priceModifier ?? 0) : 0),
    0,
  );
}
