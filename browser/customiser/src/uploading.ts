/** Uploads on their way, one a step: they go on while the shopper is elsewhere in the design. Knows no screen. */

import { type ReadonlySignal, signal } from "@preact/signals";
import { Backoff, Pauses } from "./backoff.ts";
import type { Answers } from "./composing.ts";
import type { OwnedTransaction } from "./drafts/draft.ts";
import { newId } from "./drafts/ids.ts";
import type { Outbox } from "./drafts/outbox.ts";
import { Away, type Platform, Refused } from "./platform.ts";
import { fetchedAgain, type Upload, type Uploads } from "./uploads.ts";

/**
 * `waiting`: the server is away, and it is sent by itself later; `kept` says whether that survives a closed page.
 * `failed`: it was refused, and `code` says why.
 */
export type UploadTask = { readonly file: File } & (
  | { readonly state: "sending"; readonly progress: number }
  | { readonly state: "waiting"; readonly kept: boolean }
  | { readonly state: "failed"; readonly code: string; readonly detail: string }
);

export interface UploadingOptions {
  platform: Platform;
  uploads: Uploads;
  outbox: Outbox;
  /** The transaction to add files to; opened where there is none. Throws Away. */
  transaction: () => Promise<OwnedTransaction>;
  /** A step has its file. */
  arrived: (stepName: string, upload: Upload) => void;
}

/** A file that is being sent. */
interface Parcel {
  id: string;
  stepName: string;
  file: File;
  signal: AbortSignal;
  kept: Promise<boolean>;
}

export class Uploading {
  readonly tasks: ReadonlySignal<ReadonlyMap<string, UploadTask>>;
  readonly #tasks = signal<ReadonlyMap<string, UploadTask>>(new Map());
  readonly #options: UploadingOptions;
  readonly #stops = new Map<string, AbortController>();
  readonly #pauses = new Pauses();
  /** The files themselves, by digest: another transaction needs them again. */
  readonly #files = new Map<string, Blob>();

  constructor(options: UploadingOptions) {
    this.#options = options;
    this.tasks = this.#tasks;
  }

  /** Whether anything is on its way. */
  get busy(): boolean {
    return [...this.#tasks.value.values()].some(isOnItsWay);
  }

  /** Sends a file for a step, for as long as it takes; one that is on its way for it is given up. */
  async start(stepName: string, file: File): Promise<void> {
    const { signal } = this.#begin(stepName);
    const id = newId();
    const kept = this.#options.outbox.keep(id, stepName, file);
    await alone(id, () => this.#send({ id, stepName, file, signal, kept }));
  }

  /** Goes on with what an earlier page could not send, for those of the steps that are still there. */
  async goOn(stepNames: readonly string[]): Promise<void> {
    const left = await this.#options.outbox.list();
    const wanted = left.filter(({ stepName }) => stepNames.includes(stepName));
    await Promise.all(wanted.map(({ id, stepName, name, file }) => this.#goOnWith(id, stepName, named(file, name))));
  }

  /** Tries at once what waits for the server. */
  retry(): void {
    this.#pauses.end();
  }

  /** Refuses a file before it is sent. */
  refuse(stepName: string, file: File, code: string): void {
    this.cancel(stepName);
    this.#show(stepName, { file, state: "failed", code, detail: "" });
  }

  /** Gives up what is on its way for a step, and forgets what failed. */
  cancel(stepName: string): void {
    this.#abort(stepName);
    void this.#options.outbox.giveUp(stepName);
  }

  /** Sends no more; the next page goes on with it. */
  stop(): void {
    for (const stepName of this.#stops.keys()) this.#abort(stepName);
  }

  /** Adds to another transaction what the answers mention of the earlier one. What cannot be had again is left out. */
  async carryOver(transaction: OwnedTransaction, answers: Answers): Promise<void> {
    const known = this.#options.uploads.forget();
    const mentioned = new Set(Object.values(answers).map(({ upload }) => upload));
    const wanted = [...known.values()].filter(({ sha256 }) => mentioned.has(sha256));
    await Promise.allSettled(wanted.map((upload) => this.#carry(transaction, upload)));
  }

  async #carry(transaction: OwnedTransaction, upload: Upload): Promise<void> {
    const file = this.#files.get(upload.sha256) ?? (await fetchedAgain(upload));
    if (!file) return;
    const watch = { progress: () => undefined, signal: new AbortController().signal };
    this.#keep(await this.#options.platform.upload(transaction, file, upload.name, watch), file);
  }

  #begin(stepName: string): AbortController {
    this.#abort(stepName);
    const stop = new AbortController();
    this.#stops.set(stepName, stop);
    return stop;
  }

  #abort(stepName: string): void {
    this.#stops.get(stepName)?.abort();
    this.#stops.delete(stepName);
    this.#show(stepName, undefined);
  }

  async #goOnWith(id: string, stepName: string, file: File): Promise<void> {
    const { signal } = this.#begin(stepName);
    await alone(id, async () => {
      // Another window may have sent it meanwhile, or given it up.
      if (signal.aborted || !(await this.#options.outbox.has(id))) return;
      await this.#send({ id, stepName, file, signal, kept: Promise.resolve(true) });
    });
  }

  async #send(parcel: Parcel): Promise<void> {
    const { id, stepName, file, signal } = parcel;
    this.#showOf(parcel, { file, state: "sending", progress: 0 });
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        const upload = await this.#post(parcel);
        if (signal.aborted) return;
        this.#keep(upload, file);
        this.#show(stepName, undefined);
        this.#options.arrived(stepName, upload);
        return await this.#options.outbox.drop(id);
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof Away)) return await this.#refused(parcel, error);
        this.#showOf(parcel, { file, state: "waiting", kept: await parcel.kept });
        await this.#pauses.pause(Math.max(backoff.next(), error.retryAfterSeconds * 1000), signal);
      }
    }
  }

  async #post(parcel: Parcel): Promise<Upload> {
    const { file, signal } = parcel;
    const progress = (fraction: number): void => this.#showOf(parcel, { file, state: "sending", progress: fraction });
    const transaction = await this.#options.transaction();
    return this.#options.platform.upload(transaction, file, file.name, { progress, signal });
  }

  async #refused({ id, stepName, file }: Parcel, error: unknown): Promise<void> {
    await this.#options.outbox.drop(id);
    if (!(error instanceof Refused)) throw error;
    this.#show(stepName, { file, state: "failed", code: error.code, detail: error.message });
  }

  #keep(upload: Upload, file: Blob): void {
    this.#files.set(upload.sha256, file);
    this.#options.uploads.know([upload]);
  }

  /** Nothing more is shown of what was given up. */
  #showOf({ stepName, signal }: Parcel, task: UploadTask): void {
    if (!signal.aborted) this.#show(stepName, task);
  }

  #show(stepName: string, task: UploadTask | undefined): void {
    const others = [...this.#tasks.value].filter(([name]) => name !== stepName);
    this.#tasks.value = new Map(task ? [...others, [stepName, task]] : others);
  }
}

/** Whether a file will arrive by itself. */
export function isOnItsWay({ state }: UploadTask): boolean {
  return state !== "failed";
}

/** While no other window sends the file of this id; at once where the browser has no locks (pages without https). */
function alone(id: string, send: () => Promise<void>): Promise<void> {
  const locks: LockManager | undefined = navigator.locks;
  return locks ? locks.request(`spiff.file.${id}`, send) : send();
}

function named(file: Blob, name: string): File {
  return new File([file], name, { type: file.type });
}
