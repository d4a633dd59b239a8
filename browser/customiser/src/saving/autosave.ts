/**
 * Brings answers to the server: a little after the last change, one request at a time, for as long as it takes. It
 * never overwrites silently: a revision it did not know is loaded first, and unsaved answers are put on top of it.
 * What another window finished is left alone: the answers go on in a transaction of their own, so that each finish
 * gives its own.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import type { Finding } from "../composing.ts";
import type { OtherVersion, OwnedTransaction } from "../drafts/draft.ts";
import type { Price, WorkflowLink } from "../guards.ts";
import {
  Away,
  type Finishing,
  isAboutTerms,
  type Platform,
  Refused,
  STALE,
  type TransactionNews,
  type WantedTransaction,
} from "../platform.ts";
import { Ledger, type LedgerOptions } from "./ledger.ts";
import { Rhythm } from "./rhythm.ts";

/** `held`: something waits for the shopper to mend it, everything else is saved. */
export type SaveState = "saved" | "saving" | "held" | "away";

export interface AutosaveOptions extends LedgerOptions {
  platform: Platform;
  wanted: WantedTransaction;
  /** A new transaction was opened; tells which version of the workflow it is bound to. */
  opened: (workflow: WorkflowLink) => void;
  /** What the transaction says beside its answers. */
  learned: (news: TransactionNews) => void;
  /** Brings along, before any answer is sent, what answers mention and a new transaction does not have. */
  carryOver: (transaction: OwnedTransaction) => Promise<void>;
  /** What is finished is to be changed, and finished again: the design lies in a cart, or came by a link. */
  editsFinished?: boolean;
}

const DEBOUNCE_MS = 400;
const ENDED = new Set([401, 403, 404, 409, 410]);
const OVERTAKEN = new Set([STALE, ...ENDED]);

export class Autosave {
  readonly state: ReadonlySignal<SaveState>;
  /** The server's price of what is saved; undefined as long as something is not. */
  readonly price: ReadonlySignal<Price | undefined>;
  /** What the server refused although it looked right here. */
  readonly refusals: ReadonlySignal<Finding[]>;
  /** What another window answered in the same steps; ours is shown and saved until `takeOther`. */
  readonly other: ReadonlySignal<OtherVersion | undefined>;
  readonly #state = signal<SaveState>("saved");
  readonly #options: AutosaveOptions;
  readonly #ledger: Ledger;
  readonly #rhythm = new Rhythm(() => this.#drain());
  #finishing = false;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#ledger = new Ledger(options);
    this.state = this.#state;
    this.other = this.#ledger.other;
    this.price = this.#ledger.price;
    this.refusals = this.#ledger.unsaved.refusals;
  }

  /** Notes a changed step: kept here at once, sent a little later. */
  changed(stepName: string): void {
    const { unsaved } = this.#ledger;
    this.#ledger.changed(stepName);
    if (this.#state.value === "away" || this.#rhythm.stopped) return;
    this.#state.value = unsaved.pending.length > 0 ? "saving" : "held";
    this.#rhythm.later(DEBOUNCE_MS);
  }

  /** Saves now what is to be saved; also opens the transaction where there is none. */
  flush(): Promise<void> {
    return this.#rhythm.now();
  }

  /** Saves everything and freezes the design; throws Away or Refused. */
  async finish(finishing: Finishing): Promise<DesignResult> {
    const seen = this.#ledger.changesShown;
    try {
      return await this.#complete(finishing);
    } catch (error) {
      const overtaken = error instanceof Refused && OVERTAKEN.has(error.status) && !isAboutTerms(error);
      if (!overtaken || this.#ledger.changesShown !== seen) throw error;
      // Another window was faster, and what the shopper sees is still what would be finished.
      return this.#complete(finishing);
    }
  }

  /** The transaction that is being worked on, opened where there is none; throws Away. */
  async owned(): Promise<OwnedTransaction> {
    if (!this.#ledger.transaction) await this.flush();
    if (!this.#ledger.transaction) throw new Away("no transaction could be opened");
    return this.#ledger.transaction;
  }

  /** Answers as the other window did where both changed the same. */
  takeOther(): void {
    for (const stepName of this.#ledger.takeOther()) this.changed(stepName);
  }

  /** Forgets the other window's version. */
  keepOurs(): void {
    this.#ledger.keepOurs();
  }

  /** Another window cleared the draft of this device: it has finished that transaction, or given it up. */
  cleared(transactionId: string | undefined): void {
    if (transactionId && this.#ledger.transaction?.id === transactionId) {
      this.#ledger.leave(transactionId);
      void this.flush();
    } else {
      this.#ledger.keep();
    }
  }

  /** Sends and keeps nothing from now on. */
  stop(): void {
    this.#rhythm.stop();
    this.#ledger.close();
  }

  async #complete(finishing: Finishing): Promise<DesignResult> {
    const transaction = await this.#readyToFinish();
    try {
      const result = await this.#options.platform.complete(transaction, finishing);
      this.stop();
      return result;
    } catch (error) {
      // What was stale is loaded, what has ended starts anew.
      if (error instanceof Refused && !isAboutTerms(error)) await this.#recovered(error, transaction);
      throw error;
    }
  }

  /** Saves everything, in a revision of our own; throws where the shopper has not seen what would be finished. */
  async #readyToFinish(): Promise<OwnedTransaction> {
    const seen = this.#ledger.changesShown;
    this.#finishing = true;
    try {
      await this.flush();
      // Once more: a change may have come while the last request was under way.
      await this.flush();
    } finally {
      this.#finishing = false;
    }
    const { changesShown, transaction, ownRevision, unsaved } = this.#ledger;
    if (changesShown !== seen) throw new Refused(STALE, { detail: "it was changed in another window" });
    if (!transaction || !ownRevision || !unsaved.isEmpty) throw new Away("not everything is saved");
    return transaction;
  }

  async #drain(): Promise<void> {
    while (!this.#rhythm.stopped && this.#isBehind()) {
      if (this.#state.value !== "away") this.#state.value = "saving";
      const { transaction } = this.#ledger;
      try {
        await (transaction ? this.#save(transaction) : this.#open());
        this.#rhythm.succeeded();
      } catch (error) {
        if (!(await this.#recovered(error, transaction))) return;
      }
    }
    this.#state.value = this.#ledger.unsaved.isEmpty ? "saved" : "held";
  }

  #isBehind(): boolean {
    const { transaction, unsaved, ownRevision } = this.#ledger;
    return !transaction || unsaved.pending.length > 0 || (this.#finishing && !ownRevision);
  }

  async #open(): Promise<void> {
    const { platform, wanted, carryOver, learned, opened: tell } = this.#options;
    const opened = await platform.openTransaction(wanted);
    const { id, ownerToken, revision, price, workflow } = opened;
    await carryOver({ id, ownerToken, revision });
    learned(opened);
    this.#ledger.opened({ id, ownerToken, revision }, price);
    tell(workflow);
  }

  async #save(transaction: OwnedTransaction): Promise<void> {
    const sending = this.#ledger.sending();
    const { revision, status, price } = await this.#options.platform.saveAnswers(transaction, sending.body);
    if (this.#goesOn(transaction, status)) this.#ledger.saved(sending, revision, price);
  }

  async #reload(transaction: OwnedTransaction): Promise<void> {
    const stored = await this.#options.platform.transaction(transaction);
    if (!this.#goesOn(transaction, stored.status)) return;
    this.#options.learned(stored);
    this.#ledger.loaded(stored.answers, stored.revision);
  }

  async #recovered(error: unknown, transaction: OwnedTransaction | undefined): Promise<boolean> {
    try {
      await this.#recover(error, transaction);
      return true;
    } catch (again) {
      this.#state.value = "away";
      this.#rhythm.failed(again instanceof Away ? again.retryAfterSeconds * 1000 : 0);
      return false;
    }
  }

  /** Does what a refusal asks for; throws what only waiting can mend. */
  async #recover(error: unknown, transaction: OwnedTransaction | undefined): Promise<void> {
    if (!(error instanceof Refused)) throw error;
    if (error.status === STALE && transaction) await this.#reload(transaction);
    else if (ENDED.has(error.status) && transaction) this.#ledger.leave(transaction.id);
    else if (!this.#ledger.unsaved.refuse(error.findings)) throw error;
  }

  /** Whether work goes on in this transaction. What is completed was finished by another window: we end when we do. */
  #goesOn(transaction: OwnedTransaction, status: string): boolean {
    if (status === "completed" && !this.#options.editsFinished) this.#ledger.leave(transaction.id);
    return this.#ledger.transaction?.id === transaction.id;
  }
}
