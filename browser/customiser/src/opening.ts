/** From the frame's address to a design that can be worked on: product, workflow, an unfinished draft if there is one. */

import { type Signal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import { type Engine, loadEngine } from "./composing.ts";
import { openDevice } from "./drafts/device.ts";
import { type DraftBox, draftBox } from "./drafts/draft-box.ts";
import { findFinished, rememberFinished } from "./drafts/finished.ts";
import { openOutbox } from "./drafts/outbox.ts";
import type { Product, WorkflowLink } from "./guards.ts";
import type { PageLink } from "./page-link.ts";
import type { Params } from "./params.ts";
import { Away, connectPlatform, Refused, type WantedTransaction } from "./platform.ts";
import { beginning, type Reopened } from "./resuming.ts";
import { createSession, type Session } from "./session.ts";
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
  readonly startOver: () => Promise<void>;
  readonly finish: (termsDigest: string | undefined) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Filled in as the page is built: the name holds the content's hash. */
declare const ENGINE_FILE: string;

const ENGINE = `/static/customiser/${ENGINE_FILE}`;
const RETRY_MS = 4000;
const CLOSING_PATIENCE_MS = 800;

/** Opens the customiser for one page; the returned screen changes as it goes. */
export function openCustomiser(params: Params, link: PageLink): Opening {
  const screen = signal<Screen>({ kind: "loading" });
  const opener = new Opener(params, link, screen);
  opener.start();
  return {
    screen,
    startOver: () => opener.startOver(),
    finish: (termsDigest) => opener.finish(termsDigest),
    close: () => opener.close(),
  };
}

class Opener {
  readonly #params: Params;
  readonly #link: PageLink;
  readonly #screen: Signal<Screen>;
  #engine: Promise<Engine> | undefined;
  readonly #platform = connectPlatform(location.origin);
  readonly #device = openDevice();
  /** By the draft's place: what the browser does not keep lasts as long as the page. */
  readonly #boxes = new Map<string, DraftBox>();
  #startAnew: (() => Promise<void>) | undefined;
  #resumed: Reopened | undefined;
  #chosen: (() => void) | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(params: Params, link: PageLink, screen: Signal<Screen>) {
    this.#params = params;
    this.#link = link;
    this.#screen = screen;
    link.onCloseRequest(() => void this.close());
    addEventListener("online", () => this.#session?.retry());
  }

  start(): void {
    // Its file is the largest of all: it comes while the product is asked for.
    this.#shapingEngine().catch(() => undefined);
    this.#attempt(() => this.#openProduct());
  }

  async startOver(): Promise<void> {
    this.#session?.end();
    await this.#startAnew?.();
    this.#chosen?.();
  }

  async finish(termsDigest: string | undefined): Promise<void> {
    const session = this.#session;
    if (!session) return;
    const { ownerToken } = await session.autosave.owned();
    const result = await session.finish(termsDigest);
    const { transactionId } = result;
    const workflowId = session.version.id;
    const integrationProductId = session.product.id;
    const origin = this.#origin;
    await rememberFinished(this.#device, { transactionId, ownerToken, integrationProductId, workflowId, origin });
    this.#screen.value = { kind: "done", result, shopUrl: this.#resumed?.shopUrl ?? undefined };
    this.#link.complete(result);
  }

  /** Saves what can be saved in a moment; the draft on this device has it anyway. */
  async close(): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, CLOSING_PATIENCE_MS));
    await Promise.race([this.#session?.autosave.flush(), patience]);
    this.#link.quit();
  }

  /** The page whose drafts these are; the platform's own where none is around. */
  get #origin(): string {
    return this.#params.origin ?? location.origin;
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
    const [code, title, detail] = this.#refusal();
    this.#screen.value = { kind: "problem", title, detail, retry: undefined };
    this.#link.error(code, `${title}. ${detail}`);
  }

  /** A code for the page, and words for the shopper. */
  #refusal(): [string, string, string] {
    const { resume, transaction } = this.#params;
    if (this.#resumed || (resume ?? transaction) === undefined)
      return ["product-unknown", words.unknownProduct, words.unknownProductDetail];
    if (resume !== undefined) return ["link-unknown", words.linkGone, words.linkGoneDetail];
    return ["design-unknown", words.madeElsewhere, words.madeElsewhereDetail];
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
  async #goneOnWith(): Promise<Reopened | undefined> {
    const { resume, transaction } = this.#params;
    if (resume !== undefined) return { ...(await this.#platform.resumed(resume)), ownerToken: resume };
    if (transaction === undefined) return undefined;
    const found = await findFinished(this.#device, () => localStorage, transaction, this.#origin);
    if (!found) throw new Refused(404, { detail: "it was not finished in this browser" });
    return { ...found, shopUrl: null };
  }

  async #openWorkflow(product: Product, link: WorkflowLink): Promise<void> {
    this.#session?.end();
    const box = this.#draftBox(product, link);
    const outbox = openOutbox(this.#device, box.place);
    this.#startAnew = async () => {
      await Promise.all([box.clear(), outbox.clear()]);
    };
    const [{ draft, news, workflow, notice }, engine] = await Promise.all([
      beginning(this.#platform, box, link, this.#resumed),
      this.#shapingEngine(),
    ]);
    const version = await this.#platform.workflowVersion(workflow.href);
    const session = createSession({
      platform: this.#platform,
      product,
      version,
      engine,
      box,
      outbox,
      wanted: this.#wanted(product, link),
      draft,
      news,
      notice: notice ?? (box.refused.peek() ? "nothing-kept" : undefined),
      resumedBy: this.#params.resume === undefined ? undefined : `${location.origin}/resume#${this.#params.resume}`,
      editsFinished: this.#resumed !== undefined,
      otherVersion: () => this.#chosen?.(),
    });
    this.#show({ kind: "editing", session });
    session.begin();
  }

  /** What came by a link has a draft of its own: the device may have another of the same product. */
  #draftBox(product: Product, link: WorkflowLink): DraftBox {
    const named = this.#resumed
      ? { origin: "", integrationProduct: "transaction", workflow: this.#resumed.transactionId }
      : { origin: this.#origin, integrationProduct: product.id, workflow: link.id };
    const made = draftBox(this.#device, named, () => localStorage);
    const box = this.#boxes.get(made.place) ?? made;
    this.#boxes.set(box.place, box);
    return box;
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
}
