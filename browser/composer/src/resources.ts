/** What composing is given beside a workflow and answers (src/spiff/composing/resources.py). Knows no server. */

import type { Font } from "./fonts.ts";
import type { Picture } from "./workflow.ts";

export type Level = "ignore" | "warn" | "block";

/** What differs between two shoppers with the same workflow and answers, and between two products. */
export interface Context {
  /** The transaction's uploaded pictures, by digest. */
  pictures?: Readonly<Record<string, Picture>>;
  /** Its uploaded drawings. */
  drawings?: readonly string[];
  /** The addresses of its videos, by digest. */
  links?: Readonly<Record<string, string>>;
  overlay?: string | null;
  recipient?: Readonly<Record<string, string>>;
  profanities?: readonly string[];
  /** Tells one transaction from another. */
  seed?: number;
  /** What the product makes of a finding. */
  preflight?: Readonly<Record<string, Level>>;
}

export type FullContext = Required<Context>;

/** A context with all its defaults written out. */
export function completeContext(context: Context): FullContext {
  return { ...NOTHING, ...context };
}

const NOTHING: FullContext = {
  pictures: {},
  drawings: [],
  links: {},
  overlay: null,
  recipient: {},
  profanities: [],
  seed: 0,
  preflight: {},
};

/** An illustration reduced to paths (docs/assets.md, Illustrations); `outline` is its shape as a frame. */
export interface Drawing {
  width: number;
  height: number;
  slots: readonly { id: string; color: string }[];
  paths: readonly DrawingPath[];
  outline?: string | null;
}

/** An outline of a drawing; fill and stroke name their slots. */
export interface DrawingPath {
  d: string;
  fillSlot?: string | null;
  strokeSlot?: string | null;
  strokeWidth?: number;
}

/** Everything loaded that `needed` asks for, by digest. */
export interface Resources {
  readonly fonts: ReadonlyMap<string, Font>;
  readonly drawings: ReadonlyMap<string, Drawing>;
  readonly context: Context;
}

/** Nothing loaded: enough for workflows that need no file. */
export const NO_RESOURCES: Resources = { fonts: new Map(), drawings: new Map(), context: {} };

/** A font that was asked for. Throws ResourceMissing. */
export function fontOf({ fonts }: Resources, digest: string): Font {
  const font = fonts.get(digest);
  if (font === undefined) throw new ResourceMissing("font", digest);
  return font;
}

/** A drawing that was asked for. Throws ResourceMissing. */
export function drawingOf({ drawings }: Resources, digest: string): Drawing {
  const drawing = drawings.get(digest);
  if (drawing === undefined) throw new ResourceMissing("drawing", digest);
  return drawing;
}

/** A font or drawing is selected but was not handed over: load it first, see `needed`. */
export class ResourceMissing extends Error {
  override readonly name = "ResourceMissing";

  constructor(
    kind: string,
    readonly asset: string,
  ) {
    super(`${kind} ${asset} is selected but was not loaded`);
  }
}
