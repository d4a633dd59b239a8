/** Which steps are active and what is selected in them (docs/composing.md). Draws nothing and judges nothing. */

import type { Answer, Answers } from "./answers.ts";
import type { FullCondition, FullOption, FullPanel, FullStep, FullVariant, FullWorkflow } from "./complete.ts";
import type { Ink } from "./document.ts";
import type { FullContext } from "./resources.ts";

export const CUSTOM = "#custom";
const COLOR = /^#[0-9a-fA-F]{6}$/;

export type FullAnswer = { readonly [Field in keyof Answer]-?: Exclude<Answer[Field], undefined> };

export const NO_ANSWER: FullAnswer = {
  variantId: null,
  variantIds: null,
  text: null,
  customiseAllText: null,
  colorVariantId: null,
  color: null,
  strokeVariantId: null,
  fillVariantId: null,
  colors: null,
  upload: null,
  placement: null,
  url: null,
  seed: null,
};

/** A colour as a screen shows it, and how it is printed where that is said. */
export interface Paint {
  readonly color: string;
  readonly ink: Ink | null;
}

/** A step with what holds in it. `answer` is what counts: that of a silent or inactive step counts for nothing. */
export interface Selection<S extends FullStep = FullStep> {
  readonly step: S;
  readonly active: boolean;
  readonly given: FullAnswer;
  readonly answer: FullAnswer;
  /** Several only in a question that takes several. */
  readonly variants: readonly FullVariant[];
  /** The selected variant; of several, the first. */
  readonly variant: FullVariant | null;
  readonly options: Options;
  readonly workflow: FullWorkflow;
  readonly context: FullContext;
}

/** The options of a workflow by id. */
export class Options {
  readonly #options: ReadonlyMap<string, FullOption>;

  constructor(workflow: FullWorkflow) {
    this.#options = new Map(workflow.options.map((option) => [option.id, option]));
  }

  /** The variants of an option; none where there is no such option. */
  variants(option: string | null): readonly FullVariant[] {
    return this.#named(option)?.variants ?? [];
  }

  /** The variant of an option with this id. */
  named(option: string | null, id: string): FullVariant | null {
    return this.variants(option).find((each) => each.id === id) ?? null;
  }

  /** The answered variant, else the default one. An unknown answer selects nothing. */
  chosen(option: string | null, answered: string | null, override: string | null = null): FullVariant | null {
    const found = this.#named(option);
    if (found === undefined) return null;
    return answered === null ? defaultOf(found, override) : named(found, answered);
  }

  #named(option: string | null): FullOption | undefined {
    return option === null ? undefined : this.#options.get(option);
  }
}

/** What holds in every step, in workflow order. */
export function selections(workflow: FullWorkflow, answers: Answers, context: FullContext): Selection[] {
  const options = new Options(workflow);
  const found = new Map<string, Selection>();
  for (const step of workflow.steps) {
    const active = step.conditions.every((condition) => holds(condition, found));
    const given = Object.hasOwn(answers, step.stepName) ? { ...NO_ANSWER, ...answers[step.stepName] } : NO_ANSWER;
    const answer = active && !step.silent ? given : NO_ANSWER;
    const variants = variantsOf(step, answer, options);
    const variant = variants[0] ?? null;
    found.set(step.stepName, { step, active, given, answer, variants, variant, options, workflow, context });
  }
  return [...found.values()];
}

/** The panels whose conditions hold: nobody wants the lid of a box that was not chosen. */
export function madePanels(panels: readonly FullPanel[], selected: readonly Selection[]): readonly FullPanel[] {
  const found = new Map(selected.map((each) => [each.step.stepName, each]));
  return panels.filter(({ conditions }) => conditions.every((each) => holds(each, found)));
}

/** Whether this is written `#rrggbb`. */
export function isColor(value: string | null): value is string {
  return value !== null && COLOR.test(value);
}

/** The colour in lower case; null where it is not `#rrggbb`. */
export function writtenColor(color: string | null): string | null {
  return isColor(color) ? color.toLowerCase() : null;
}

/** The variant's colour with its ink; null where it has no colour of its own. */
export function paintOf(variant: FullVariant | null): Paint | null {
  const color = writtenColor(variant?.color ?? null);
  return variant === null || color === null ? null : { color, ink: inkOf(variant) };
}

/** How the variant's colour is printed; null where it is converted like any other. */
export function inkOf({ cmyk, namedColor, overprint }: FullVariant): Ink | null {
  return cmyk === null && namedColor === null && !overprint ? null : { cmyk, spot: namedColor, overprint };
}

function holds(condition: FullCondition, found: ReadonlyMap<string, Selection>): boolean {
  const target = found.get(condition.targetStepName);
  if (target === undefined || !target.active) return false;
  return target.variants.some((variant) => meets(variant, condition));
}

function meets(variant: FullVariant, condition: FullCondition): boolean {
  const wanted = condition.requiredVariantMetafields;
  if (wanted.length === 0) return condition.requiredVariantSelections.includes(variant.id);
  return wanted.some(({ key, value }) => variant.metafields.some((each) => each.key === key && each.value === value));
}

function variantsOf(step: FullStep, answer: FullAnswer, options: Options): readonly FullVariant[] {
  const { variantIds } = answer;
  if (step.type === "Question" && step.allowMultipleSelections && variantIds !== null) {
    return options.variants(step.option).filter((each) => variantIds.includes(each.id));
  }
  const chosen = options.chosen(step.option, answer.variantId, step.overrideDefaultVariantId);
  return chosen === null ? [] : [chosen];
}

function named(option: FullOption, id: string | null): FullVariant | null {
  return option.variants.find((each) => each.id === id) ?? null;
}

function defaultOf(option: FullOption, override: string | null): FullVariant | null {
  const [only, ...others] = option.variants;
  if (only !== undefined && others.length === 0) return only;
  return named(option, override) ?? named(option, option.defaultVariant);
}
