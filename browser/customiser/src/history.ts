/** What was done and can be undone: answers of one step each. It knows neither steps nor screen, only before and after. */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Answer } from "./composing.ts";

/** A step's answer before and after; undefined where it had none. */
export interface Change {
  stepName: string;
  before: Answer | undefined;
  after: Answer | undefined;
}

/** Fields that change many times on the way to what the shopper wants: letters, and what is dragged. */
const GRADUAL = new Set(["text", "color", "colors", "placement", "url"]);
const PAUSE_MS = 1000;
const LONGEST = 200;

export class History {
  readonly canUndo: ReadonlySignal<boolean>;
  readonly canRedo: ReadonlySignal<boolean>;
  readonly #done = signal<readonly Change[]>([]);
  readonly #undone = signal<readonly Change[]>([]);
  readonly #now: () => number;
  /** What the last change was about and when it came; empty where the next one stands by itself. */
  #last = { about: "", at: 0 };

  constructor(now: () => number) {
    this.#now = now;
    this.canUndo = computed(() => this.#done.value.length > 0);
    this.canRedo = computed(() => this.#undone.value.length > 0);
  }

  /** Notes a change. Typing on without a pause is one. */
  record(change: Change): void {
    const about = gradualField(change);
    const goesOn = about !== "" && about === this.#last.about && this.#now() - this.#last.at < PAUSE_MS;
    this.#last = { about, at: this.#now() };
    const done = this.#done.value;
    const last = done.at(-1);
    if (goesOn && last) this.#done.value = [...done.slice(0, -1), { ...last, after: change.after }];
    else this.#done.value = [...done.slice(1 - LONGEST), change];
    this.#undone.value = [];
  }

  /** The change to take back: its `before` holds from now on. */
  undo(): Change | undefined {
    return this.#move(this.#done, this.#undone);
  }

  /** The change to do again: its `after` holds from now on. */
  redo(): Change | undefined {
    return this.#move(this.#undone, this.#done);
  }

  /** Forgets everything: the answers are others now. */
  clear(): void {
    this.#done.value = [];
    this.#undone.value = [];
  }

  #move(from: Signal<readonly Change[]>, to: Signal<readonly Change[]>): Change | undefined {
    const change = from.value.at(-1);
    if (!change) return undefined;
    from.value = from.value.slice(0, -1);
    to.value = [...to.value, change];
    this.#last = { about: "", at: 0 };
    return change;
  }
}

/** The step and its one field that changed gradually; empty for all other changes. */
function gradualField({ stepName, before, after }: Change): string {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]) as Set<keyof Answer>;
  const changed = [...fields].filter((field) => before?.[field] !== after?.[field]);
  const [field = ""] = changed;
  return changed.length === 1 && GRADUAL.has(field) ? `${stepName} ${field}` : "";
}
