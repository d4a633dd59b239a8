/** The shopper's answers and what follows from them. It knows neither screen nor server. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type ActiveStep, type Answer, type Answers, activeSteps, type Workflow } from "./composing.ts";
import { type VisibleScene, visibleScenes } from "./scenes.ts";

export interface Editor {
  readonly workflow: Workflow;
  readonly answers: ReadonlySignal<Answers>;
  readonly active: ReadonlySignal<ActiveStep[]>;
  readonly scenes: ReadonlySignal<VisibleScene[]>;
  /** Changes fields of one step's answer; `undefined` takes a field back to its default. */
  change: (stepName: string, fields: AnswerChange) => void;
  /** Puts other answers in place of all, without telling anybody. */
  replace: (answers: Answers) => void;
}

export type AnswerChange = { [Field in keyof Answer]?: Answer[Field] | undefined };

/** An editor over one workflow; `changed` hears of each step that gets another answer. */
export function createEditor(workflow: Workflow, initial: Answers, changed: (stepName: string) => void): Editor {
  const answers = signal(initial);
  const active = computed(() => activeSteps(workflow, answers.value));
  return {
    workflow,
    answers,
    active,
    scenes: computed(() => visibleScenes(workflow, active.value)),
    change: (stepName, fields) => {
      const before = answers.value[stepName];
      const after = withFields(before, fields);
      if (sameAnswer(before, after)) return;
      answers.value = withAnswer(answers.value, stepName, after);
      changed(stepName);
    },
    replace: (others) => {
      answers.value = others;
    },
  };
}

function withFields(answer: Answer | undefined, fields: AnswerChange): Answer | undefined {
  const entries = Object.entries({ ...answer, ...fields }).filter(([, value]) => isGiven(value));
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function withAnswer(answers: Answers, stepName: string, answer: Answer | undefined): Answers {
  const { [stepName]: _earlier, ...others } = answers;
  return answer ? { ...others, [stepName]: answer } : others;
}

/** Tells whether two answers say the same; absent and empty do. */
export function sameAnswer(one: Answer | undefined, other: Answer | undefined): boolean {
  const written = (answer: Answer | undefined): string =>
    JSON.stringify(
      Object.entries(answer ?? {})
        .filter(([, value]) => isGiven(value))
        .sort(),
    );
  return written(one) === written(other);
}

/** The server's answers with those on top that it has not got yet. */
export function mergedAnswers(stored: Answers, local: Answers, unsaved: Iterable<string>): Answers {
  let merged = stored;
  for (const stepName of unsaved) merged = withAnswer(merged, stepName, local[stepName]);
  return merged;
}

/** Tells whether two sets of answers say the same in every step. */
export function sameAnswers(one: Answers, other: Answers): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => sameAnswer(one[name], other[name]));
}
