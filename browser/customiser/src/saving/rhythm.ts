/** When something is done that may fail: one run at a time, a little after it was asked for, again after a failure. */

import { Backoff } from "../backoff.ts";

export class Rhythm {
  readonly #run: () => Promise<void>;
  readonly #backoff = new Backoff();
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(run: () => Promise<void>) {
    this.#run = run;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  /** Runs now, or joins the run that is under way. */
  now(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Runs after that time, in place of what was to come. */
  later(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.now(), delayMs);
  }

  /** It failed: runs again, later each time, and no earlier than that. */
  failed(atLeastMs: number): void {
    this.later(Math.max(this.#backoff.next(), atLeastMs));
  }

  succeeded(): void {
    this.#backoff.reset();
  }

  /** Nothing runs by itself from now on. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
