/** Drafts as earlier versions kept them, in `localStorage`: they are taken over and then gone from there. */

import type { KeptDraft } from "./device.ts";

export type EarlierStorage = Pick<Storage, "getItem" | "removeItem">;

interface Named {
  integrationProduct: string;
  workflow: string;
}

/** The draft of an earlier version, older than all others; none where there is none. */
export function earlierDraft(open: () => EarlierStorage, named: Named): KeptDraft[] {
  const draft = earlierValue(open, keyOf(named));
  return draft === undefined ? [] : [{ place: "", window: "", at: 0, draft }];
}

/** To be called once it is kept elsewhere. */
export function forgetEarlierDraft(open: () => EarlierStorage, named: Named): void {
  forgetEarlier(open, keyOf(named));
}

/** What was kept there as JSON; undefined where it is not, or where the browser refuses. */
export function earlierValue(open: () => EarlierStorage, key: string): unknown {
  try {
    return JSON.parse(open().getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** Removes it. */
export function forgetEarlier(open: () => EarlierStorage, key: string): void {
  try {
    open().removeItem(key);
  } catch {
    // Where the browser refuses there is nothing to forget.
  }
}

function keyOf({ integrationProduct, workflow }: Named): string {
  return `spiff.draft.${integrationProduct}.${workflow}`;
}
