/** One design in the making: the editor, its saving, its fonts and what is composed from them. It knows no screen. */

import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { DesignResult } from "@spiff/protocol";
import { Autosave, type SaveNotice } from "./autosave.ts";
import {
  type Answers,
  type Composition,
  type Engine,
  type Finding,
  fontsNeeded,
  type ScenePanel,
  type Workflow,
} from "./composing.ts";
import type { Draft, DraftBox } from "./draft.ts";
import { createEditor, type Editor } from "./editor.ts";
import { type FontShelf, fontShelf } from "./fonts.ts";
import type { Assets, Price, Product, WorkflowVersion } from "./guards.ts";
import type { Platform, WantedTransaction } from "./platform.ts";
import { usedPanels } from "./scenes.ts";

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
  notice: Notice | undefined;
  /** The server bound the transaction to another version than the one that is shown. */
  otherVersion: () => void;
}

export interface Session {
  readonly product: Product;
  readonly assets: Assets;
  readonly editor: Editor;
  readonly autosave: Autosave;
  readonly fonts: FontShelf;
  readonly notice: Signal<Notice | undefined>;
  /** The last picture that could be composed; undefined until the first fonts are there. */
  readonly composition: ReadonlySignal<Composition | undefined>;
  /** The panels of the composition that are worth seeing. */
  readonly panels: ReadonlySignal<ScenePanel[]>;
  /** Everything that is wrong, as composed here or as refused by the server. */
  readonly findings: ReadonlySignal<Finding[]>;
  readonly price: ReadonlySignal<Price>;
  readonly finish: () => Promise<DesignResult>;
  readonly end: () => void;
}

/** Starts working on a design; saving begins with `autosave.flush()`. */
export function createSession(options: SessionOptions): Session {
  const { product, version, engine, box } = options;
  const notice = signal(options.notice);
  const draft = fittingDraft(version.workflow, options.draft);
  const editor = createEditor(version.workflow, draft.answers, (stepName) => autosave.changed(stepName));
  const fonts = fontShelf(version.assets, engine.addFont);
  const composition = composing(editor, fonts, engine);
  const local = computed(() => composition.value?.findings ?? []);
  const autosave = createAutosave({ ...options, draft }, editor, local, notice);
  const stopFetching = fetchFonts(editor, fonts);
  const stopListening = box.onCleared((transactionId) => autosave.cleared(transactionId));
  const end = (): void => {
    stopFetching();
    stopListening();
    autosave.stop();
  };
  return {
    product,
    assets: version.assets,
    editor,
    autosave,
    fonts,
    notice,
    composition,
    panels: computed(() => shownPanels(editor, composition.value)),
    findings: computed(() => [...local.value, ...autosave.refusals.value]),
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

function createAutosave(
  { platform, wanted, draft, stored, box, version, otherVersion }: SessionOptions,
  editor: Editor,
  findings: ReadonlySignal<readonly Finding[]>,
  notice: Signal<Notice | undefined>,
): Autosave {
  return new Autosave({
    platform,
    wanted,
    draft,
    stored,
    answers: () => editor.answers.peek(),
    replaceAnswers: editor.replace,
    keep: box.write,
    isHeldBack: (stepName) => findings.peek().some((one) => one.stepName === stepName && isRefusable(one)),
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

/** An empty mandatory step may be saved; everything else the server would refuse. */
function isRefusable({ code }: Finding): boolean {
  return code !== "mandatory-empty";
}

function composing(editor: Editor, fonts: FontShelf, engine: Engine): ReadonlySignal<Composition | undefined> {
  let last: Composition | undefined;
  return computed(() => {
    const ready = fonts.ready.value;
    // Without its font a text would vanish for a moment: the last picture stays instead.
    if (neededFonts(editor).every((asset) => ready.has(asset))) {
      last = engine.compose(editor.workflow, editor.answers.value);
    }
    return last;
  });
}

function neededFonts({ workflow, answers }: Editor): string[] {
  return [...fontsNeeded(workflow, answers.value)];
}

function fetchFonts(editor: Editor, fonts: FontShelf): () => void {
  const stop = effect(() => {
    const needed = neededFonts(editor);
    for (const asset of needed) fonts.want(asset);
    // Those that may be chosen next come after those that are seen now.
    if (needed.every((asset) => fonts.ready.value.has(asset))) wantAll(editor, fonts);
  });
  return stop;
}

function wantAll({ workflow }: Editor, fonts: FontShelf): void {
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
  const optionsCost = editor.active.value.reduce((sum, { variant }) => sum + (variant?.priceModifier ?? 0), 0);
  return { baseCost: product.basePrice, optionsCost, currency: product.currency };
}
