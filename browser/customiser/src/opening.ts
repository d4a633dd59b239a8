/** From the frame's address to a design that can be worked on: product, workflow, an unfinished draft if there is one. */

import { type Signal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import { type Answers, type Engine, loadEngine } from "./composing.ts";
import { type Draft, type DraftBox, draftBox } from "./draft.ts";
import { mergedAnswers } from "./editor.ts";
import { findFinished, rememberFinished } from "./finished.ts";
import type { Product, WorkflowLink } from "./guards.ts";
import type { PageLink } from "./page-link.ts";
import type { Params } from "./params.ts";
import {
  Away,
  connectPlatform,
  Refused,
  type Resumed,
  type StoredTransaction,
  type TransactionNews,
  type WantedTransaction,
} from "./platform.ts";
import { createSession, type Notice, type Session } from "./session.ts";
import { wear } from "./theme.ts";
import { words } from "./words.ts";

export type Screen =
  | { kind: "loading" }
  | { kind: "problem"; title: string; detail: string; retry: (() => void) | undefined }
  | { kind: "choose"; product: Product; choose: (link: WorkflowLink) => void }
  | { kind: "editing"; session: Session }
  /** `shopUrl`: where to go on to, where no page of a shop is around. */
  | { kind: "done"; result: DesignResult; shopUrl: string | undefined };

export interface Opening {
  readonly screen: Signal<Screen>;
  readonly startOver: () => void;
  readonly finish: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Resumable {
  draft: Draft;
  /** What the server has of it. */
  stored: Answers;
  news: TransactionNews;
  workflow: WorkflowLink;
  notice?: Notice | undefined;
}

/** Filled in as the page is built: the name holds the content's hash. */
declare const ENGINE_FILE: string;

const ENGINE = `/static/customiser/${ENGINE_FILE}`;
const RETRY_MS = 4000;
const CLOSING_PATIENCE_MS = 800;
const NEW_DRAFT: Draft = { transaction: undefined, answers: {}, unsaved: [] };

/** Opens the customiser for one page; the returned screen changes as it goes. */
export function openCustomiser(params: Params, link: PageLink): Opening {
  const screen = signal<Screen>({ kind: "loading" });
  const opener = new Opener(params, link, screen);
  opener.start();
  return {
    screen,
    startOver: () => opener.startOver(),
    finish: () => opener.finish(),
    close: () => opener.close(),
  };
}

class Opener {
  readonly #params: Params;
  readonly #link: PageLink;
  readonly #screen: Signal<Screen>;
  #engine: Promise<Engine> | undefined;
  readonly #platform = connectPlatform(location.origin);
  #box: DraftBox | undefined;
  #resumed: (Resumed & { ownerToken: string }) | undefined;
  #chosen: (() => void) | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(params: Params, link: PageLink, screen: Signal<Screen>) {
    this.#params = params;
    this.#link = link;
    this.#screen = screen;
    link.onCloseRequest(() => void this.close());
    addEventListener("online", () => void this.#session?.autosave.flush());
  }

  start(): void {
    // Its file is the largest of all: it comes while the product is asked for.
    this.#shapingEngine().catch(() => undefined);
    this.#attempt(() => this.#openProduct());
  }

  startOver(): void {
    this.#box?.clear();
    this.#chosen?.();
  }

  async finish(): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const { ownerToken } = await session.autosave.owned();
    const result = await session.finish();
    const { transactionId } = result;
    const workflowId = session.version.id;
    const integrationProductId = session.product.id;
    rememberFinished(() => localStorage, { transactionId, ownerToken, integrationProductId, workflowId });
    this.#screen.value = { kind: "done", result, shopUrl: this.#resumed?.shopUrl ?? undefined };
    this.#link.complete(result);
  }

  /** Saves what can be saved in a moment; the draft on this device has it anyway. */
  async close(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, CLOSING_PATIENCE_MS));
    await Promise.race([this.#session?.autosave.flush(), patience]);
    this.#link.quit();
  }

  get #session(): Session | undefined {
    const screen = this.#screen.peek();
    return screen.kind === "editing" ? screen.session : undefined;
  }

  #attempt(action: () => Promise<void>): void {
    clearTimeout(this.#retry);
    const again = (): void => this.#attempt(action);
    action().catch((error: unknown) => {
      if (error instanceof Refused) return this.#refuse();
      console.error(error);
      const away = error instanceof Away;
      const title = away ? words.unreachable : words.broken;
      const detail = away ? words.unreachableDetail : words.brokenDetail;
      this.#show({ kind: "problem", title, detail, retry: again });
      if (away) this.#retry = setTimeout(again, RETRY_MS);
    });
  }

  #refuse(): void {
    const linked = (this.#params.resume ?? this.#params.transaction) !== undefined && !this.#resumed;
    const title = linked ? words.linkGone : words.unknownProduct;
    const detail = linked ? words.linkGoneDetail : words.unknownProductDetail;
    this.#screen.value = { kind: "problem", title, detail, retry: undefined };
    this.#link.error("product-unknown", `${title}. ${detail}`);
  }

  #show(screen: Screen): void {
    this.#session?.end();
    this.#screen.value = screen;
    this.#link.loaded();
  }

  async #openProduct(): Promise<void> {
    this.#resumed = await this.#goneOnWith();
    const product = await this.#platform.product(
      this.#resumed?.integrationProductId ?? this.#params.integrationProduct,
    );
    wear(product.theme, document.documentElement.style);
    const workflow = this.#resumed?.workflowId ?? this.#params.workflow;
    const offered = product.workflows.filter(({ id }) => !workflow || id === workflow);
    const [first, second] = offered;
    if (!product.enabled || !first) return this.#refuse();
    const choose = (link: WorkflowLink): void => {
      this.#chosen = () => this.#attempt(() => this.#openWorkflow(product, link));
      this.#chosen();
    };
    if (second) this.#show({ kind: "choose", product, choose });
    else choose(first);
  }

  /** What is opened again: by a link, or as finished on this device. Throws Refused where it is not there. */
  async #goneOnWith(): Promise<(Resumed & { ownerToken: string }) | undefined> {
    const { resume, transaction } = this.#params;
    if (resume !== undefined) return { ...(await this.#platform.resumed(resume)), ownerToken: resume };
    if (transaction === undefined) return undefined;
    const found = findFinished(() => localStorage, transaction);
    if (!found) throw new Refused(404, { detail: "it was not finished in this browser" });
    return { ...found, shopUrl: null };
  }

  async #openWorkflow(product: Product, link: WorkflowLink): Promise<void> {
    this.#session?.end();
    const box = this.#draftBox(product, link);
    this.#box = box;
    const [found, engine] = await Promise.all([this.#resumable(box, link), this.#shapingEngine()]);
    const version = await this.#platform.workflowVersion(found?.workflow.href ?? link.href);
    const kept = found && Object.keys(found.draft.answers).length > 0;
    const session = createSession({
      platform: this.#platform,
      product,
      version,
      engine,
      box,
      wanted: this.#wanted(product, link),
      draft: found?.draft ?? NEW_DRAFT,
      stored: found?.stored ?? {},
      news: found?.news ?? {},
      notice: found?.notice ?? (kept ? "kept-design" : undefined),
      resumedBy: this.#params.resume === undefined ? undefined : `${location.origin}/resume#${this.#params.resume}`,
      editsFinished: this.#resumed !== undefined,
      otherVersion: () => this.#chosen?.(),
    });
    this.#show({ kind: "editing", session });
    void session.autosave.flush();
  }

  /** What came by a link has a draft of its own: the device may have another of the same product. */
  #draftBox(product: Product, link: WorkflowLink): DraftBox {
    const named = this.#resumed
      ? (["transaction", this.#resumed.transactionId] as const)
      : ([product.id, link.id] as const);
    return draftBox(() => localStorage, ...named);
  }

  #shapingEngine(): Promise<Engine> {
    this.#engine ??= loadEngine(ENGINE).catch((error: unknown) => {
      this.#engine = undefined;
      throw new Away(String(error));
    });
    return this.#engine;
  }

  #wanted({ id, currency }: Product, { id: workflowId }: WorkflowLink): WantedTransaction {
    const { pageSession } = this.#params;
    const presentmentCurrency = this.#params.currency ?? currency;
    const wanted = { integrationProductId: id, workflowId, presentmentCurrency };
    return pageSession ? { ...wanted, pageSessionId: pageSession } : wanted;
  }

  /** The draft of this device with what the server has of it; dropped where it cannot be worked on any more. */
  async #resumable(box: DraftBox, link: WorkflowLink): Promise<Resumable | undefined> {
    const draft = box.read() ?? this.#linkedDraft();
    if (!draft?.transaction) return draft && { draft, stored: {}, news: {}, workflow: link };
    try {
      const stored = await this.#platform.transaction(draft.transaction);
      if (this.#resumed && stored.status === "ordered") return orderedCopy(stored);
      if ((this.#resumed || stored.status === "created") && stored.workflow.id === link.id) {
        const answers = mergedAnswers(stored.answers, draft.answers, draft.unsaved);
        const transaction = { ...draft.transaction, revision: stored.revision };
        const { workflow } = stored;
        const notice = this.#resumed ? ("resumed" as const) : undefined;
        return { draft: { ...draft, transaction, answers }, stored: stored.answers, news: stored, workflow, notice };
      }
    } catch (error) {
      if (!(error instanceof Refused) || this.#resumed) throw error;
    }
    box.clear();
    return undefined;
  }

  /** The token of a resume link is an owner token. */
  #linkedDraft(): Draft | undefined {
    const resumed = this.#resumed;
    if (!resumed) return undefined;
    const { transactionId: id, ownerToken } = resumed;
    return { ...NEW_DRAFT, transaction: { id, ownerToken, revision: 0 } };
  }
}

/** What is ordered stays as it is: the same answers begin another design. */
function orderedCopy(stored: StoredTransaction): Resumable {
  const draft = { transaction: undefined, answers: stored.answers, unsaved: Object.keys(stored.answers) };
  return { draft, stored: {}, news: stored, workflow: stored.workflow, notice: "ordered-copy" };
}
