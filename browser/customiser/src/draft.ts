/**
 * The shopper's unfinished work on this device. Storage may be blocked (private windows, frames of other sites):
 * then it lasts as long as the page. It uses no cookies.
 */

import { isRecord } from "@spiff/protocol";
import type { Answers } from "./composing.ts";
import { isAnswers } from "./guards.ts";

/** The transaction that is being worked on; the owner token is what lets this browser write it. */
export interface OwnedTransaction {
  id: string;
  ownerToken: string;
  revision: number;
}

export interface Draft {
  transaction: OwnedTransaction | undefined;
  answers: Answers;
  /** Names of the steps whose answers the server has not confirmed. */
  unsaved: string[];
}

export interface DraftBox {
  read: () => Draft | undefined;
  write: (draft: Draft) => void;
  clear: () => void;
  /** As `clear`, unless another window keeps work on another transaction here by now. */
  clearFinished: (transactionId: string) => void;
  /** Calls when another window clears the draft, with the transaction it had; the result stops it. */
  onCleared: (callback: (transactionId: string | undefined) => void) => () => void;
}

/** The part of `localStorage` that is used. */
export type Storage = Pick<globalThis.Storage, "getItem" | "setItem" | "removeItem">;

/** `open` is called at each use, because looking at `localStorage` alone may already throw. */
export function draftBox(open: () => Storage, integrationProduct: string, workflow: string): DraftBox {
  const key = `spiff.draft.${integrationProduct}.${workflow}`;
  const read = (): Draft | undefined => parseDraft(attempt(() => open().getItem(key)));
  const clear = (): void => attempt(() => open().removeItem(key));
  return {
    read,
    write: (draft) => attempt(() => open().setItem(key, JSON.stringify(draft))),
    clear,
    clearFinished: (transactionId) => {
      if (read()?.transaction?.id === transactionId) clear();
    },
    onCleared: (callback) => {
      const listen = (event: StorageEvent): void => {
        if (event.key === key && event.newValue === null) callback(parseDraft(event.oldValue)?.transaction?.id);
      };
      addEventListener("storage", listen);
      return () => removeEventListener("storage", listen);
    },
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

function parseDraft(text: string | null | undefined): Draft | undefined {
  const found = attempt(() => JSON.parse(text ?? "null") as unknown);
  if (!isRecord(found) || !isAnswers(found.answers) || !Array.isArray(found.unsaved)) return undefined;
  const unsaved = found.unsaved.filter((name) => typeof name === "string");
  return { transaction: ownedTransaction(found.transaction), answers: found.answers, unsaved };
}

function ownedTransaction(found: unknown): OwnedTransaction | undefined {
  if (!isRecord(found)) return undefined;
  const { id, ownerToken, revision } = found;
  const usable = typeof id === "string" && typeof ownerToken === "string" && typeof revision === "number";
  return usable ? { id, ownerToken, revision } : undefined;
}
