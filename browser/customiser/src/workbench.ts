/** What the components share while a design is being made: the session, where the shopper is, and what to point out. */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { JudgedFinding } from "./composing.ts";
import type { VisibleScene } from "./scenes.ts";
import type { Session } from "./session.ts";
import { isOnItsWay } from "./uploading.ts";
import { words } from "./words.ts";

export interface Workbench {
  readonly session: Session;
  /** Index into the visible scenes; the summary comes after the last. */
  readonly place: ReadonlySignal<number>;
  /** The scene the shopper is in; undefined in the summary. */
  readonly scene: ReadonlySignal<VisibleScene | undefined>;
  readonly go: (place: number) => void;
  /** Whether the shopper has gone anywhere: until then a frame inside a page must not take the focus from it. */
  readonly moved: () => boolean;
  /** What is pointed out: an empty field only once the shopper tried to go on, and not while its file comes. */
  readonly findings: ReadonlySignal<JudgedFinding[]>;
  /** From now on empty fields of these steps are pointed out. */
  readonly pointOut: (stepNames: string[]) => void;
  /** The panel that is seen; undefined for the first. */
  readonly lookAt: Signal<string | undefined>;
  /** A step whose first control takes the focus when it is shown next. */
  readonly focusStep: Signal<string | undefined>;
  /** The step that has the focus: the preview shows where it draws. */
  readonly attention: Signal<string | undefined>;
  /** Takes back the last change, or does it again, and goes where it was. */
  readonly undo: () => void;
  readonly redo: () => void;
  /** What is to be said once, beside how the design is. */
  readonly said: ReadonlySignal<string>;
  /** The digest of the terms that the shopper agrees to. */
  readonly agreedTo: Signal<string | undefined>;
  /** Whether nothing is left to agree to. */
  readonly agreed: ReadonlySignal<boolean>;
  readonly startOver: () => void;
  readonly finish: () => Promise<void>;
  /** Undefined where there is nothing to close. */
  readonly close: (() => void) | undefined;
}

export interface WorkbenchActions extends Pick<Workbench, "startOver" | "close"> {
  finish: (termsDigest: string | undefined) => Promise<void>;
}

/** Sets up the place for one session, at its first scene. */
export function createWorkbench(session: Session, actions: WorkbenchActions): Workbench {
  const { scenes } = session.editor;
  const wanted = signal(0);
  let moved = false;
  const pointedOut = signal<ReadonlySet<string>>(new Set());
  const place = computed(() => Math.min(wanted.value, scenes.value.length));
  const said = signal("");
  const agreedTo = signal<string | undefined>(undefined);
  const { undo, redo } = session.editor;
  const restored = (stepName: string | undefined, say: (title: string) => string): void => {
    if (stepName === undefined) return;
    const found = placeOf(session, stepName);
    if (found >= 0 && place.value < scenes.value.length) wanted.value = found;
    said.value = say(stepTitle(session, stepName));
  };
  return {
    ...actions,
    session,
    place,
    scene: computed(() => scenes.value[place.value]),
    moved: () => moved,
    go: (next) => {
      moved = true;
      wanted.value = Math.max(0, Math.min(next, scenes.peek().length));
    },
    findings: computed(() => {
      const tasks = session.uploading.tasks.value;
      const isSeen = ({ code, stepName }: JudgedFinding): boolean => {
        const task = tasks.get(stepName);
        return code !== "mandatory-empty" || (pointedOut.value.has(stepName) && !(task && isOnItsWay(task)));
      };
      return session.findings.value.filter(isSeen);
    }),
    pointOut: (stepNames) => {
      pointedOut.value = new Set([...pointedOut.value, ...stepNames]);
    },
    lookAt: signal(undefined),
    focusStep: signal(undefined),
    attention: signal(undefined),
    agreedTo,
    agreed: computed(() => session.terms.value?.digest === agreedTo.value),
    finish: () => actions.finish(agreedTo.peek()),
    undo: () => restored(undo(), words.undone),
    redo: () => restored(redo(), words.redone),
    said,
  };
}

/** Index of the scene a step is shown in; -1 where it is not. */
export function placeOf({ editor }: Session, stepName: string): number {
  return editor.scenes.value.findIndex(({ steps }) => steps.some(({ step }) => step.stepName === stepName));
}

/** Leads to a step's scene; its first control takes the focus. */
export function goToStep({ session, focusStep, go }: Workbench, stepName: string): void {
  focusStep.value = stepName;
  go(placeOf(session, stepName));
}

/** What a step is called for shoppers. */
export function stepTitle({ editor }: Session, stepName: string): string {
  return editor.workflow.steps.find((one) => one.stepName === stepName)?.stepTitle || stepName;
}

const Context = createContext<Workbench | undefined>(undefined);

export const WorkbenchProvider = Context.Provider;

/** The workbench around a component. */
export function useWorkbench(): Workbench {
  const workbench = useContext(Context);
  if (!workbench) throw new Error("used outside of a WorkbenchProvider");
  return workbench;
}
