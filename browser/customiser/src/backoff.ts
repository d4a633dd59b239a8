/** Waiting before something is tried again: longer each time, to a limit, and no longer than it makes sense. */

const FIRST_MS = 1000;
const LONGEST_MS = 30_000;

export class Backoff {
  #failures = 0;

  /** Milliseconds to wait after one more failure. */
  next(): number {
    const delay = Math.min(FIRST_MS * 2 ** this.#failures, LONGEST_MS);
    this.#failures += 1;
    return delay;
  }

  /** It went well. */
  reset(): void {
    this.#failures = 0;
  }
}

/** Pauses that can be ended early, all at once. */
export class Pauses {
  readonly #ends = new Set<() => void>();

  /** Resolves after that time, when `end` is called, or when it is given up. */
  pause(delayMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#ends.delete(end);
        resolve();
      };
      const timer = setTimeout(end, delayMs);
      this.#ends.add(end);
      signal.addEventListener("abort", end, { once: true });
    });
  }

  end(): void {
    for (const end of this.#ends) end();
  }
}
