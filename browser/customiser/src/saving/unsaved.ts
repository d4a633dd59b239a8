/** The steps whose answers are not saved, and which of them may be sent. It sends nothing. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Answers, Finding } from "../composing.ts";

export class Unsaved {
  /** What the server refused although it looked right here. */
  readonly refusals: ReadonlySignal<Finding[]>;
  readonly #refusals = signal<Finding[]>([]);
  readonly #names: Set<string>;
  readonly #isHeldBack: (stepName: string) => boolean;

  /** Steps that are held back wait until they are mended. */
  constructor(stepNames: Iterable<string>, isHeldBack: (stepName: string) => boolean) {
    this.#names = new Set(stepNames);
    this.#isHeldBack = isHeldBack;
    this.refusals = this.#refusals;
  }

  get names(): string[] {
    return [...this.#names];
  }

  get isEmpty(): boolean {
    return this.#names.size === 0;
  }

  /** Those that may be sent: neither held back nor refused. */
  get pending(): string[] {
    const refused = new Set(this.#refusals.value.map((finding) => finding.stepName));
    return this.names.filter((name) => !refused.has(name) && !this.#isHeldBack(name));
  }

  /** The step has another answer: it may be tried again. */
  changed(stepName: string): void {
    this.#names.add(stepName);
    this.#refusals.value = this.#refusals.value.filter((finding) => finding.stepName !== stepName);
  }

  /** All of these are to be sent, to a transaction that has none of them. */
  addAll(stepNames: Iterable<string>): void {
    for (const stepName of stepNames) this.#names.add(stepName);
  }

  /** The server took these; what was changed while they were under way is still unsaved. */
  took(stepNames: readonly string[], sent: Answers, now: Answers): void {
    for (const name of stepNames) if (now[name] === sent[name]) this.#names.delete(name);
  }

  /** The server refused; false where that holds nothing back, so that the same would be sent again. */
  refuse(findings: readonly Finding[]): boolean {
    const before = this.pending.length;
    this.#refusals.value = [...this.#refusals.value, ...findings];
    return this.pending.length < before;
  }
}
