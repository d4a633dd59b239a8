/** Fetches files once, and again until they come. It knows neither fonts nor drawings: `take` does. */

import { type ReadonlySignal, signal } from "@preact/signals";

const RETRY_MS = 3000;

export interface Shelf {
  /** The assets that are ready for composing. */
  readonly ready: ReadonlySignal<ReadonlySet<string>>;
  /** Fetches a file unless it is there or on its way; does nothing for one whose address is not known yet. */
  want: (asset: string) => void;
}

export type Take = (asset: string, bytes: Uint8Array<ArrayBuffer>) => void;

/** `take` receives each file's bytes once, before it counts as ready. */
export function createShelf(hrefOf: (asset: string) => string | undefined, take: Take): Shelf {
  const ready = signal<ReadonlySet<string>>(new Set());
  const wanted = new Set<string>();
  const bring = async (asset: string, href: string): Promise<void> => {
    try {
      take(asset, await fetchBytes(href));
      ready.value = new Set([...ready.value, asset]);
    } catch {
      setTimeout(() => void bring(asset, href), RETRY_MS);
    }
  };
  return {
    ready,
    want: (asset) => {
      const href = hrefOf(asset);
      if (!href || wanted.has(asset)) return;
      wanted.add(asset);
      void bring(asset, href);
    },
  };
}

async function fetchBytes(href: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(href, { credentials: "omit" });
  if (!response.ok) throw new Error(`the file answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
