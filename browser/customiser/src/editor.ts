/** The shopper's answers and what follows from them. It knows neither screen nor server. */

import { computed, type ReadonlySignal, signal } from "@preact/signals";
import { type ActiveStep, type Answer, type Answers, activeSteps, type Context, type Workflow } from "./composing.ts";
import { type Change, History } from "./history.ts";
import { type VisibleScene, visibleScenes } from "./scenes.ts";

export interface Editor {
  readonly workflow: Workflow;
  readonly answers: ReadonlySignal<Answers>;
  readonly active: ReadonlySignal<ActiveStep[]>;
  readonly scenes: ReadonlySignal<VisibleScene[]>;
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  /** Changes fields of one step's answer; `undefined` takes a field back to its default. */
  change: (stepName: string, fields: AnswerChange) => void;
  /** Puts other answers in place of all, without telling anybody. What was done before cannot be undone any more. */
  replace: (answers: Answers) => void;
  /** Takes back the last change, or does it again; tells the step it was in. */
  undo: () => string | undefined;
  redo: () => string | undefined;
}

export type AnswerChange = { [Field in keyof Answer]?: Answer[Field] | undefined };

/** What an editor is told beside answers: for texts that name the recipient, and for undoing. */
export interface Surroundings {
  context?: ReadonlySignal<Context>;
  now?: () => number;
}

/** An editor over one workflow; `changed` hears of each step that gets another answer. */
export function createEditor(
  workflow: Workflow,
  initial: Answers,
  changed: (stepName: string) => void,
  { context = signal({}), now = () => performance.now() }: Surroundings = {},
): Editor {
  const answers = signal(initial);
  const active = computed(() => activeSteps(workflow, answers.value, context.value));
  const history = new History(now);
  const put = (stepName: string, answer: Answer | undefined): string => {
    answers.value = withAnswer(answers.value, stepName, answer);
    changed(stepName);
    return stepName;
  };
  const restored = (change: Change | undefined, which: "before" | "after"): string | undefined =>
    change && put(change.stepName, change[which]);
  return {
    workflow,
    answers,
    active,
    scenes: computed(() => visibleScenes(workflow, active.value)),
    canUndo: history.canUndo,
    canRedo: history.canRedo,
    change: (stepName, fields) => {
      const before = answers.value[stepName];
      const after = withFields(before, fields);
      if (sameAnswer(before, after)) return;
      history.record({ stepName, before, after });
      put(stepName, after);
    },
    replace: (others) => {
      answers.value = others;
      history.clear();
    },
    undo: () => restored(history.undo(), "before"),
    redo: () => restored(history.redo(), "after"),
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

/** Tells whether two answers say the same; absent and empty do, and so does a placement that moves nothing. */
export function sameAnswer(one: Answer | undefined, other: Answer | undefined): boolean {
  return written(one) === written(other);
}

function written(answer: Answer | undefined): string {
  const { placement, ...others } = answer ?? {};
  const placed = Object.entries(placement ?? {}).filter(([, value]) => value !== 0);
  return JSON.stringify([members(others), placement && members(Object.fromEntries(placed))]);
}

function members(record: object): [string, unknown][] {
  const given = Object.entries(record).filter(([, value]) => isGiven(value));
  return given.map(([name, value]): [string, unknown] => [name, isMap(value) ? members(value) : value]).sort();
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
