/** The files a shopper added to a transaction: what is known of each, and what follows for composing. */

import { type ReadonlySignal, signal } from "@preact/signals";
import type { Context } from "./composing.ts";

/** `address` is where the kept file is, `proxy` the digest of the smaller picture that a screen shows instead. */
export interface Upload {
  sha256: string;
  kind: string;
  name: string;
  address: string;
  widthPx?: number | null;
  heightPx?: number | null;
  proxy?: string | null;
}

export interface Uploads {
  readonly all: ReadonlySignal<ReadonlyMap<string, Upload>>;
  /** Adds to what is known. */
  know: (uploads: readonly Upload[]) => void;
  /** Another transaction has other uploads: forgets all and gives back what was known. */
  forget: () => ReadonlyMap<string, Upload>;
}

/** A collection that knows these. */
export function createUploads(first: readonly Upload[]): Uploads {
  const all = signal<ReadonlyMap<string, Upload>>(byDigest(first));
  return {
    all,
    know: (uploads) => {
      all.value = new Map([...all.value, ...byDigest(uploads)]);
    },
    forget: () => {
      const known = all.value;
      all.value = new Map();
      return known;
    },
  };
}

function byDigest(uploads: readonly Upload[]): Map<string, Upload> {
  return new Map(uploads.map((upload) => [upload.sha256, upload]));
}

/** Where a picture can be seen: its proxy, or itself where it is small enough. */
export function pictureHref({ sha256, proxy, address }: Upload): string {
  return proxy ? address.replace(sha256, proxy) : address;
}

/** The file itself; undefined for a drawing, of which only outlines are kept, which could not be sent again. */
export async function fetchedAgain({ kind, address }: Upload): Promise<Blob | undefined> {
  if (kind === "drawing") return undefined;
  const response = await fetch(address, { credentials: "omit" });
  return response.ok ? response.blob() : undefined;
}

/** What composing is told, with the uploads that came since the server was asked. */
export function withUploads(context: Context, uploads: Iterable<Upload>): Context {
  const pictures = { ...context.pictures };
  const drawings = new Set(context.drawings);
  const links = { ...context.links };
  for (const { sha256, kind, widthPx, heightPx, address } of uploads) {
    if (kind === "picture" && widthPx && heightPx) pictures[sha256] = { widthPx, heightPx };
    if (kind === "drawing") drawings.add(sha256);
    if (kind === "video") links[sha256] = address;
  }
  return { ...context, pictures, drawings: [...drawings], links };
}
