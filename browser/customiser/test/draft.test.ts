// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { type Draft, draftBox, type Storage } from "../src/draft.ts";

const draft: Draft = {
  transaction: { id: "t1", ownerToken: "secret", revision: 3 },
  answers: { name: { text: "Bo" } },
  unsaved: ["name"],
};

function memory(): Storage & { entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return {
    entries,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  };
}

test("where storage is blocked nothing is kept and nothing breaks", () => {
  const blocked = draftBox(
    () => {
      throw new DOMException("blocked", "SecurityError");
    },
    "p1",
    "w1",
  );

  blocked.write(draft);
  blocked.clear();

  expect(blocked.read()).toBeUndefined();
});

test("a full storage does not stop the shopper", () => {
  const full = memory();
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };

  expect(() => draftBox(() => full, "p1", "w1").write(draft)).not.toThrow();
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"answers":{"name":{"text":1}},"unsaved":[]}',
  '{"answers":{}}',
])("what is no draft is not read: %s", (text) => {
  const storage = memory();
  draftBox(() => storage, "p1", "w1").write(draft);
  const [key = ""] = storage.entries.keys();
  storage.setItem(key, text);

  expect(draftBox(() => storage, "p1", "w1").read()).toBeUndefined();
});

test("a draft comes back as it was, for its own product and workflow only", () => {
  const storage = memory();

  draftBox(() => storage, "p1", "w1").write(draft);

  expect(draftBox(() => storage, "p1", "w1").read()).toEqual(draft);
  expect(draftBox(() => storage, "p1", "w2").read()).toBeUndefined();
  expect(draftBox(() => storage, "p2", "w1").read()).toBeUndefined();
});

test("a draft from before its transaction was opened keeps its answers", () => {
  const storage = memory();
  const early = { ...draft, transaction: undefined };

  draftBox(() => storage, "p1", "w1").write(early);

  expect(draftBox(() => storage, "p1", "w1").read()).toEqual(early);
});

test("a finished draft is cleared, another window's newer one is not", () => {
  const storage = memory();
  const box = draftBox(() => storage, "p1", "w1");
  box.write(draft);

  box.clearFinished("t2");
  expect(box.read()).toEqual(draft);
  box.clearFinished("t1");

  expect(box.read()).toBeUndefined();
});

test("a draft that another window clears is told of with its transaction, until nobody listens", () => {
  const heard: (string | undefined)[] = [];
  const storage = memory();
  const box = draftBox(() => storage, "p1", "w1");
  box.write(draft);
  const [[key = "", oldValue = ""] = []] = storage.entries;
  const stop = box.onCleared((transactionId) => void heard.push(transactionId));

  dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue: oldValue }));
  dispatchEvent(new StorageEvent("storage", { key: "another", oldValue, newValue: null }));
  dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue: null }));
  stop();
  dispatchEvent(new StorageEvent("storage", { key, oldValue, newValue: null }));

  expect(heard).toEqual(["t1"]);
});

test("answers of every kind are kept as they are", () => {
  const answers = {
    photo: { upload: "a".repeat(64), placement: { x: 0.1, y: -0.2, zoom: null, rotation: 90 } },
    motif: { variantId: "bee", colors: { "spiff-fill-1": "#ffcc00" } },
    extras: { variantIds: ["pocket", "card"] },
    patch: { seed: 4_000_000_000 },
    greeting: { text: "Bo", customiseAllText: true, fillVariantId: "waves" },
    code: { url: "https://kiln.example" },
  };
  const kept = memory();
  const box = draftBox(() => kept, "p1", "w1");

  box.write({ ...draft, answers });

  expect(box.read()?.answers).toEqual(answers);
});

test.each([
  { placement: "left" },
  { placement: { x: "0" } },
  { variantIds: "pocket" },
  { colors: ["#000000"] },
  { seed: "1" },
  { upload: 7 },
])("a draft with an answer that no step gives is not read: %j", (answer) => {
  const kept = memory();
  const box = draftBox(() => kept, "p1", "w1");
  box.write(draft);
  const [[key = ""] = []] = kept.entries;

  kept.setItem(key, JSON.stringify({ ...draft, answers: { photo: answer } }));

  expect(box.read()).toBeUndefined();
});
