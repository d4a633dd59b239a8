/** The shopper's unfinished work, as a device keeps it. What was kept is looked at before anything believes it. */

import { isRecord } from "@spiff/protocol";
import type { Answer, Answers } from "../composing.ts";
import { isAnswers } from "../guards.ts";

/** The transaction that is being worked on; the owner token is what lets this browser write it. */
export interface OwnedTransaction {
  id: string;
  ownerToken: string;
  revision: number;
}

/** What the server was last known to hold, and what was sent since and may have arrived. */
export interface Known {
  answers: Answers;
  sent: Record<string, Answer | null>[];
}

/** What another window answered in steps that were changed here, too. */
export interface OtherVersion {
  stepNames: string[];
  answers: Answers;
}

export interface Draft {
  transaction: OwnedTransaction | undefined;
  answers: Answers;
  /** Names of the steps whose answers the server has not confirmed. */
  unsaved: string[];
  /** Absent in drafts of earlier versions: then nobody can tell whose a differing answer is. */
  known?: Known | undefined;
  /** When the shopper changed it last, in milliseconds. */
  changedAt?: number | undefined;
  /** Not decided yet by the shopper. */
  other?: OtherVersion | undefined;
}

/** The draft in something that was kept; undefined where there is none, or where it cannot be read any more. */
export function readDraft(found: unknown): Draft | undefined {
  if (!isRecord(found) || !isAnswers(found.answers) || !isNames(found.unsaved)) return undefined;
  const { answers, unsaved } = found;
  const known = isKnown(found.known) ? found.known : undefined;
  const other = isOtherVersion(found.other) ? found.other : undefined;
  const changedAt = typeof found.changedAt === "number" ? found.changedAt : undefined;
  return { transaction: ownedTransaction(found.transaction), answers, unsaved, known, other, changedAt };
}

function ownedTransaction(found: unknown): OwnedTransaction | undefined {
  if (!isRecord(found)) return undefined;
  const { id, ownerToken, revision } = found;
  const usable = typeof id === "string" && typeof ownerToken === "string" && typeof revision === "number";
  return usable ? { id, ownerToken, revision } : undefined;
}

function isKnown(found: unknown): found is Known {
  return isRecord(found) && isAnswers(found.answers) && Array.isArray(found.sent) && found.sent.every(isSent);
}

function isSent(body: unknown): boolean {
  return isRecord(body) && isAnswers(Object.fromEntries(Object.entries(body).filter(([, answer]) => answer !== null)));
}

function isOtherVersion(found: unknown): found is OtherVersion {
  return isRecord(found) && isAnswers(found.answers) && isNames(found.stepNames);
}

function isNames(found: unknown): found is string[] {
  return Array.isArray(found) && found.every((name) => typeof name === "string");
}
