/**
 * This device's storage for the customiser: one IndexedDB database of the frame's own origin, which no page of a shop
 * can reach. A browser may refuse it (some private windows, some frames of other sites), and may clear it at any time.
 */

import { type ReadonlySignal, signal } from "@preact/signals";
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";

interface Tables extends DBSchema {
  /** What each window has of a draft. `place` says of what. */
  drafts: { key: [place: string, window: string]; value: KeptDraft };
  /** Files that were not sent yet. */
  files: { key: string; value: KeptFile; indexes: { place: string } };
  /** What was finished here, and may be changed again. */
  finished: { key: string; value: { transactionId: string; at: number } };
}

/** `draft` is looked at when it is read: an earlier version may have written it. Times are milliseconds. */
export interface KeptDraft {
  place: string;
  window: string;
  at: number;
  draft: unknown;
}

export interface KeptFile {
  id: string;
  place: string;
  stepName: string;
  name: string;
  file: Blob;
  at: number;
}

type Table = "drafts" | "files" | "finished";
type Mode = "readonly" | "readwrite";
export type Work<Name extends Table, M extends Mode> = IDBPTransaction<Tables, [Name], M>;
type Opened = IDBPDatabase<Tables>;

const NAME = "spiff";
const VERSION = 1;

export interface Device {
  /** Whether the browser refuses to keep drafts: then they last as long as the page. */
  readonly refused: ReadonlySignal<boolean>;
  /** Reads; undefined where the browser refuses. */
  read: <Name extends Table, T>(
    table: Name,
    use: (work: Work<Name, "readonly">) => Promise<T>,
  ) => Promise<T | undefined>;
  /**
   * Writes all or nothing, in the order of the calls. With `commit()` in the same turn it survives the death of this
   * window. False where the browser refuses.
   */
  write: <Name extends Table>(table: Name, use: (work: Work<Name, "readwrite">) => unknown) => Promise<boolean>;
}

/** Opened when it is first used. */
export function openDevice(): Device {
  const refused = signal(false);
  let opened: Promise<Opened> | undefined;
  const close = (): void => {
    opened = undefined;
  };
  const open = (): Promise<Opened> => {
    opened ??= openTables(close);
    return opened;
  };
  const attempt = async <T>(table: Table, use: (tables: Opened) => Promise<T>): Promise<T | undefined> => {
    try {
      const result = await again(open, close, use);
      if (table === "drafts") refused.value = false;
      return result;
    } catch {
      if (table === "drafts") refused.value = true;
      return undefined;
    }
  };
  return {
    refused,
    read: (table, use) => attempt(table, (tables) => use(tables.transaction(table))),
    write: async (table, use) => {
      const written = await attempt(table, async (tables) => {
        const work = tables.transaction(table, "readwrite");
        await Promise.all([use(work), work.done]);
        return true;
      });
      return written === true;
    },
  };
}

/** Tries once more where the shopper cleared what this site keeps while its page was open: it is kept anew. */
async function again<T>(open: () => Promise<Opened>, close: () => void, use: (tables: Opened) => Promise<T>) {
  try {
    return await use(await open());
  } catch (error) {
    close();
    if (!isClosed(error)) throw error;
    return use(await open());
  }
}

async function openTables(closed: () => void): Promise<Opened> {
  const tables = await openDB<Tables>(NAME, VERSION, {
    upgrade: (made) => {
      made.createObjectStore("drafts", { keyPath: ["place", "window"] });
      made.createObjectStore("files", { keyPath: "id" }).createIndex("place", "place");
      made.createObjectStore("finished", { keyPath: "transactionId" });
    },
    terminated: closed,
    // A later version of this page, or the shopper, wants it: nobody waits for this window.
    blocking: () => {
      closed();
      tables.close();
    },
  });
  return tables;
}

function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === "InvalidStateError";
}
