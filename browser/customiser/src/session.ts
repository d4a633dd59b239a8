/** One design in the making: the editor, its picture, its uploads and its saving, put together. It knows no screen. */

import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import { type Engine, isRefusable, type JudgedFinding, judged, type Workflow } from "./composing.ts";
import type { Draft } from "./drafts/draft.ts";
import type { DraftBox } from "./drafts/draft-box.ts";
import type { Outbox } from "./drafts/outbox.ts";
import { createEditor, type Editor } from "./editor.ts";
import type { Price, Product, Terms, WorkflowVersion } from "./guards.ts";
import { createLinks, type Links } from "./links.ts";
import { createPicture, type Picture } from "./picture.ts";
import { isAboutTerms, type Platform, type TransactionNews, type WantedTransaction } from "./platform.ts";
import { Autosave, type AutosaveOptions } from "./saving/autosave.ts";
import type { SaveNotice } from "./saving/ledger.ts";
import { type ShownPrices, shownPrices } from "./shown-prices.ts";
import { Uploading } from "./uploading.ts";
import { createUploads, pictureHref, type Uploads, withUploads } from "./uploads.ts";

export type Notice = SaveNotice | "kept-design" | "resumed" | "ordered-copy" | "nothing-kept";

export interface SessionOptions {
  platform: Platform;
  product: Product;
  version: WorkflowVersion;
  wanted: WantedTransaction;
  engine: Engine;
  box: DraftBox;
  outbox: Outbox;
  draft: Draft;
  /** What the server says of it beside its answers. */
  news: TransactionNews;
  notice: Notice | undefined;
  /** The link by which the design was opened, where it was opened by one. */
  resumedBy?: string | undefined;
  /** Whether it may be finished already, and is changed all the same. */
  editsFinished: boolean;
  /** The server bound the transaction to another version than the one that is shown. */
  otherVersion: () => void;
}

export interface Session extends Pick<Picture, "files" | "composition" | "panels"> {
  readonly product: Product;
  readonly version: Pick<WorkflowVersion, "id" | "version">;
  readonly editor: Editor;
  readonly autosave: Autosave;
  readonly uploads: Uploads;
  readonly uploading: Uploading;
  readonly links: Links;
  readonly notice: Signal<Notice | undefined>;
  /** Everything that is wrong, as composed here or as refused by the server, but for what the product ignores. */
  readonly findings: ReadonlySignal<JudgedFinding[]>;
  readonly price: ReadonlySignal<Price>;
  /** Writes prices as the page wants them shown. */
  readonly prices: ShownPrices;
  /** Whether the browser keeps nothing of it on this device. */
  readonly unkept: ReadonlySignal<boolean>;
  /** Begins to save, and to send what an earlier page could not. */
  readonly begin: () => void;
  /** Sends at once what waits: the network may be back. */
  readonly retry: () => void;
  /** What the product is sold on by now. */
  readonly terms: ReadonlySignal<Terms | undefined>;
  /** Freezes the design; `termsDigest` names the terms that the shopper agrees to. */
  readonly finish: (termsDigest: string | undefined) => Promise<DesignResult>;
  readonly end: () => void;
}

/** Starts working on a design; saving and sending begin with `begin()`. */
export function createSession(options: SessionOptions): Session {
  const { product, box } = options;
  const notice = signal(options.notice);
  const terms = signal(product.terms ?? undefined);
  const { editor, picture, autosave, uploads, uploading, context } = assemble(options, notice);
  const links = createLinks(options.platform, autosave, options.resumedBy);
  const stopListening = box.onCleared((transactionId) => autosave.cleared(transactionId));
  const end = (): void => {
    picture.stop();
    stopListening();
    uploading.stop();
    autosave.stop();
  };
  return {
    ...picture,
    product,
    version: options.version,
    editor,
    autosave,
    uploads,
    uploading,
    links,
    notice,
    findings: computed(() =>
      judged([...(picture.composition.value?.findings ?? []), ...autosave.refusals.value], context.value),
    ),
    prices: shownPrices(product, options.wanted.presentmentCurrency),
    price: computed(() => autosave.price.value ?? localPrice(product, editor)),
    unkept: box.refused,
    begin: () => {
      void autosave.flush();
      void uploading.goOn(editor.workflow.steps.map(({ stepName }) => stepName));
    },
    retry: () => {
      void autosave.flush();
      uploading.retry();
    },
    terms,
    finish: async (termsDigest) => {
      const scene = picture.composition.value?.scene;
      const sceneDigest = scene && (await options.engine.digest(scene));
      const result = await autosave.finish({ sceneDigest, termsDigest }).catch(async (error: unknown) => {
        if (isAboutTerms(error)) terms.value = (await options.platform.product(product.id)).terms ?? undefined;
        throw error;
      });
      end();
      await box.clearFinished(result.transactionId);
      return result;
    },
    end,
  };
}

/** The parts, each told what it must know of the others. */
function assemble(options: SessionOptions, notice: Signal<Notice | undefined>) {
  const { platform, version, engine } = options;
  const told = signal(options.news);
  const uploads = createUploads(options.news.uploads ?? []);
  const context = computed(() => withUploads(told.value.context ?? {}, uploads.all.value.values()));
  const draft = fittingDraft(version.workflow, options.draft);
  const editor = createEditor(version.workflow, draft.answers, (stepName) => autosave.changed(stepName), { context });
  const elsewhere = (asset: string): string | undefined => {
    const upload = uploads.all.value.get(asset);
    return upload ? pictureHref(upload) : told.value.files?.[asset];
  };
  const picture = createPicture({ editor, context, engine, assets: version.assets, elsewhere });
  const uploading = new Uploading({
    platform,
    uploads,
    outbox: options.outbox,
    transaction: () => autosave.owned(),
    arrived: (stepName, { sha256 }) =>
      editor.change(stepName, { upload: sha256, placement: undefined, url: undefined }),
  });
  const isHeldBack = (stepName: string): boolean =>
    (picture.composition.peek()?.findings ?? []).some((one) => one.stepName === stepName && isRefusable(one));
  const autosave = createAutosave({ ...options, draft }, editor, notice, {
    isHeldBack,
    learned: (news) => {
      told.value = news;
      uploads.know(news.uploads ?? []);
    },
    carryOver: (transaction) => uploading.carryOver(transaction, editor.answers.peek()),
  });
  return { editor, picture, autosave, uploads, uploading, context };
}

type SavingRules = Pick<AutosaveOptions, "isHeldBack" | "learned" | "carryOver">;

function createAutosave(
  { platform, wanted, draft, box, version, otherVersion, editsFinished }: SessionOptions,
  editor: Editor,
  notice: Signal<Notice | undefined>,
  rules: SavingRules,
): Autosave {
  return new Autosave({
    ...rules,
    platform,
    wanted,
    draft,
    answers: () => editor.answers.peek(),
    replaceAnswers: editor.replace,
    keep: box.write,
    editsFinished,
    notice: (one) => {
      notice.value = one;
    },
    opened: (workflow) => {
      if (workflow.version !== version.version) otherVersion();
    },
  });
}

/** A draft may be older than the workflow: what answers steps that are gone is left out. */
function fittingDraft(workflow: Workflow, draft: Draft): Draft {
  const known = new Set(workflow.steps.map(({ stepName }) => stepName));
  const fitting = Object.fromEntries(Object.entries(draft.answers).filter(([stepName]) => known.has(stepName)));
  return { ...draft, answers: fitting, unsaved: draft.unsaved.filter((stepName) => known.has(stepName)) };
}

function localPrice(product: Product, editor: Editor): Price {
  const selected = editor.active.value.flatMap(({ variants }) => variants);
  const optionsCost = selected.reduce((sum, { priceModifier }) => sum + priceModifier, 0);
  return { baseCost: product.basePrice, optionsCost, currency: product.currency };
}
