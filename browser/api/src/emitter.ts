/** Named events with callbacks, as `on(eventName, callback)` of the shop's page expects them. */

export type Callback = (payload?: unknown) => void;

/** Keeps callbacks by event name. A callback that throws is reported and never stops the others. */
export class Emitter {
  readonly #callbacks: Record<string, Callback[]> = {};

  on(eventName: string, callback: Callback): void {
    this.#callbacks[eventName] = [...(this.#callbacks[eventName] ?? []), callback];
  }

  /** Calls what was registered for the event. Not part of the documented interface. */
  protected emit(eventName: string, payload?: unknown): void {
    for (const callback of this.#callbacks[eventName] ?? []) {
      try {
        callback(payload);
      } catch (error) {
        console.error(error);
      }
    }
  }
}
