/** What the shop's cart and the design record say about a design, as names and values (contract/domain.md 13). */

import type { Answers } from "./answers.ts";
import { complete } from "./complete.ts";
import { completeContext, NO_RESOURCES, type Resources } from "./resources.ts";
import { type Selection, selections } from "./selection.ts";
import { kindOf } from "./steps/registry.ts";
import type { Workflow } from "./workflow.ts";

/** One line for the cart. */
export interface Exported {
  value: string;
  priceModifier: number;
}

/** For the cart: selections with their price and texts and colours without, but for what the merchant hides. */
export function exportedData(
  workflow: Workflow,
  answers: Answers,
  resources: Resources = NO_RESOURCES,
): Readonly<Record<string, Exported>> {
  const found = active(workflow, answers, resources);
  const exported = new Map<string, Exported>();
  for (const title of new Set(found.map((each) => each.step.stepTitle))) {
    const titled = found.filter((each) => each.step.stepTitle === title);
    for (const [name, line] of [...selectionLines(titled), ...entryLines(titled, resources)]) {
      if (!exported.has(name)) exported.set(name, line);
    }
  }
  return Object.fromEntries(exported);
}

/** For the design record: the texts, colours, strokes and images of all active steps, hiding nothing. */
export function designMetadata(
  workflow: Workflow,
  answers: Answers,
  resources: Resources = NO_RESOURCES,
): Record<string, string> {
  const metadata = new Map<string, string>();
  for (const selection of active(workflow, answers, resources)) {
    for (const { key, value } of kindOf(selection).entries(selection, resources)) {
      const name = `${selection.step.stepTitle} ${key}`;
      if (!metadata.has(name)) metadata.set(name, value);
    }
  }
  return Object.fromEntries(metadata);
}

function active(workflow: Workflow, answers: Answers, { context }: Resources): Selection[] {
  return selections(complete(workflow), answers, completeContext(context)).filter((each) => each.active);
}

function* selectionLines(titled: readonly Selection[]): Generator<[string, Exported]> {
  for (const { step, variants, options } of titled) {
    const shown = options.variants(step.option).length > 1 && !step.hideSelectionInCart;
    if (variants.length > 0 && shown) {
      const value = variants.map(({ name }) => name).join(", ");
      const priceModifier = variants.reduce((sum, variant) => sum + variant.priceModifier, 0);
      yield [`${step.stepTitle} selection`, { value, priceModifier }];
    }
  }
}

function* entryLines(titled: readonly Selection[], resources: Resources): Generator<[string, Exported]> {
  for (const selection of titled) {
    for (const { key, value, hidden } of kindOf(selection).entries(selection, resources)) {
      if (!hidden) yield [`${selection.step.stepTitle} ${key}`, { value, priceModifier: 0 }];
    }
  }
}
