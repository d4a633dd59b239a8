/**
 * Designs that were finished on this device and what lets this browser change them: the page of a shop names one, and
 * never learns its token. Storage may be refused; then a resume link is the way back.
 */

import { isRecord } from "@spiff/protocol";
import type { Device } from "./device.ts";
import { type EarlierStorage, earlierValue, forgetEarlier } from "./earlier.ts";

export interface Finished {
  transactionId: string;
  ownerToken: string;
  integrationProductId: string;
  workflowId: string;
  /** Of the shop's page where it was finished, which alone may ask for it; absent in what earlier versions kept. */
  origin?: string | undefined;
}

const EARLIER_KEY = "spiff.finished";
/** The newest stay; a shopper with more in the cart uses a resume link for the oldest. */
const MOST = 50;

/** Keeps a finished design, each once. */
export async function rememberFinished(device: Device, design: Finished): Promise<void> {
  await device.write("finished", async ({ store }) => {
    await store.put({ ...design, at: Date.now() });
    const all = (await store.getAll()).sort((one, other) => other.at - one.at);
    await Promise.all(all.slice(MOST).map(({ transactionId }) => store.delete(transactionId)));
  });
}

/** The design that was finished here under this id, on pages of that origin. */
export async function findFinished(
  device: Device,
  earlier: () => EarlierStorage,
  transactionId: string,
  origin: string,
): Promise<Finished | undefined> {
  await takeOverEarlier(device, earlier);
  const found = await device.read("finished", ({ store }) => store.get(transactionId));
  return isFinished(found) && (found.origin ?? origin) === origin ? found : undefined;
}

async function takeOverEarlier(device: Device, earlier: () => EarlierStorage): Promise<void> {
  const found = earlierValue(earlier, EARLIER_KEY);
  if (!Array.isArray(found)) return;
  const designs = found.filter(isFinished);
  const taken = await device.write("finished", ({ store }) =>
    Promise.all(designs.map((design, place) => store.put({ ...design, at: -place }))),
  );
  if (taken) forgetEarlier(earlier, EARLIER_KEY);
}

function isFinished(value: unknown): value is Finished {
  const members = ["transactionId", "ownerToken", "integrationProductId", "workflowId"] as const;
  return isRecord(value) && members.every((name) => typeof value[name] === "string");
}
