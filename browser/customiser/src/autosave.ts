/**
 * Brings answers to the server: a little after the last change, one request at a time, for as long as it takes. It
 * never overwrites silently: a revision it did not know is loaded first, and unsaved answers are put on top of it.
 * What another window finished is left alone: the answers go on in a transaction of their own, so that each finish
 * gives its own.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import type { Answer, Answers, Finding } from "./composing.ts";
import { Confirmed, type OtherVersion, otherVersion } from "./confirmed.ts";
import type { Draft, OwnedTransaction } from "./draft.ts";
import { mergedAnswers, sameAnswers } from "./editor.ts";
import type { Price, WorkflowLink } from "./guards.ts";
import { Away, type Platform, Refused, STALE, type TransactionNews, type WantedTransaction } from "./platform.ts";

/** `held`: something waits for the shopper to mend it, everything else is saved. */
export type SaveState = "saved" | "saving" | "held" | "away";
export type SaveNotice = "changed-elsewhere" | "started-anew";

export interface AutosaveOptions {
  platform: Platform;
  wanted: WantedTransaction;
  draft: Draft;
  /** What the server holds of the draft's transaction. */
  stored: Answers;
  answers: () => Answers;
  replaceAnswers: (answers: Answers) => void;
  /** Keeps the draft on this device; called after every change of it. */
  keep: (draft: Draft) => void;
  /** A new transaction was opened; tells which version of the workflow it is bound to. */
  opened: (workflow: WorkflowLink) => void;
  /** What the transaction says beside its answers. */
  learned: (news: TransactionNews) => void;
  /** Brings along, before any answer is sent, what answers mention and a new transaction does not have. */
  carryOver: (transaction: OwnedTransaction) => Promise<void>;
  /** Steps whose answers the server would refuse wait until they are mended. */
  isHeldBack: (stepName: string) => boolean;
  notice: (notice: SaveNotice) => void;
  /** What is finished is to be changed, and finished again: the design lies in a cart, or came by a link. */
  editsFinished?: boolean;
}

const DEBOUNCE_MS = 400;
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 30_000;
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
  readonly #price = signal<Price | undefined>(undefined);
  readonly #refusals = signal<Finding[]>([]);
  readonly #other = signal<OtherVersion | undefined>(undefined);
  readonly #options: AutosaveOptions;
  readonly #confirmed: Confirmed;
  readonly #unsaved: Set<string>;
  #transaction: OwnedTransaction | undefined;
  /** Whether the current revision was written here: only then can no other window have finished it. */
  #ownRevision = false;
  #finishing = false;
  #loads = 0;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #stopped = false;

  constructor(options: AutosaveOptions) {
    this.#options = options;
    this.#transaction = options.draft.transaction;
    this.#unsaved = new Set(options.draft.unsaved);
    this.#confirmed = new Confirmed(options.stored);
    this.state = this.#state;
    this.other = this.#other;
    this.price = this.#price;
    this.refusals = this.#refusals;
  }

  /** Notes a changed step: kept here at once, sent a little later. */
  changed(stepName: string): void {
    this.#unsaved.add(stepName);
    this.#refusals.value = this.#refusals.value.filter((finding) => finding.stepName !== stepName);
    this.#price.value = undefined;
    this.#keep();
    if (this.#state.value === "away" || this.#stopped) return;
    this.#state.value = this.#pending().length > 0 ? "saving" : "held";
    this.#later(DEBOUNCE_MS);
  }

  /** Saves now what is to be saved; also opens the transaction where there is none. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#running ??= this.#drain().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Saves everything and freezes the design; throws Away or Refused. */
  async finish(sceneDigest: string | undefined): Promise<DesignResult> {
    const loads = this.#loads;
    try {
      return await this.#complete(sceneDigest);
    } catch (error) {
      if (!(error instanceof Refused) || !OVERTAKEN.has(error.status) || this.#loads !== loads) throw error;
      // Another window was faster, and what the shopper sees is still what would be finished.
      return this.#complete(sceneDigest);
    }
  }

  /** The transaction that is being worked on, opened where there is none; throws Away. */
  async owned(): Promise<OwnedTransaction> {
    if (!this.#transaction) await this.flush();
    if (!this.#transaction) throw new Away("no transaction could be opened");
    return this.#transaction;
  }

  /** Answers as the other window did where both changed the same. */
  takeOther(): void {
    const other = this.#other.value;
    if (!other) return;
    const { answers, replaceAnswers } = this.#options;
    replaceAnswers(mergedAnswers(answers(), other.answers, other.stepNames));
    for (const stepName of other.stepNames) this.changed(stepName);
    this.keepOurs();
  }

  /** Forgets the other window's version. */
  keepOurs(): void {
    this.#other.value = undefined;
  }

  /** Another window cleared the draft of this device: it has finished that transaction, or given it up. */
  cleared(transactionId: string | undefined): void {
    if (this.#transaction && this.#transaction.id === transactionId) {
      this.#startAnew();
      void this.flush();
    } else {
      this.#keep();
    }
  }

  /** Sends nothing from now on. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #complete(sceneDigest: string | undefined): Promise<DesignResult> {
    const transaction = await this.#readyToFinish();
    try {
      const result = await this.#options.platform.complete(transaction, sceneDigest);
      this.stop();
      return result;
    } catch (error) {
      // What was stale is loaded, what has ended starts anew.
      if (error instanceof Refused) await this.#recovered(error, transaction);
      throw error;
    }
  }

  /** Saves everything, in a revision of our own; throws where the shopper has not seen what would be finished. */
  async #readyToFinish(): Promise<OwnedTransaction> {
    const loads = this.#loads;
    this.#finishing = true;
    try {
      await this.flush();
      // Once more: a change may have come while the last request was under way.
      await this.flush();
    } finally {
      this.#finishing = false;
    }
    if (this.#loads !== loads) throw new Refused(STALE, { detail: "it was changed in another window" });
    if (!this.#transaction || !this.#ownRevision || this.#unsaved.size > 0) throw new Away("not everything is saved");
    return this.#transaction;
  }

  async #drain(): Promise<void> {
    while (!this.#stopped && this.#isBehind()) {
      if (this.#state.value !== "away") this.#state.value = "saving";
      const transaction = this.#transaction;
      try {
        await (transaction ? this.#save(transaction) : this.#open());
        this.#failures = 0;
      } catch (error) {
        if (!(await this.#recovered(error, transaction))) return;
      }
    }
    this.#state.value = this.#unsaved.size > 0 ? "held" : "saved";
  }

  #isBehind(): boolean {
    return !this.#transaction || this.#pending().length > 0 || (this.#finishing && !this.#ownRevision);
  }

  async #open(): Promise<void> {
    const { platform, wanted, answers } = this.#options;
    const opened = await platform.openTransaction(wanted);
    const { id, ownerToken, revision, price, workflow } = opened;
    await this.#options.carryOver({ id, ownerToken, revision });
    this.#options.learned(opened);
    this.#transaction = { id, ownerToken, revision };
    this.#ownRevision = true;
    this.#confirmed.holds({});
    for (const stepName of Object.keys(answers())) this.#unsaved.add(stepName);
    this.#confirm(price);
    this.#options.opened(workflow);
  }

  async #save(transaction: OwnedTransaction): Promise<void> {
    const sent = this.#options.answers();
    const names = this.#pending();
    const body = Object.fromEntries(names.map((name): [string, Answer | null] => [name, sent[name] ?? null]));
    this.#confirmed.sending(body);
    const { revision, status, price } = await this.#options.platform.saveAnswers(transaction, body);
    if (!this.#goesOn(transaction, status)) return;
    this.#transaction = { ...transaction, revision };
    this.#ownRevision = true;
    this.#confirmed.took(body);
    const now = this.#options.answers();
    for (const name of names) if (now[name] === sent[name]) this.#unsaved.delete(name);
    this.#confirm(price);
  }

  #confirm(price: Price): void {
    this.#price.value = this.#unsaved.size === 0 ? price : undefined;
    this.#keep();
  }

  async #recovered(error: unknown, transaction: OwnedTransaction | undefined): Promise<boolean> {
    try {
      await this.#recover(error, transaction);
      return true;
    } catch (again) {
      this.#retryLater(again instanceof Away ? again.retryAfterSeconds * 1000 : 0);
      return false;
    }
  }

  /** Does what a refusal asks for; throws what only waiting can mend. */
  async #recover(error: unknown, transaction: OwnedTransaction | undefined): Promise<void> {
    if (!(error instanceof Refused)) throw error;
    if (error.status === STALE && transaction) await this.#reload(transaction);
    else if (ENDED.has(error.status) && transaction) this.#leave(transaction);
    else if (error.findings.length > 0) this.#refuse(error.findings);
    else throw error;
  }

  async #reload(transaction: OwnedTransaction): Promise<void> {
    const stored = await this.#options.platform.transaction(transaction);
    if (!this.#goesOn(transaction, stored.status)) return;
    this.#transaction = { ...transaction, revision: stored.revision };
    this.#ownRevision = false;
    this.#options.learned(stored);
    const local = this.#options.answers();
    const merged = mergedAnswers(stored.answers, local, this.#unsaved);
    const conflicts = this.#confirmed.changedElsewhere(stored.answers, local, this.#unsaved);
    this.#confirmed.holds(stored.answers);
    if (conflicts.length > 0) this.#other.value = otherVersion(this.#other.value, stored.answers, conflicts);
    // Our own request may have arrived and only its answer been lost: then nothing differs.
    if (conflicts.length > 0 || !sameAnswers(merged, local)) this.#showChange(merged);
    this.#keep();
  }

  #showChange(answers: Answers): void {
    this.#loads += 1;
    this.#options.replaceAnswers(answers);
    this.#options.notice("changed-elsewhere");
  }

  /** Whether work goes on in this transaction. What is completed was finished by another window: we end when we do. */
  #goesOn(transaction: OwnedTransaction, status: string): boolean {
    if (status === "completed" && !this.#options.editsFinished) this.#leave(transaction);
    return this.#transaction?.id === transaction.id;
  }

  /** Starts anew, unless that was done while the request was under way. */
  #leave(transaction: OwnedTransaction): void {
    if (this.#transaction?.id === transaction.id) this.#startAnew();
  }

  #startAnew(): void {
    this.#transaction = undefined;
    this.keepOurs();
    this.#price.value = undefined;
    this.#keep();
    this.#options.notice("started-anew");
  }

  #refuse(findings: Finding[]): void {
    const pending = this.#pending();
    this.#refusals.value = [...this.#refusals.value, ...findings];
    if (this.#pending().length === pending.length) throw new Away("refused for a step that was not sent");
  }

  #pending(): string[] {
    const refused = new Set(this.#refusals.value.map((finding) => finding.stepName));
    return [...this.#unsaved].filter((name) => !refused.has(name) && !this.#options.isHeldBack(name));
  }

  #retryLater(atLeastMs: number): void {
    this.#state.value = "away";
    const delay = Math.min(FIRST_RETRY_MS * 2 ** this.#failures, LONGEST_RETRY_MS);
    this.#failures += 1;
    this.#later(Math.max(delay, atLeastMs));
  }

  #later(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#stopped) this.#timer = setTimeout(() => void this.flush(), delayMs);
  }

  #keep(): void {
    if (this.#stopped) return;
    this.#options.keep({
      transaction: this.#transaction,
      answers: this.#options.answers(),
      unsaved: [...this.#unsaved],
    });
  }
}
