/** The platform's REST interface as the customiser uses it. Failures come as one of two kinds: refused, or away. */

import { type DesignResult, isDesignResult, isRecord } from "@spiff/protocol";
import { type Answer, type Answers, type Context, type Finding, wellFormed } from "./composing.ts";
import type { OwnedTransaction } from "./drafts/draft.ts";
import {
  isAnswers,
  isPrice,
  isProduct,
  isUpload,
  isWorkflowLink,
  isWorkflowVersion,
  type Price,
  type Product,
  refusedFindings,
  type WorkflowLink,
  type WorkflowVersion,
} from "./guards.ts";
import { sendFile, type Transfer } from "./transfer.ts";
import type { Upload } from "./uploads.ts";

/** The status of a refusal to change another revision than the current one. */
export const STALE = 412;

/** The platform looked at the request and said no. */
export class Refused extends Error {
  readonly status: number;
  /** What docs/errors.md calls it; empty where something else than the platform answered. */
  readonly code: string;
  readonly findings: Finding[];

  constructor(status: number, problem: Record<string, unknown>) {
    super(String(problem.detail ?? problem.title ?? status));
    this.status = status;
    this.code = typeof problem.code === "string" ? problem.code : "";
    this.findings = refusedFindings(problem.errors);
  }
}

/** Whether the design lacks an agreement to the terms that the product has by now. */
export function isAboutTerms(error: unknown): boolean {
  return error instanceof Refused && error.code.startsWith("terms-");
}

/** The platform could not be reached, or is in trouble: the same request may succeed later. */
export class Away extends Error {
  readonly retryAfterSeconds: number;

  constructor(reason: string, retryAfterSeconds = 0) {
    super(reason);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface WantedTransaction {
  integrationProductId: string;
  workflowId: string;
  presentmentCurrency?: string;
  pageSessionId?: string;
}

/** What a transaction says beside its answers. */
export interface TransactionNews {
  /** What composing must be told of it. */
  context?: Context;
  uploads?: Upload[];
  /** The addresses of all files that the context names. */
  files?: Record<string, string>;
}

export interface OpenedTransaction extends OwnedTransaction, TransactionNews {
  price: Price;
  workflow: WorkflowLink;
}

export interface SavedAnswers {
  revision: number;
  status: string;
  price: Price;
}

export interface StoredTransaction extends TransactionNews {
  status: string;
  revision: number;
  answers: Answers;
  workflow: WorkflowLink;
}

/** The digests of the scene that was shown, and of the terms that the shopper agrees to. */
export interface Finishing {
  sceneDigest?: string | undefined;
  termsDigest?: string | undefined;
}

export type LinkPurpose = "resume" | "view";

/** Where a resume link leads; `shopUrl` is where the design can be bought. */
export interface Resumed {
  transactionId: string;
  integrationProductId: string;
  workflowId: string;
  shopUrl: string | null;
}

export type Watch = Pick<Transfer, "progress" | "signal">;

export type Platform = ReturnType<typeof connectPlatform>;

const LATER = new Set([408, 425, 429]);

/** Speaks to the platform at `origin`; never with cookies. */
export function connectPlatform(origin: string, send: typeof fetch = (...request) => fetch(...request)) {
  const ask = (path: string, init?: RequestInit): Promise<unknown> => request(send, new URL(path, origin), init);
  const transactionPath = (id: string, more = ""): string => `/api/transactions/${encodeURIComponent(id)}${more}`;
  return {
    async product(id: string): Promise<Product> {
      return checked(await ask(`/api/integration-products/${encodeURIComponent(id)}`), isProduct);
    },
    async workflowVersion(href: string): Promise<WorkflowVersion> {
      return checked(await ask(href), isWorkflowVersion);
    },
    async openTransaction(wanted: WantedTransaction): Promise<OpenedTransaction> {
      return checked(await ask("/api/transactions", { method: "POST", body: JSON.stringify(wanted) }), isOpened);
    },
    async transaction({ id, ownerToken }: OwnedTransaction): Promise<StoredTransaction> {
      const headers = { Authorization: `Bearer ${ownerToken}` };
      const answer = checked(await ask(transactionPath(id), { headers }), isRecord);
      return checked(answer.data, isStored);
    },
    /** Where the resume link with this token leads. */
    async resumed(token: string): Promise<Resumed> {
      const headers = { Authorization: `Bearer ${token}` };
      return checked(await ask("/api/links/resume", { headers }), isResumed);
    },
    /** A new link of the design; it is told this once. */
    async createLink({ id, ownerToken }: OwnedTransaction, purpose: LinkPurpose): Promise<string> {
      const init = {
        method: "POST",
        headers: { Authorization: `Bearer ${ownerToken}` },
        body: JSON.stringify({ purpose }),
      };
      return checked(await ask(transactionPath(id, "/links"), init), hasHref).href;
    },
    /** Takes back all links of this purpose. */
    async removeLinks({ id, ownerToken }: OwnedTransaction, purpose: LinkPurpose): Promise<void> {
      const init = { method: "DELETE", headers: { Authorization: `Bearer ${ownerToken}` } };
      await ask(transactionPath(id, `/links/${purpose}`), init);
    },
    async saveAnswers(owned: OwnedTransaction, answers: Record<string, Answer | null>): Promise<SavedAnswers> {
      // Half an emoji would make all of it unreadable to the server.
      const body = JSON.stringify({ answers }, (_, value) => (typeof value === "string" ? wellFormed(value) : value));
      const init = { method: "PATCH", headers: ownerHeaders(owned), body };
      return checked(await ask(transactionPath(owned.id), init), isSaved);
    },
    async upload({ id, ownerToken }: OwnedTransaction, body: Blob, name: string, watch: Watch): Promise<Upload> {
      const address = new URL(transactionPath(id, `/uploads?name=${encodeURIComponent(wellFormed(name))}`), origin);
      const headers = { Authorization: `Bearer ${ownerToken}`, "Content-Type": "application/octet-stream" };
      return checked(await answerOf(sendFile({ address, headers, body, ...watch })), isUpload);
    },
    async complete(owned: OwnedTransaction, finishing: Finishing): Promise<DesignResult> {
      // Members that are undefined are left out.
      const body = JSON.stringify(finishing);
      const init = { method: "POST", headers: ownerHeaders(owned), body };
      return designResult(checked(await ask(transactionPath(owned.id, "/complete"), init), isDesignResult));
    },
  };
}

/** The members that shops are promised, and no others. */
function designResult({
  transactionId,
  baseCost,
  optionsCost,
  exportedData,
  previewImage,
  priceToken,
}: DesignResult): DesignResult {
  return {
    transactionId,
    baseCost,
    optionsCost,
    exportedData,
    previewImage,
    ...(priceToken === undefined ? {} : { priceToken }),
  };
}

function ownerHeaders({ ownerToken, revision }: OwnedTransaction): Record<string, string> {
  return { Authorization: `Bearer ${ownerToken}`, "If-Match": `"${revision}"` };
}

function request(send: typeof fetch, address: URL, init: RequestInit = {}): Promise<unknown> {
  const headers = { ...(init.body ? { "Content-Type": "application/json" } : {}), ...init.headers };
  return answerOf(send(address, { ...init, headers, credentials: "omit" }));
}

async function answerOf(sent: Promise<Response>): Promise<unknown> {
  const response = await reached(sent);
  if (response.status === 204) return undefined;
  if (response.ok) return reached(response.json() as Promise<unknown>);
  const wait = Number(response.headers.get("Retry-After") ?? 0) || 0;
  if (response.status >= 500 || LATER.has(response.status)) throw new Away(`answered ${response.status}`, wait);
  const problem: unknown = await response.json().catch(() => undefined);
  throw new Refused(response.status, isRecord(problem) ? problem : {});
}

async function reached<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw new Away(String(error));
  }
}

function checked<T>(value: unknown, fits: (value: unknown) => value is T): T {
  // A proxy or a login page in between answers 200 with something else: it is as good as away.
  if (!fits(value)) throw new Away("the answer is not what was expected");
  return value;
}

function isOpened(value: unknown): value is OpenedTransaction {
  return isSaved(value) && isRecord(value) && hasOwner(value) && isWorkflowLink(value.workflow) && hasNews(value);
}

function hasOwner(value: Record<string, unknown>): boolean {
  return typeof value.id === "string" && typeof value.ownerToken === "string";
}

function isSaved(value: unknown): value is SavedAnswers {
  return isRevision(value) && isPrice(value.price);
}

function isResumed(value: unknown): value is Resumed {
  if (!isRecord(value)) return false;
  const named = [value.transactionId, value.integrationProductId, value.workflowId];
  return named.every((one) => typeof one === "string") && isAddressOrNull(value.shopUrl);
}

function isAddressOrNull(value: unknown): boolean {
  return value === null || (typeof value === "string" && /^https?:\/\//.test(value));
}

function hasHref(value: unknown): value is { href: string } {
  return isRecord(value) && typeof value.href === "string";
}

function isRevision(value: unknown): value is Record<string, unknown> & { revision: number; status: string } {
  return isRecord(value) && typeof value.revision === "number" && typeof value.status === "string";
}

function isStored(value: unknown): value is StoredTransaction {
  return isRevision(value) && isAnswers(value.answers) && isWorkflowLink(value.workflow) && hasNews(value);
}

function hasNews({ context, uploads, files }: Record<string, unknown>): boolean {
  const known = uploads === undefined || (Array.isArray(uploads) && uploads.every(isUpload));
  return known && [context, files].every((one) => one === undefined || isRecord(one));
}
