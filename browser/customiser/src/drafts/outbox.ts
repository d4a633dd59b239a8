/** Files a shopper chose that were not sent yet: kept on this device, so that a closed page loses none. Sends nothing. */

import type { Device, KeptFile } from "./device.ts";

export interface Outbox {
  /** The files of the draft, the oldest first. */
  list: () => Promise<KeptFile[]>;
  /** Keeps a file for a step, in place of an earlier one. False where the browser refuses, or has no room. */
  keep: (id: string, stepName: string, file: File) => Promise<boolean>;
  has: (id: string) => Promise<boolean>;
  drop: (id: string) => Promise<void>;
  /** Gives up what is kept for a step. */
  giveUp: (stepName: string) => Promise<void>;
  clear: () => Promise<void>;
}

/** `place` names the draft. */
export function openOutbox(device: Device, place: string): Outbox {
  const list = async (): Promise<KeptFile[]> => {
    const found = await device.read("files", ({ store }) => store.index("place").getAll(place));
    return (found ?? []).sort((one, other) => one.at - other.at);
  };
  const remove = async (isMeant: (kept: KeptFile) => boolean): Promise<void> => {
    await device.write("files", async ({ store }) => {
      const meant = (await store.index("place").getAll(place)).filter(isMeant);
      await Promise.all(meant.map(({ id }) => store.delete(id)));
    });
  };
  return {
    list,
    keep: (id, stepName, file) =>
      // One transaction: a file that is given up meanwhile does not come back.
      device.write("files", async ({ store }) => {
        const earlier = (await store.index("place").getAll(place)).filter((kept) => kept.stepName === stepName);
        await Promise.all(earlier.map((kept) => store.delete(kept.id)));
        await store.put({ id, place, stepName, name: file.name, file, at: Date.now() });
      }),
    has: async (id) => (await device.read("files", ({ store }) => store.getKey(id))) !== undefined,
    drop: async (id) => {
      await device.write("files", ({ store }) => store.delete(id));
    },
    giveUp: (stepName) => remove((kept) => kept.stepName === stepName),
    clear: () => remove(() => true),
  };
}
