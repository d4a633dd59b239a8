/** Fetches fonts once: for the composer, which draws with them, and for the page, which shows the choice in them. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Assets } from "./guards.ts";

const RETRY_MS = 3000;

export interface FontShelf {
  /** The assets that are ready for composing. */
  readonly ready: ReadonlySignal<ReadonlySet<string>>;
  /** Fetches a font unless it is there or on its way; tries again until it comes. */
  want: (asset: string) => void;
}

/** `take` receives each font's bytes once, before it counts as ready. */
export function fontShelf(assets: Assets, take: (asset: string, bytes: Uint8Array<ArrayBuffer>) => void): FontShelf {
  const ready = signal<ReadonlySet<string>>(new Set());
  const wanted = new Set<string>();
  const bring = async (asset: string, href: string): Promise<void> => {
    try {
      const bytes = await fetchBytes(href);
      take(asset, bytes);
      showInPage(asset, bytes);
      ready.value = new Set([...ready.value, asset]);
    } catch {
      setTimeout(() => void bring(asset, href), RETRY_MS);
    }
  };
  return {
    ready,
    want: (asset) => {
      const href = assets[asset]?.href;
      if (!href || wanted.has(asset)) return;
      wanted.add(asset);
      void bring(asset, href);
    },
  };
}

/** The CSS family under which the page knows a font. */
export function fontFamily(asset: string): string {
  return `spiff-${asset.slice(0, 16)}`;
}

async function fetchBytes(href: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(href, { credentials: "omit" });
  if (!response.ok) throw new Error(`the font answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function showInPage(asset: string, bytes: Uint8Array<ArrayBuffer>): void {
  // The card then falls back to the page's own font; composing is not concerned.
  new FontFace(fontFamily(asset), bytes).load().then(
    (face) => document.fonts.add(face),
    () => undefined,
  );
}
