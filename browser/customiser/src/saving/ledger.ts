/**
 * What is saved of a design in the making and what is not: the transaction and its revision, the unsaved steps, what
 * the server holds, and what another window answered. After every change all of it is kept. It sends nothing.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Answer, Answers } from "../composing.ts";
import type { Draft, OtherVersion, OwnedTransaction } from "../drafts/draft.ts";
import { mergedAnswers, sameAnswers } from "../editor.ts";
import type { Price } from "../guards.ts";
import { Confirmed, otherVersion } from "./confirmed.ts";
import { Unsaved } from "./unsaved.ts";

export type SaveNotice = "changed-elsewhere" | "started-anew";

export interface LedgerOptions {
  draft: Draft;
  answers: () => Answers;
  replaceAnswers: (answers: Answers) => void;
  /** Keeps the draft on this device; called after every change of it. */
  keep: (draft: Draft) => void;
  /** Steps whose answers the server would refuse wait until they are mended. */
  isHeldBack: (stepName: string) => boolean;
  notice: (notice: SaveNotice) => void;
}

/** Answers on their way: as they were, and as they are sent. */
export interface Sending {
  names: string[];
  answers: Answers;
  body: Record<string, Answer | null>;
}

const NOTHING_KNOWN = { answers: {}, sent: [] };

export class Ledger {
  readonly unsaved: Unsaved;
  /** The server's price of what is saved; undefined as long as something is not. */
  readonly price: ReadonlySignal<Price | undefined>;
  /** What another window answered in the same steps; ours is shown and saved until `takeOther`. */
  readonly other: ReadonlySignal<OtherVersion | undefined>;
  readonly #price = signal<Price | undefined>(undefined);
  readonly #other = signal<OtherVersion | undefined>(undefined);
  readonly #options: LedgerOptions;
  readonly #confirmed: Confirmed;
  #transaction: OwnedTransaction | undefined;
  #changedAt: number | undefined;
  #ownRevision = false;
  #changesShown = 0;
  #closed = false;

  constructor(options: LedgerOptions) {
    const { draft, isHeldBack } = options;
    this.#options = options;
    this.#transaction = draft.transaction;
    this.#changedAt = draft.changedAt;
    this.unsaved = new Unsaved(draft.unsaved, isHeldBack);
    this.#confirmed = new Confirmed(draft.known ?? NOTHING_KNOWN);
    this.#other.value = draft.other;
    this.other = this.#other;
    this.price = this.#price;
  }

  get transaction(): OwnedTransaction | undefined {
    return this.#transaction;
  }

  /** Whether the current revision was written here: only then can no other window have finished it. */
  get ownRevision(): boolean {
    return this.#ownRevision;
  }

  /** How often the shopper was shown what another window changed. */
  get changesShown(): number {
    return this.#changesShown;
  }

  changed(stepName: string): void {
    this.#changedAt = Date.now();
    this.unsaved.changed(stepName);
    this.#price.value = undefined;
    this.keep();
  }

  /** What is to be sent now; from here on it may have arrived, whatever becomes of this window. */
  sending(): Sending {
    const [names, answers] = [this.unsaved.pending, this.#options.answers()];
    const body = Object.fromEntries(names.map((name): [string, Answer | null] => [name, answers[name] ?? null]));
    this.#confirmed.sending(body);
    this.keep();
    return { names, answers, body };
  }

  /** The server took it. */
  saved({ names, answers, body }: Sending, revision: number, price: Price): void {
    if (this.#transaction) this.#transaction = { ...this.#transaction, revision };
    this.#ownRevision = true;
    this.#confirmed.took(body);
    this.unsaved.took(names, answers, this.#options.answers());
    this.#confirm(price);
  }

  /** There is a new transaction, which has none of the answers yet. */
  opened(transaction: OwnedTransaction, price: Price): void {
    this.#transaction = transaction;
    this.#ownRevision = true;
    this.#confirmed.holds({});
    this.unsaved.addAll(Object.keys(this.#options.answers()));
    this.#confirm(price);
  }

  /** The server holds a revision of somebody else's: unsaved answers go on top, what both changed is pointed out. */
  loaded(stored: Answers, revision: number): void {
    if (this.#transaction) this.#transaction = { ...this.#transaction, revision };
    this.#ownRevision = false;
    const [local, unsaved] = [this.#options.answers(), this.unsaved.names];
    const merged = mergedAnswers(stored, local, unsaved);
    const conflicts = this.#confirmed.changedElsewhere(stored, local, unsaved);
    this.#confirmed.holds(stored);
    this.#other.value = otherVersion(this.#other.value, stored, conflicts);
    // Our own request may have arrived and only its answer been lost: then nothing differs.
    if (conflicts.length > 0 || !sameAnswers(merged, local)) this.#showChange(merged);
    this.keep();
  }

  /** Leaves the transaction, unless that was done before. */
  leave(transactionId: string): void {
    if (this.#transaction?.id !== transactionId) return;
    this.#transaction = undefined;
    this.#other.value = undefined;
    this.#price.value = undefined;
    this.keep();
    this.#options.notice("started-anew");
  }

  /** Answers as the other window did where both changed the same; gives the steps back. */
  takeOther(): string[] {
    const other = this.#other.value;
    if (!other) return [];
    const { answers, replaceAnswers } = this.#options;
    replaceAnswers(mergedAnswers(answers(), other.answers, other.stepNames));
    this.keepOurs();
    return other.stepNames;
  }

  /** Forgets the other window's version. */
  keepOurs(): void {
    this.#other.value = undefined;
    this.keep();
  }

  /** Keeps the draft once more: what was kept may have been cleared. */
  keep(): void {
    if (this.#closed) return;
    this.#options.keep({
      transaction: this.#transaction,
      answers: this.#options.answers(),
      unsaved: this.unsaved.names,
      known: this.#confirmed.known,
      other: this.#other.value,
      changedAt: this.#changedAt,
    });
  }

  /** Keeps nothing from now on. */
  close(): void {
    this.#closed = true;
  }

  #confirm(price: Price): void {
    this.#price.value = this.unsaved.isEmpty ? price : undefined;
    this.keep();
  }

  #showChange(answers: Answers): void {
    this.#changesShown += 1;
    this.#options.replaceAnswers(answers);
    this.#options.notice("changed-elsewhere");
  }
}
