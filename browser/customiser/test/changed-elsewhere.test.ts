import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answers } from "../src/composing.ts";
import { opened, working } from "./autosaving.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two windows over one draft, as a second tab on the same product finds it. */
async function twoWindows(answers: Answers = {}) {
  const first = working({ answers });
  await first.autosave.flush();
  await first.autosave.flush();
  const draft = first.kept.at(-1) ?? { answers };
  return { first, second: working(draft, first.platform), platform: first.platform };
}

test("another window's revision is loaded, never overwritten, and the unsaved answer goes on top", async () => {
  const { platform, write, autosave, notices, answers } = await opened();
  platform.last.revision = 7;
  platform.last.answers = { name: { text: "Theirs" }, wrap: { variantId: "yes" } };

  write("name", "Mine");
  await vi.advanceTimersByTimeAsync(500);
  await autosave.flush();

  expect(platform.last.answers).toEqual({ name: { text: "Mine" }, wrap: { variantId: "yes" } });
  expect(answers()).toEqual({ name: { text: "Mine" }, wrap: { variantId: "yes" } });
  expect(notices).toEqual(["changed-elsewhere"]);
});

test("a saved answer whose confirmation was lost is not called somebody else's change", async () => {
  const { platform, write, autosave, notices } = await opened();
  let lost = false;
  platform.before = ({ method }) => {
    if (method !== "PATCH" || lost) return undefined;
    lost = true;
    platform.last.revision += 1;
    platform.last.answers = { name: { text: "Bo" } };
    return Promise.reject(new TypeError("connection lost"));
  };

  write("name", "Bo");
  await vi.advanceTimersByTimeAsync(3000);

  expect(autosave.state.value).toBe("saved");
  expect(notices).toEqual([]);
});

test("two windows over one draft: what the other has finished is left alone, and each finish gives its own design", async () => {
  const { first, second, platform } = await twoWindows({ name: { text: "Both" } });
  first.write("name", "Anna");
  const one = await first.autosave.finish({});

  second.write("name", "Bert");
  const other = await second.autosave.finish({});

  expect([one.transactionId, other.transactionId]).toEqual(["t1", "t2"]);
  expect(platform.transactions.get("t1")).toMatchObject({ status: "completed", answers: { name: { text: "Anna" } } });
  expect(platform.transactions.get("t2")).toMatchObject({ status: "completed", answers: { name: { text: "Bert" } } });
  expect(second.notices).toEqual(["started-anew"]);
});

test.each(["before", "after"])("two windows finish the same unchanged draft, the second %s the first", async (when) => {
  const { first, second } = await twoWindows({ name: { text: "Both" } });
  const [early, late] = when === "before" ? [second, first] : [first, second];

  const one = await early.autosave.finish({});
  const other = await late.autosave.finish({});

  expect(new Set([one.transactionId, other.transactionId])).toEqual(new Set(["t1", "t2"]));
  expect(late.answers()).toEqual({ name: { text: "Both" } });
});

test("two windows finish at the same moment and never get the same design", async () => {
  const { first, second } = await twoWindows({ name: { text: "Both" } });
  const persistent = async ({ autosave }: typeof first): Promise<string> => {
    const result = await autosave.finish({}).catch(() => undefined);
    return result?.transactionId ?? persistent({ ...first, autosave });
  };

  const ids = await Promise.all([persistent(first), persistent(second)]);

  expect(new Set(ids).size).toBe(2);
});

test("a draft that another window cleared goes on in a transaction of its own, also while saving", async () => {
  const { first, second, platform } = await twoWindows();
  let release = (): void => undefined;
  platform.before = async ({ method }) => {
    if (method === "PATCH") await new Promise<void>((resolve) => (release = resolve));
    return undefined;
  };
  second.write("name", "Bert");
  await vi.advanceTimersByTimeAsync(500);

  second.autosave.cleared("t1");
  platform.before = () => undefined;
  release();
  await vi.advanceTimersByTimeAsync(1000);

  expect(first.kept.at(-1)?.transaction?.id).toBe("t1");
  expect(second.kept.at(-1)).toMatchObject({ transaction: { id: "t2" }, unsaved: [] });
  expect(platform.transactions.get("t2")?.answers).toEqual({ name: { text: "Bert" } });
  expect(second.notices).toEqual(["started-anew"]);
});

test("a draft of another transaction that was cleared is kept again, and nothing starts anew", async () => {
  const { autosave, kept, notices } = await opened({ answers: { name: { text: "Bo" } } });
  const before = kept.length;

  autosave.cleared("another");

  expect(kept.length).toBe(before + 1);
  expect(notices).toEqual([]);
});

test("a design is not finished before the shopper has seen what another window changed", async () => {
  const { platform, write, autosave, answers } = await opened();
  platform.last.revision = 5;
  platform.last.answers = { wrap: { variantId: "yes" } };
  write("name", "Bo");

  await expect(autosave.finish({})).rejects.toMatchObject({ status: 412 });
  expect(platform.last.status).toBe("created");
  expect(answers()).toEqual({ name: { text: "Bo" }, wrap: { variantId: "yes" } });

  await expect(autosave.finish({})).resolves.toHaveProperty("transactionId", "t1");
});

test("a text that another window changed too is not overwritten silently: ours stays, theirs is offered and can be taken", async () => {
  const { platform, write, autosave, notices, answers } = await opened();
  write("name", "First");
  await autosave.flush();
  platform.last.revision += 1;
  platform.last.answers = { name: { text: "Theirs" } };

  write("name", "Ours");
  await autosave.flush();

  expect(notices).toEqual(["changed-elsewhere"]);
  expect(answers()).toEqual({ name: { text: "Ours" } });
  expect(platform.last.answers).toEqual({ name: { text: "Ours" } });
  autosave.takeOther();
  await autosave.flush();
  expect(answers()).toEqual({ name: { text: "Theirs" } });
  expect(platform.last.answers).toEqual({ name: { text: "Theirs" } });
  expect(autosave.other.value).toBeUndefined();
});

test("a change elsewhere that was seen is not pointed out again, and what both wrote alike is no conflict", async () => {
  const { platform, write, autosave, notices } = await opened();
  platform.last.revision += 1;
  platform.last.answers = { name: { text: "Theirs" } };
  write("name", "Ours");
  await autosave.flush();
  autosave.keepOurs();
  platform.last.revision += 1;
  platform.last.answers = { name: { text: "Alike" } };

  write("name", "Alike");
  await autosave.flush();

  expect(notices).toEqual(["changed-elsewhere"]);
  expect(autosave.other.value).toBeUndefined();
});

test("what was sent and arrived although its answer was lost is ours, also when more was written since", async () => {
  const { platform, write, autosave, notices } = await opened();
  let lost = 0;
  platform.before = ({ method }) => {
    if (method !== "PATCH" || ++lost > 2) return undefined;
    if (lost === 1) {
      platform.last.revision += 1;
      platform.last.answers = { name: { text: "B" } };
    }
    return Promise.reject(new TypeError("connection lost"));
  };

  write("name", "B");
  await autosave.flush();
  write("name", "Bo");
  await autosave.flush();
  write("name", "Bob");
  await autosave.flush();

  expect(platform.last.answers).toEqual({ name: { text: "Bob" } });
  expect(notices).toEqual([]);
});
