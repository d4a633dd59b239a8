/**
 * Designs that were finished on this device and what lets this browser change them: the page of a shop names one, and
 * never learns its token. Storage may be blocked; then a resume link is the way back.
 */

import { isRecord } from "@spiff/protocol";
import type { Storage } from "./draft.ts";

export interface Finished {
  transactionId: string;
  ownerToken: string;
  integrationProductId: string;
  workflowId: string;
}

const KEY = "spiff.finished";
/** The newest stay; a shopper with more in the cart uses a resume link for the oldest. */
const MOST = 50;

/** Keeps a finished design, the newest first, each once. */
export function rememberFinished(open: () => Storage, design: Finished): void {
  const others = list(open).filter(({ transactionId }) => transactionId !== design.transactionId);
  attempt(() => open().setItem(KEY, JSON.stringify([design, ...others].slice(0, MOST))));
}

/** The design that was finished here under this id. */
export function findFinished(open: () => Storage, transactionId: string): Finished | undefined {
  return list(open).find((each) => each.transactionId === transactionId);
}

function list(open: () => Storage): Finished[] {
  const found = attempt(() => JSON.parse(open().getItem(KEY) ?? "[]") as unknown);
  return Array.isArray(found) ? found.filter(isFinished) : [];
}

function isFinished(value: unknown): value is Finished {
  const members = ["transactionId", "ownerToken", "integrationProductId", "workflowId"] as const;
  return isRecord(value) && members.every((name) => typeof value[name] === "string");
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
