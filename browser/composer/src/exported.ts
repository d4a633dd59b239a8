/** What the shop's cart and the design record say about a design, as names and values (contract/domain.md 13). */

import { complete, type FullTextStep } from "./complete.ts";
import { Options, type Selection, selections } from "./selection.ts";
import type { Answers, Workflow } from "./types.ts";

/** One line for the cart. */
export interface Exported {
  value: string;
  priceModifier: number;
}

interface Entry {
  readonly name: string;
  readonly value: string;
  readonly hidden: boolean;
}

/** For the cart: selections with their price and texts and colours without, but for what the merchant hides. */
export function exportedData(workflow: Workflow, answers: Answers): Record<string, Exported> {
  const full = complete(workflow);
  const options = new Options(full);
  const found = selections(full, answers).filter((each) => each.active);
  const exported = new Map<string, Exported>();
  for (const title of new Set(found.map((each) => each.step.stepTitle))) {
    const titled = found.filter((each) => each.step.stepTitle === title);
    for (const [name, line] of [...selectionLines(titled, options), ...metadataLines(titled)]) {
      if (!exported.has(name)) exported.set(name, line);
    }
  }
  return Object.fromEntries(exported);
}

/** For the design record: the texts, colours and strokes of all active steps, hiding nothing. */
export function designMetadata(workflow: Workflow, answers: Answers): Record<string, string> {
  const metadata = new Map<string, string>();
  for (const selection of selections(complete(workflow), answers)) {
    for (const { name, value } of selection.active ? entries(selection) : []) {
      if (!metadata.has(name)) metadata.set(name, value);
    }
  }
  return Object.fromEntries(metadata);
}

function* selectionLines(titled: readonly Selection[], options: Options): Generator<[string, Exported]> {
  for (const { step, variant } of titled) {
    const shown = options.variants(step.option).length > 1 && !step.hideSelectionInCart;
    if (variant !== null && shown) {
      yield [`${step.stepTitle} selection`, { value: variant.name, priceModifier: variant.priceModifier }];
    }
  }
}

function* metadataLines(titled: readonly Selection[]): Generator<[string, Exported]> {
  for (const { name, value, hidden } of titled.flatMap(entries)) {
    if (!hidden) yield [name, { value, priceModifier: 0 }];
  }
}

/** Texts, colours and strokes; `hidden` where the cart must not show one. It never shows a stroke. */
function entries(selection: Selection): Entry[] {
  const { step, stroke, text } = selection;
  if (step.type !== "Text") return [];
  const found = [{ name: `${step.stepTitle} text`, value: text, hidden: step.hideTextInCart }];
  const color = colorValue(step, selection);
  if (color !== null) found.push({ name: `${step.stepTitle} color`, value: color, hidden: step.hideColorInCart });
  if (stroke !== null) found.push({ name: `${step.stepTitle} stroke`, value: stroke.name, hidden: true });
  return found;
}

/** The variant's name, or the picked colour; null where there was nothing to choose from. */
function colorValue(step: FullTextStep, { colorVariant, color }: Selection): string | null {
  return colorVariant?.name ?? (step.colorPickerEnabled ? color : null);
}
