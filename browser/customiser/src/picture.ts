/** What is seen of a design: the files it is made of, and what is composed from them. It knows no screen. */

import { computed, effect, type ReadonlySignal } from "@preact/signals";
import {
  type ActiveStep,
  assetsNeeded,
  type Composition,
  type Context,
  type Drawing,
  type Engine,
  type ScenePanel,
} from "./composing.ts";
import type { Editor } from "./editor.ts";
import { type Assets, isDrawing } from "./guards.ts";
import { showInPage } from "./page-fonts.ts";
import { createShelf, type Shelf } from "./shelf.ts";

export interface PictureOptions {
  editor: Editor;
  context: ReadonlySignal<Context>;
  engine: Engine;
  /** The workflow's files. */
  assets: Assets;
  /** Where a file can be seen that the workflow does not name. */
  elsewhere: (asset: string) => string | undefined;
}

/** The files of a design: of its workflow, and those that were uploaded. */
export interface Files {
  /** Where a picture can be seen; undefined for one that is not known. */
  readonly href: (asset: string) => string | undefined;
  /** What the workflow says a file is: `picture`, `drawing`, `font` … */
  readonly kind: (asset: string) => string | undefined;
  /** Fetches a drawing that is not needed for composing yet. */
  readonly wantDrawing: (asset: string) => void;
  /** The characters of a step's text that a font lacks; none as long as the font is on its way. */
  readonly missing: (font: string, active: ActiveStep) => string;
  /** A drawing; undefined as long as it is on its way. */
  readonly drawing: (asset: string) => Drawing | undefined;
}

export interface Picture {
  readonly files: Files;
  /** The last picture that could be composed; undefined until the first fonts are there. */
  readonly composition: ReadonlySignal<Composition | undefined>;
  /** The panels of the composition; none before there is one. */
  readonly panels: ReadonlySignal<readonly ScenePanel[]>;
  /** Fetches nothing from now on. */
  readonly stop: () => void;
}

interface Shelves {
  fonts: Shelf;
  drawings: Shelf;
}

/** Composes after every change, and fetches what that needs. */
export function createPicture(options: PictureOptions): Picture {
  const { engine, assets, elsewhere } = options;
  const href = (asset: string): string | undefined => assets[asset]?.href ?? elsewhere(asset);
  const shelves = createShelves(engine, href);
  const composition = composing(options, shelves);
  return {
    composition,
    files: {
      href,
      kind: (asset) => assets[asset]?.kind,
      wantDrawing: shelves.drawings.want,
      missing: (font, active) => (shelves.fonts.ready.value.has(font) ? engine.missing(font, active) : ""),
      drawing: (asset) => (shelves.drawings.ready.value.has(asset) ? engine.drawing(asset) : undefined),
    },
    panels: computed(() => composition.value?.scene.panels ?? []),
    stop: fetchAssets(options, shelves),
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

function composing({ editor, context, engine }: PictureOptions, shelves: Shelves) {
  let last: Composition | undefined;
  return computed(() => {
    const [answers, surroundings] = [editor.answers.value, context.value];
    const needed = assetsNeeded(editor.workflow, answers, surroundings);
    // Without its font a text would vanish for a moment: the last picture stays instead.
    if (hasAll(shelves, needed)) last = engine.compose(editor.workflow, answers, surroundings);
    return last;
  });
}

type Wanted = ReturnType<typeof assetsNeeded>;

function hasAll(shelves: Shelves, wanted: Wanted): boolean {
  const isThere = ({ ready }: Shelf, assets: ReadonlySet<string>): boolean =>
    [...assets].every((asset) => ready.value.has(asset));
  return isThere(shelves.fonts, wanted.fonts) && isThere(shelves.drawings, wanted.drawings);
}

function fetchAssets({ editor, context }: PictureOptions, shelves: Shelves): () => void {
  return effect(() => {
    const needed = assetsNeeded(editor.workflow, editor.answers.value, context.value);
    for (const asset of needed.fonts) shelves.fonts.want(asset);
    for (const asset of needed.drawings) shelves.drawings.want(asset);
    // Those that may be chosen next come after those that are seen now.
    if (hasAll(shelves, needed)) wantAllFonts(editor, shelves.fonts);
  });
}

function wantAllFonts({ workflow }: Editor, fonts: Shelf): void {
  for (const option of workflow.options) {
    if (option.type !== "Font") continue;
    for (const { asset } of option.variants) if (asset) fonts.want(asset);
  }
}
