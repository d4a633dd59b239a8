// @vitest-environment happy-dom
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, expect, test, vi } from "vitest";
import { type Device, openDevice } from "../src/drafts/device.ts";
import { findFinished, rememberFinished } from "../src/drafts/finished.ts";

const SHOP = "https://shop.example";
const earlier = () => localStorage;
const design = (transactionId: string) => ({
  transactionId,
  ownerToken: `token of ${transactionId}`,
  integrationProductId: "p1",
  workflowId: "w1",
  origin: SHOP,
});

let device: Device;
let now = 0;

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  device = openDevice();
  localStorage.clear();
  vi.spyOn(Date, "now").mockImplementation(() => ++now);
});

test("what was not finished here is not found, and neither is another shop's", async () => {
  await rememberFinished(device, design("t1"));

  expect(await findFinished(device, earlier, "t2", SHOP)).toBeUndefined();
  expect(await findFinished(device, earlier, "t1", "https://hostile.example")).toBeUndefined();
});

test("storage that is refused keeps nothing and breaks nothing", async () => {
  vi.stubGlobal("indexedDB", undefined);
  const refused = openDevice();
  await rememberFinished(refused, design("t1"));

  expect(await findFinished(refused, earlier, "t1", SHOP)).toBeUndefined();
});

test("a finished design is found by its transaction, each once", async () => {
  await rememberFinished(device, design("t1"));
  await rememberFinished(device, design("t2"));
  await rememberFinished(device, { ...design("t1"), workflowId: "w2" });

  expect((await findFinished(device, earlier, "t1", SHOP))?.workflowId).toBe("w2");
  expect(await findFinished(device, earlier, "t2", SHOP)).toMatchObject(design("t2"));
});

test("the newest fifty are kept", async () => {
  for (let number = 0; number < 52; number += 1) await rememberFinished(device, design(`t${number}`));

  expect(await findFinished(device, earlier, "t1", SHOP)).toBeUndefined();
  expect((await findFinished(device, earlier, "t51", SHOP))?.ownerToken).toBe("token of t51");
});

test("what an earlier version kept in localStorage is taken over, and what is spoiled is left out", async () => {
  const { origin: _, ...old } = design("t1");
  localStorage.setItem("spiff.finished", JSON.stringify([old, { transactionId: "t2" }, 7, null]));

  expect((await findFinished(device, earlier, "t1", SHOP))?.ownerToken).toBe("token of t1");
  expect(await findFinished(device, earlier, "t2", SHOP)).toBeUndefined();
  expect(localStorage.length).toBe(0);
});
