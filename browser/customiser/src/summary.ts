/** The shopper's choices in words: for the summary, and for those who cannot see the preview. Pure. */

import type { ActiveStep } from "./composing.ts";
import { CUSTOM_COLOR } from "./scenes.ts";
import { words } from "./words.ts";

export interface Choice {
  stepName: string;
  title: string;
  value: string;
  priceModifier: number;
}

/** One row for each active step that is not silent, and for a silent one only where it costs something. */
export function choices(active: readonly ActiveStep[]): Choice[] {
  return active
    .filter(({ step, variant }) => !step.silent || (variant?.priceModifier ?? 0) !== 0)
    .map((one) => ({
      stepName: one.step.stepName,
      title: one.step.stepTitle,
      value: one.step.type === "Text" ? textValue(one) : chosenValue(one),
      priceModifier: one.variant?.priceModifier ?? 0,
    }));
}

function textValue({ text, option, variant, colorVariant, answer }: ActiveStep): string {
  if (!text.trim()) return words.noText;
  const font = (option?.variants.length ?? 0) > 1 ? variant?.name : undefined;
  const details = [font, colorVariant?.name ?? answer.color].filter(Boolean).join(", ");
  return words.textChoice(text.trim(), details);
}

function chosenValue({ variant, color }: ActiveStep): string {
  if (variant?.color === CUSTOM_COLOR) return color ?? words.nothingChosen;
  return variant?.name ?? words.nothingChosen;
}
