/**
 * Where a draft is kept on this device. Each window writes what it has under its own name, so that none overwrites
 * another's; the window that opens the draft next takes all of it over. It uses no cookies.
 */

import type { ReadonlySignal } from "@preact/signals";
import { isRecord } from "@spiff/protocol";
import { combined } from "./combining.ts";
import type { Device, KeptDraft, Work } from "./device.ts";
import { type Draft, readDraft } from "./draft.ts";
import { type EarlierStorage, earlierDraft, forgetEarlierDraft } from "./earlier.ts";
import { newId } from "./ids.ts";

export interface DraftBox {
  /** The draft's name on this device. */
  readonly place: string;
  /** Whether the browser keeps nothing: the draft lasts as long as this page. */
  readonly refused: ReadonlySignal<boolean>;
  /** What this device has of the draft, from whatever windows. From now on this window has it. */
  take: () => Promise<Draft | undefined>;
  write: (draft: Draft) => void;
  /** Clears this draft; what another window has not saved of another transaction stays, for nobody has seen it here. */
  clear: () => Promise<void>;
  /** Clears what belongs to a finished transaction; what another window has not saved of it stays. */
  clearFinished: (transactionId: string) => Promise<void>;
  /** Calls when another window clears the draft, with the transaction it had; the result stops it. */
  onCleared: (callback: (transactionId: string | undefined) => void) => () => void;
}

/** Says of what a draft is: the shop's page (its origin), and its product and workflow there. */
export interface DraftPlace {
  origin: string;
  integrationProduct: string;
  workflow: string;
}

const CHANNEL = "spiff.drafts";

/** A box in this window. Drafts of one shop's pages are not opened by another's, whatever they ask for. */
export function draftBox(device: Device, named: DraftPlace, earlier: () => EarlierStorage): DraftBox {
  const place = JSON.stringify([named.origin, named.integrationProduct, named.workflow]);
  const window = newId();
  let last: Draft | undefined;
  const put = (work: Work<"drafts", "readwrite">, draft: Draft): void => {
    void work.store.put({ place, window, at: Date.now(), draft });
  };
  const remove = async (isMeant: (kept: KeptDraft) => boolean): Promise<void> => {
    await device.write("drafts", async ({ store }) => {
      const meant = (await store.getAll(everyWindow(place))).filter(isMeant);
      await Promise.all(meant.map((kept) => store.delete([place, kept.window])));
    });
  };
  return {
    place,
    refused: device.refused,
    take: async () => {
      const before = earlierDraft(earlier, named);
      const kept = await device.write("drafts", async (work) => {
        const found = combined([...before, ...(await work.store.getAll(everyWindow(place)))]);
        last = found?.draft;
        for (const name of found?.windows ?? []) void work.store.delete([place, name]);
        if (last) put(work, last);
      });
      if (kept) forgetEarlierDraft(earlier, named);
      else last ??= combined(before)?.draft;
      return last;
    },
    write: (draft) => {
      last = draft;
      void device.write("drafts", (work) => {
        put(work, draft);
        work.commit();
      });
    },
    clear: async () => {
      const transactionId = last?.transaction?.id;
      last = undefined;
      await remove((kept) => {
        const draft = readDraft(kept.draft);
        return !draft || draft.transaction?.id === transactionId || draft.unsaved.length === 0;
      });
      tellOthers(place, transactionId);
    },
    clearFinished: async (transactionId) => {
      last = undefined;
      await remove((kept) => {
        const draft = readDraft(kept.draft);
        return kept.window === window || (draft?.transaction?.id === transactionId && draft.unsaved.length === 0);
      });
      tellOthers(place, transactionId);
    },
    onCleared: (callback) => hearOthers(place, callback),
  };
}

function everyWindow(place: string): IDBKeyRange {
  return IDBKeyRange.bound([place], [place, []]);
}

/** All windows of this origin hear it; this one has stopped listening by then. */
function tellOthers(place: string, transactionId: string | undefined): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ place, transactionId });
  channel.close();
}

function hearOthers(place: string, callback: (transactionId: string | undefined) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!isRecord(data) || data.place !== place) return;
    callback(typeof data.transactionId === "string" ? data.transactionId : undefined);
  };
  return () => channel.close();
}
