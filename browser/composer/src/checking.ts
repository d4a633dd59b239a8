/** What is wrong with answers (docs/composing.md, Findings). Knows no server: who refuses what is decided elsewhere. */

import type { Answers, Finding } from "./answers.ts";
import { byCodePoints } from "./characters.ts";
import type { FullWorkflow } from "./complete.ts";
import type { Field, Found } from "./kinds.ts";
import { NO_ANSWER, type Selection } from "./selection.ts";
import { kindOf } from "./steps/registry.ts";

/** All findings of one step, in the order of the list; `seen` came to light in drawing it. */
export function stepFindings(selection: Selection, seen: readonly Found[]): Finding[] {
  const found = [...unknownVariants(selection), ...ofActive(selection, seen)];
  return found.map((each) => ({ stepName: selection.step.stepName, ...each }));
}

/** Answers for steps the workflow has not, in the order of their names. */
export function unknownSteps(workflow: FullWorkflow, answers: Answers): Finding[] {
  const known = new Set(workflow.steps.map((step) => step.stepName));
  const names = Object.keys(answers).filter((name) => !known.has(name));
  return names.sort(byCodePoints).map((stepName) => ({ stepName, code: "unknown-step", field: "", detail: "" }));
}

function* ofActive(selection: Selection, seen: readonly Found[]): Generator<Found> {
  if (!selection.active) return;
  if (!selection.step.silent) {
    yield* fieldFindings(selection);
    yield* kindOf(selection).check(selection);
  }
  yield* seen;
  const field = selection.step.mandatory ? kindOf(selection).lacking(selection) : null;
  if (field !== null) yield { code: "mandatory-empty", field, detail: "" };
}

function* unknownVariants(selection: Selection): Generator<Found> {
  const { step, given, options } = selection;
  const offered: (readonly [Field, string | null])[] = [["variantId", step.option], ...kindOf(selection).options(step)];
  for (const [field, option] of offered) {
    const wanted = given[field];
    if (typeof wanted === "string" && options.named(option, wanted) === null) {
      yield { code: "unknown-variant", field, detail: wanted };
    }
  }
  for (const wanted of given.variantIds ?? []) {
    if (options.named(step.option, wanted) === null) {
      yield { code: "unknown-variant", field: "variantIds", detail: wanted };
    }
  }
}

function* fieldFindings(selection: Selection): Generator<Found> {
  const allowed = kindOf(selection).fields;
  for (const field of Object.keys(NO_ANSWER) as Field[]) {
    if (!allowed.includes(field) && selection.given[field] !== null) {
      yield { code: "field-not-allowed", field, detail: "" };
    }
  }
}
