/** A product of the shop and the check that it can be customised. It knows the platform only by its origin. */

import { isRecord } from "@spiff/protocol";
import { type Callback, Emitter } from "./emitter.ts";

/** What the platform said about a product that is ready. */
export interface ConfirmedProduct {
  id: string;
  name: string;
}

/** A product that can be asked whether it is ready: exactly one of `ready` and `invalid` follows `confirmActive()`. */
export class CheckedProduct extends Emitter {
  /** Set once the product is ready. */
  confirmed: ConfirmedProduct | undefined;
  /** How the check ended, once it has. */
  ended: "ready" | "invalid" | undefined;
  readonly #address: string;
  readonly #whenReady: (product: ConfirmedProduct) => void;
  #check: Promise<void> | undefined;

  constructor(address: string, whenReady: (product: ConfirmedProduct) => void) {
    super();
    this.#address = address;
    this.#whenReady = whenReady;
  }

  /** Who registers after the check has ended is told at once. */
  override on(eventName: string, callback: Callback): void {
    super.on(eventName, callback);
    if (eventName === this.ended) queueMicrotask(callback);
  }

  /** Starts the check; further calls wait for the same one. */
  confirmActive(): Promise<void> {
    this.#check ??= this.#ask();
    return this.#check;
  }

  async #ask(): Promise<void> {
    this.confirmed = await readyProduct(this.#address);
    if (this.confirmed) this.#whenReady(this.confirmed);
    this.ended = this.confirmed ? "ready" : "invalid";
    this.emit(this.ended);
  }
}

async function readyProduct(address: string): Promise<ConfirmedProduct | undefined> {
  try {
    const response = await fetch(address, { credentials: "omit" });
    if (!response.ok && response.status !== 404) throw new Error(`the platform answered ${response.status}`);
    const product = response.ok ? enabledProduct(await response.json()) : undefined;
    if (!product) console.warn(`Spiff: no product at ${address}, or it is switched off`);
    return product;
  } catch (error) {
    console.error(`Spiff: the product could not be checked at ${address}:`, error);
    return undefined;
  }
}

function enabledProduct(answer: unknown): ConfirmedProduct | undefined {
  if (!isRecord(answer) || typeof answer.id !== "string") throw new Error("the platform's answer is not a product");
  return answer.enabled === true ? { id: answer.id, name: String(answer.name ?? "") } : undefined;
}
