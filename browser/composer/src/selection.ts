/** Which steps are active and what is selected in them (docs/composing.md). Draws nothing and judges nothing. */

import type { FullOption, FullStep, FullTextStep, FullVariant, FullWorkflow } from "./complete.ts";
import { cleaned } from "./spelling.ts";
import type { Answer, Answers, Condition } from "./types.ts";

const CUSTOM = "#custom";
const COLOR = /^#[0-9a-fA-F]{6}$/;
const BLACK = "#000000";

export type FullAnswer = { readonly [Field in keyof Required<Answer>]: string | null };

const NO_ANSWER: FullAnswer = { variantId: null, text: null, colorVariantId: null, color: null, strokeVariantId: null };

/** A step with what holds in it. `answer` is what counts: that of a silent or inactive step counts for nothing. */
export interface Selection {
  readonly step: FullStep;
  readonly active: boolean;
  readonly given: FullAnswer;
  readonly answer: FullAnswer;
  readonly variant: FullVariant | null;
  /** Cleaned, but not yet cut to its length or set in capitals. */
  readonly text: string;
  readonly colorVariant: FullVariant | null;
  readonly color: string | null;
  readonly stroke: FullVariant | null;
}

/** The options of a workflow by id. */
export class Options {
  readonly #options: ReadonlyMap<string, FullOption>;

  constructor(workflow: FullWorkflow) {
    this.#options = new Map(workflow.options.map((option) => [option.id, option]));
  }

  /** The variants of an option; none where there is no such option. */
  variants(option: string | null): readonly FullVariant[] {
    return this.#options.get(option ?? "")?.variants ?? [];
  }

  /** The answered variant, else the default one. An unknown answer selects nothing. */
  chosen(option: string | null, answered: string | null, override: string | null = null): FullVariant | null {
    const found = this.#options.get(option ?? "");
    if (found === undefined) return null;
    return answered === null ? defaultOf(found, override) : named(found, answered);
  }
}

/** What holds in every step, in workflow order. */
export function selections(workflow: FullWorkflow, answers: Answers): Selection[] {
  const options = new Options(workflow);
  const found = new Map<string, Selection>();
  for (const step of workflow.steps) {
    const active = step.conditions.every((condition) => holds(condition, found));
    const given = Object.hasOwn(answers, step.stepName) ? { ...NO_ANSWER, ...answers[step.stepName] } : NO_ANSWER;
    found.set(step.stepName, selectionOf(step, active, given, options));
  }
  return [...found.values()];
}

/** Whether this is written `#rrggbb`. */
export function isColor(value: string | null): value is string {
  return value !== null && COLOR.test(value);
}

/** Whether the shopper may choose any colour in this step. */
export function hasPicker(step: FullStep, options: Options): boolean {
  if (step.type === "Text") return step.colorPickerEnabled;
  return step.type === "Shape" && options.variants(step.option).some((each) => each.color === CUSTOM);
}

/** The colour of a text's stroke; null where it has none. */
export function strokeColor(step: FullTextStep, { stroke }: Selection): string | null {
  return stroke !== null && step.strokeThickness > 0 ? lowered(stroke.color) : null;
}

function holds(condition: Condition, found: ReadonlyMap<string, Selection>): boolean {
  const target = found.get(condition.targetStepName);
  if (target === undefined || !target.active || target.variant === null) return false;
  return condition.requiredVariantSelections.includes(target.variant.id);
}

function selectionOf(step: FullStep, active: boolean, given: FullAnswer, options: Options): Selection {
  const answer = active && !step.silent ? given : NO_ANSWER;
  const variant = options.chosen(step.option, answer.variantId, step.overrideDefaultVariantId);
  const common = { step, active, given, answer, variant };
  if (step.type === "Text") return { ...common, ...textSelection(step, answer, options) };
  const color = step.type === "Shape" ? shapeColor(variant, answer) : null;
  return { ...common, text: "", colorVariant: null, color, stroke: null };
}

function textSelection(step: FullTextStep, answer: FullAnswer, options: Options) {
  const picked = step.colorPickerEnabled ? lowered(answer.color) : null;
  const chosen = options.chosen(step.colorOption, answer.colorVariantId);
  return {
    text: cleaned(answer.text ?? step.defaultText),
    colorVariant: picked === null ? chosen : null,
    color: picked ?? lowered(chosen?.color ?? null) ?? BLACK,
    stroke: options.chosen(step.strokeOption, answer.strokeVariantId),
  };
}

function shapeColor(variant: FullVariant | null, answer: FullAnswer): string | null {
  if (variant === null) return null;
  return lowered(variant.color === CUSTOM ? answer.color : variant.color);
}

function lowered(color: string | null): string | null {
  return isColor(color) ? color.toLowerCase() : null;
}

function named(option: FullOption, id: string | null): FullVariant | null {
  return option.variants.find((each) => each.id === id) ?? null;
}

function defaultOf(option: FullOption, override: string | null): FullVariant | null {
  const [only, ...others] = option.variants;
  if (only !== undefined && others.length === 0) return only;
  return named(option, override) ?? named(option, option.defaultVariant);
}
