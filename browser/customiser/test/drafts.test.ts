// @vitest-environment happy-dom
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, expect, test, vi } from "vitest";
import { openDevice } from "../src/drafts/device.ts";
import type { Draft } from "../src/drafts/draft.ts";
import { type DraftBox, draftBox } from "../src/drafts/draft-box.ts";

const draft: Draft = {
  transaction: { id: "t1", ownerToken: "secret", revision: 3 },
  answers: { name: { text: "Bo" } },
  unsaved: ["name"],
  known: { answers: { name: { text: "B" } }, sent: [{ name: { text: "Bo" }, card: null }] },
};
const PLACE = { origin: "https://shop.example", integrationProduct: "p1", workflow: "w1" };
const earlier = () => localStorage;

let now = 0;

beforeEach(() => {
  vi.stubGlobal("indexedDB", new IDBFactory());
  localStorage.clear();
  vi.spyOn(Date, "now").mockImplementation(() => ++now);
});

/** A window with the draft open, as each tab is one. */
function newWindow(place: Partial<typeof PLACE> = {}): DraftBox {
  return draftBox(openDevice(), { ...PLACE, ...place }, earlier);
}

function refuse(how: string): void {
  vi.stubGlobal("indexedDB", undefined);
  if (how === "missing") return;
  const get = (): never => {
    throw new DOMException("blocked", "SecurityError");
  };
  Object.defineProperty(globalThis, "indexedDB", { get, configurable: true });
}

async function rows(): Promise<{ draft: unknown; window: string; place: string }[]> {
  const tables = await openDB("spiff");
  return tables.getAll("drafts");
}

test.each([
  "missing",
  "forbidden",
])("where storage is %s it says so, and the draft lasts as long as the page", async (how) => {
  refuse(how);
  const box = newWindow();

  expect(await box.take()).toBeUndefined();
  box.write(draft);

  expect(box.refused.value).toBe(true);
  expect(await box.take()).toEqual(draft);
  expect(await newWindow().take()).toBeUndefined();
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"answers":{"name":{"text":1}},"unsaved":[]}',
  '{"answers":{}}',
  '{"answers":{"photo":{"placement":"left"}},"unsaved":[]}',
  '{"answers":{"photo":{"placement":{"x":"0"}}},"unsaved":[]}',
  '{"answers":{"photo":{"variantIds":"pocket"}},"unsaved":[]}',
  '{"answers":{"photo":{"colors":["#000000"]}},"unsaved":[]}',
  '{"answers":{"photo":{"seed":"1"}},"unsaved":[]}',
  '{"answers":{"photo":{"upload":7}},"unsaved":[]}',
])("what is no draft is not read: %s", async (text) => {
  localStorage.setItem("spiff.draft.p1.w1", text);

  expect(await newWindow().take()).toBeUndefined();
});

test("a draft comes back as it was, for its own product, workflow and shop only", async () => {
  newWindow().write(draft);

  expect(await newWindow({ workflow: "w2" }).take()).toBeUndefined();
  expect(await newWindow({ integrationProduct: "p2" }).take()).toBeUndefined();
  expect(await newWindow({ origin: "https://hostile.example" }).take()).toBeUndefined();
  expect(await newWindow().take()).toEqual(draft);
});

test("answers of every kind are kept as they are", async () => {
  const answers = {
    photo: { upload: "a".repeat(64), placement: { x: 0.1, y: -0.2, zoom: null, rotation: 90 } },
    motif: { variantId: "bee", colors: { "spiff-fill-1": "#ffcc00" } },
    extras: { variantIds: ["pocket", "card"] },
    patch: { seed: 4_000_000_000 },
    greeting: { text: "Bo", customiseAllText: true, fillVariantId: "waves" },
    code: { url: "https://kiln.example" },
  };

  newWindow().write({ ...draft, answers });

  expect((await newWindow().take())?.answers).toEqual(answers);
});

test("a draft that an earlier version kept in localStorage is taken over, once", async () => {
  const { known: _, ...old } = draft;
  localStorage.setItem("spiff.draft.p1.w1", JSON.stringify(old));

  expect(await newWindow().take()).toEqual({ ...old, known: undefined, other: undefined });

  expect(localStorage.length).toBe(0);
  expect((await newWindow().take())?.answers).toEqual(old.answers);
});

test("where IndexedDB is refused an earlier version's draft stays where it is", async () => {
  localStorage.setItem("spiff.draft.p1.w1", JSON.stringify(draft));

  refuse("missing");

  expect((await newWindow().take())?.answers).toEqual(draft.answers);

  expect(localStorage.length).toBe(1);
});

test("two windows overwrite nothing of each other: the next has what both did not save", async () => {
  const [first, second] = [newWindow(), newWindow()];
  const saved = {
    ...draft,
    answers: { name: { text: "Bo" } },
    unsaved: [],
    known: { answers: draft.answers, sent: [] },
  };
  first.write({ ...saved, answers: { ...saved.answers, card: { text: "Hi" } }, unsaved: ["card"] });
  second.write({ ...saved, answers: { ...saved.answers, wrap: { variantId: "yes" } }, unsaved: ["wrap"] });

  const found = await newWindow().take();

  expect(found?.answers).toEqual({ name: { text: "Bo" }, card: { text: "Hi" }, wrap: { variantId: "yes" } });
  expect(new Set(found?.unsaved)).toEqual(new Set(["card", "wrap"]));
  expect(found?.other).toBeUndefined();
  expect((await rows()).length).toBe(1);
});

test("of what two windows changed differently, the newer is shown and the other is offered", async () => {
  const [first, second] = [newWindow(), newWindow()];
  first.write({ ...draft, answers: { name: { text: "From the first" } } });
  second.write({ ...draft, answers: { name: { text: "From the second" } } });

  const found = await newWindow().take();

  expect(found?.answers).toEqual({ name: { text: "From the second" } });
  expect(found?.other).toEqual({ stepNames: ["name"], answers: { name: { text: "From the first" } } });
  expect((await newWindow().take())?.other).toEqual(found?.other);
});

test("the newer of two windows is the one that was changed last, not the one that was kept last", async () => {
  const [first, second] = [newWindow(), newWindow()];
  second.write({ ...draft, answers: { name: { text: "Changed last" } }, changedAt: 2000 });
  first.write({ ...draft, answers: { name: { text: "Kept last" } }, changedAt: 1000 });

  expect((await newWindow().take())?.answers).toEqual({ name: { text: "Changed last" } });
});

test("a draft of another transaction waits until the newer one is finished", async () => {
  newWindow().write({ ...draft, answers: { name: { text: "Older" } } });
  const box = newWindow();
  box.write({ ...draft, transaction: { id: "t2", ownerToken: "secret", revision: 1 } });

  expect((await newWindow().take())?.transaction?.id).toBe("t2");
  await box.clearFinished("t2");
  await newWindow().clearFinished("t9");

  expect((await newWindow().take())?.transaction?.id).toBe("t2");
});

test("a finished draft is cleared in every window, but for what one of them did not save", async () => {
  const [box, saved, unsaved] = [newWindow(), newWindow(), newWindow()];
  unsaved.write(draft);
  saved.write({ ...draft, unsaved: [] });
  box.write(draft);

  await box.clearFinished("t1");

  expect((await rows()).length).toBe(1);
  expect((await newWindow().take())?.unsaved).toEqual(["name"]);
});

test("who starts over loses nothing that another window did not save of another design", async () => {
  newWindow().write({ ...draft, transaction: { id: "t2", ownerToken: "secret", revision: 1 } });
  newWindow().write({ ...draft, transaction: { id: "t3", ownerToken: "secret", revision: 1 }, unsaved: [] });
  const box = newWindow();
  box.write(draft);

  await box.clear();

  expect((await rows()).length).toBe(1);
  expect((await newWindow().take())?.transaction?.id).toBe("t2");
});

test("a draft that another window clears is told of with its transaction, until nobody listens", async () => {
  const heard: (string | undefined)[] = [];
  const [box, other] = [newWindow(), newWindow({ workflow: "w2" })];
  const stop = newWindow().onCleared((transactionId) => void heard.push(transactionId));
  box.write(draft);
  other.write(draft);

  await other.clear();
  await box.clear();
  await vi.waitFor(() => expect(heard).toEqual(["t1"]));
  stop();
  box.write(draft);
  await box.clear();
  await newWindow().take();

  expect(heard).toEqual(["t1"]);
  expect(await rows()).toEqual([]);
});
