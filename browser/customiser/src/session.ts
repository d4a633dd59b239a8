/** One design in the making: editor, saving, uploads, files and what is composed from them. It knows no screen. */

import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import { Autosave, type AutosaveOptions, type SaveNotice } from "./autosave.ts";
import {
  type Answers,
  assetsNeeded,
  type Composition,
  type Context,
  type Drawing,
  type Engine,
  isRefusable,
  type JudgedFinding,
  judged,
  type ScenePanel,
  type Workflow,
} from "./composing.ts";
import type { Draft, DraftBox } from "./draft.ts";
import { createEditor, type Editor } from "./editor.ts";
import { isDrawing, type Price, type Product, type WorkflowVersion } from "./guards.ts";
import { showInPage } from "./page-fonts.ts";
import type { Platform, TransactionNews, WantedTransaction } from "./platform.ts";
import { usedPanels } from "./scenes.ts";
import { createShelf, type Shelf } from "./shelf.ts";
import { Uploading } from "./uploading.ts";
import { createUploads, pictureHref, type Uploads, withUploads } from "./uploads.ts";

export type Notice = SaveNotice | "kept-design";

export interface SessionOptions {
  platform: Platform;
  product: Product;
  version: WorkflowVersion;
  wanted: WantedTransaction;
  engine: Engine;
  box: DraftBox;
  draft: Draft;
  /** What the server holds of the draft's transaction. */
  stored: Answers;
  news: TransactionNews;
  notice: Notice | undefined;
  /** The server bound the transaction to another version than the one that is shown. */
  otherVersion: () => void;
}

export interface Session {
  readonly product: Product;
  readonly editor: Editor;
  readonly autosave: Autosave;
  readonly uploads: Uploads;
  readonly uploading: Uploading;
  readonly files: Files;
  readonly notice: Signal<Notice | undefined>;
  /** The last picture that could be composed; undefined until the first fonts are there. */
  readonly composition: ReadonlySignal<Composition | undefined>;
  /** The panels of the composition that are worth seeing. */
  readonly panels: ReadonlySignal<ScenePanel[]>;
  /** Everything that is wrong, as composed here or as refused by the server, but for what the product ignores. */
  readonly findings: ReadonlySignal<JudgedFinding[]>;
  readonly price: ReadonlySignal<Price>;
  readonly finish: () => Promise<DesignResult>;
  readonly end: () => void;
}

/** The files of a design: of its workflow, and those that were uploaded. */
export interface Files {
  /** Where a picture can be seen; undefined for one that is not known. */
  readonly href: (asset: string) => string | undefined;
  /** What the workflow says a file is: `picture`, `drawing`, `font` … */
  readonly kind: (asset: string) => string | undefined;
  /** Fetches a drawing that is not needed for composing yet. */
  readonly wantDrawing: (asset: string) => void;
  /** A drawing; undefined as long as it is on its way. */
  readonly drawing: (asset: string) => Drawing | undefined;
}

interface Shelves {
  fonts: Shelf;
  drawings: Shelf;
}

/** Starts working on a design; saving begins with `autosave.flush()`. */
export function createSession(options: SessionOptions): Session {
  const { platform, product, version, engine, box } = options;
  const notice = signal(options.notice);
  const told = signal(options.news);
  const uploads = createUploads(options.news.uploads ?? []);
  const context = computed(() => withUploads(told.value.context ?? {}, uploads.all.value.values()));
  const draft = fittingDraft(version.workflow, options.draft);
  const editor = createEditor(version.workflow, draft.answers, (stepName) => autosave.changed(stepName), { context });
  const href = hrefIn(version, uploads, told);
  const shelves = createShelves(engine, href);
  const composition = composing(editor, context, shelves, engine);
  const local = computed(() => composition.value?.findings ?? []);
  const learned = (news: TransactionNews): void => {
    told.value = news;
    uploads.know(news.uploads ?? []);
  };
  const uploading = new Uploading({
    platform,
    uploads,
    transaction: () => autosave.owned(),
    arrived: (stepName, { sha256 }) =>
      editor.change(stepName, { upload: sha256, placement: undefined, url: undefined }),
  });
  const autosave = createAutosave({ ...options, draft }, editor, notice, {
    learned,
    isHeldBack: (stepName) => local.peek().some((one) => one.stepName === stepName && isRefusable(one)),
    carryOver: (transaction) => uploading.carryOver(transaction, editor.answers.peek()),
  });
  const stopFetching = fetchAssets(editor, context, shelves);
  const stopListening = box.onCleared((transactionId) => autosave.cleared(transactionId));
  const end = (): void => {
    stopFetching();
    stopListening();
    uploading.stop();
    autosave.stop();
  };
  return {
    product,
    editor,
    autosave,
    uploads,
    uploading,
    files: {
      href,
      kind: (asset) => version.assets[asset]?.kind,
      wantDrawing: shelves.drawings.want,
      drawing: (asset) => (shelves.drawings.ready.value.has(asset) ? engine.drawing(asset) : undefined),
    },
    notice,
    composition,
    panels: computed(() => shownPanels(editor, composition.value)),
    findings: computed(() => judged([...local.value, ...autosave.refusals.value], context.value)),
    price: computed(() => autosave.price.value ?? localPrice(product, editor)),
    finish: async () => {
      const result = await autosave.finish(composition.value && (await engine.digest(composition.value.scene)));
      box.clearFinished(result.transactionId);
      end();
      return result;
    },
    end,
  };
}

type SavingRules = Pick<AutosaveOptions, "isHeldBack" | "learned" | "carryOver">;

function createAutosave(
  { platform, wanted, draft, stored, box, version, otherVersion }: SessionOptions,
  editor: Editor,
  notice: Signal<Notice | undefined>,
  rules: SavingRules,
): Autosave {
  return new Autosave({
    ...rules,
    platform,
    wanted,
    draft,
    stored,
    answers: () => editor.answers.peek(),
    replaceAnswers: editor.replace,
    keep: box.write,
    notice: (one) => {
      notice.value = one;
    },
    opened: (workflow) => {
      if (workflow.version !== version.version) otherVersion();
    },
  });
}

/** A draft may be older than the workflow: what answers steps that are gone is left out. */
function fittingDraft(workflow: Workflow, { transaction, answers, unsaved }: Draft): Draft {
  const known = new Set(workflow.steps.map(({ stepName }) => stepName));
  const fitting = Object.fromEntries(Object.entries(answers).filter(([stepName]) => known.has(stepName)));
  return { transaction, answers: fitting, unsaved: unsaved.filter((stepName) => known.has(stepName)) };
}

function hrefIn({ assets }: WorkflowVersion, uploads: Uploads, told: ReadonlySignal<TransactionNews>): Files["href"] {
  return (asset) => {
    const upload = uploads.all.value.get(asset);
    return assets[asset]?.href ?? (upload ? pictureHref(upload) : told.value.files?.[asset]);
  };
}

function createShelves(engine: Engine, href: Files["href"]): Shelves {
  return {
    fonts: createShelf(href, (asset, bytes) => {
      engine.addFont(asset, bytes);
      showInPage(asset, bytes);
    }),
    drawings: createShelf(href, (asset, bytes) => engine.addDrawing(asset, readDrawing(bytes))),
  };
}

function readDrawing(bytes: Uint8Array): Drawing {
  const found: unknown = JSON.parse(new TextDecoder().decode(bytes));
  if (!isDrawing(found)) throw new Error("this is no drawing");
  return found;
}

function composing(
  editor: Editor,
  context: ReadonlySignal<Context>,
  { fonts, drawings }: Shelves,
  engine: Engine,
): ReadonlySignal<Composition | undefined> {
  let last: Composition | undefined;
  return computed(() => {
    const needed = assetsNeeded(editor.workflow, editor.answers.value, context.value);
    // Without its font a text would vanish for a moment: the last picture stays instead.
    if (hasAll(fonts, needed.fonts) && hasAll(drawings, needed.drawings)) {
      last = engine.compose(editor.workflow, editor.answers.value, context.value);
    }
    return last;
  });
}

function hasAll({ ready }: Shelf, wanted: ReadonlySet<string>): boolean {
  return [...wanted].every((asset) => ready.value.has(asset));
}

function fetchAssets(editor: Editor, context: ReadonlySignal<Context>, { fonts, drawings }: Shelves): () => void {
  return effect(() => {
    const needed = assetsNeeded(editor.workflow, editor.answers.value, context.value);
    for (const asset of needed.fonts) fonts.want(asset);
    for (const asset of needed.drawings) drawings.want(asset);
    // Those that may be chosen next come after those that are seen now.
    if (hasAll(fonts, needed.fonts) && hasAll(drawings, needed.drawings)) wantAllFonts(editor, fonts);
  });
}

function wantAllFonts({ workflow }: Editor, fonts: Shelf): void {
  for (const option of workflow.options) {
    if (option.type !== "Font") continue;
    for (const { asset } of option.variants) if (asset) fonts.want(asset);
  }
}

function shownPanels({ workflow, active }: Editor, composition: Composition | undefined): ScenePanel[] {
  const used = usedPanels(workflow, active.value);
  return composition?.scene.panels.filter(({ name }) => used.includes(name)) ?? [];
}

function localPrice(product: Product, editor: Editor): Price {
  const selected = editor.active.value.flatMap(({ variants }) => variants);
  const optionsCost = selected.reduce((sum, { priceModifier }) => sum + priceModifier, 0);
  return { baseCost: product.basePrice, optionsCost, currency: product.currency };
}
