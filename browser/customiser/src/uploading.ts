/** Uploads on their way, one a step: they go on while the shopper is elsewhere in the design. Knows no screen. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Answers } from "./composing.ts";
import type { OwnedTransaction } from "./draft.ts";
import { Away, type Platform, Refused } from "./platform.ts";
import type { Upload, Uploads } from "./uploads.ts";

/** `failed`: `code` says why; `away` may succeed when it is tried again. */
export type UploadTask = { readonly file: File } & (
  | { readonly state: "sending"; readonly progress: number }
  | { readonly state: "failed"; readonly code: string; readonly detail: string }
);

export interface UploadingOptions {
  platform: Platform;
  uploads: Uploads;
  /** The transaction to add files to; opened where there is none. Throws Away. */
  transaction: () => Promise<OwnedTransaction>;
  /** A step has its file. */
  arrived: (stepName: string, upload: Upload) => void;
}

const AWAY = "away";

export class Uploading {
  readonly tasks: ReadonlySignal<ReadonlyMap<string, UploadTask>>;
  readonly #tasks = signal<ReadonlyMap<string, UploadTask>>(new Map());
  readonly #options: UploadingOptions;
  readonly #stops = new Map<string, AbortController>();
  /** The files themselves, by digest: another transaction needs them again. */
  readonly #files = new Map<string, Blob>();

  constructor(options: UploadingOptions) {
    this.#options = options;
    this.tasks = this.#tasks;
  }

  /** Whether anything is on its way. */
  get busy(): boolean {
    return [...this.#tasks.value.values()].some(({ state }) => state === "sending");
  }

  /** Sends a file for a step; one that is on its way for it is given up. */
  async start(stepName: string, file: File): Promise<void> {
    this.cancel(stepName);
    const stop = new AbortController();
    this.#stops.set(stepName, stop);
    this.#show(stepName, { file, state: "sending", progress: 0 });
    const progress = (fraction: number): void => {
      if (!stop.signal.aborted) this.#show(stepName, { file, state: "sending", progress: fraction });
    };
    try {
      const transaction = await this.#options.transaction();
      const upload = await this.#options.platform.upload(transaction, file, file.name, {
        progress,
        signal: stop.signal,
      });
      if (stop.signal.aborted) return;
      this.#keep(upload, file);
      this.#show(stepName, undefined);
      this.#options.arrived(stepName, upload);
    } catch (error) {
      if (!stop.signal.aborted) this.#show(stepName, failed(file, error));
    }
  }

  /** Refuses a file before it is sent. */
  refuse(stepName: string, file: File, code: string): void {
    this.cancel(stepName);
    this.#show(stepName, { file, state: "failed", code, detail: "" });
  }

  /** Gives up what is on its way for a step, and forgets what failed. */
  cancel(stepName: string): void {
    this.#stops.get(stepName)?.abort();
    this.#stops.delete(stepName);
    this.#show(stepName, undefined);
  }

  /** Gives up everything. */
  stop(): void {
    for (const stepName of this.#stops.keys()) this.cancel(stepName);
  }

  /** Adds to another transaction what the answers mention of the earlier one. What cannot be had again is left out. */
  async carryOver(transaction: OwnedTransaction, answers: Answers): Promise<void> {
    const known = this.#options.uploads.forget();
    const mentioned = new Set(Object.values(answers).map(({ upload }) => upload));
    const wanted = [...known.values()].filter(({ sha256 }) => mentioned.has(sha256));
    await Promise.allSettled(wanted.map((upload) => this.#carry(transaction, upload)));
  }

  async #carry(transaction: OwnedTransaction, { sha256, kind, name, address }: Upload): Promise<void> {
    // Of a drawing only its outlines are kept, which are no file that could be sent again.
    const file = this.#files.get(sha256) ?? (kind === "drawing" ? undefined : await fetched(address));
    if (!file) return;
    const watch = { progress: () => undefined, signal: new AbortController().signal };
    this.#keep(await this.#options.platform.upload(transaction, file, name, watch), file);
  }

  #keep(upload: Upload, file: Blob): void {
    this.#files.set(upload.sha256, file);
    this.#options.uploads.know([upload]);
  }

  #show(stepName: string, task: UploadTask | undefined): void {
    const others = [...this.#tasks.value].filter(([name]) => name !== stepName);
    this.#tasks.value = new Map(task ? [...others, [stepName, task]] : others);
  }
}

function failed(file: File, error: unknown): UploadTask {
  const refused = error instanceof Refused ? error : undefined;
  if (!refused && !(error instanceof Away)) throw error;
  return { file, state: "failed", code: refused?.code ?? AWAY, detail: refused?.message ?? "" };
}

async function fetched(address: string): Promise<Blob> {
  const response = await fetch(address, { credentials: "omit" });
  if (!response.ok) throw new Away(`the file answered ${response.status}`);
  return response.blob();
}
