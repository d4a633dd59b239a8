import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Answers } from "../src/composing.ts";
import type { Draft } from "../src/drafts/draft.ts";
import { Away, connectPlatform, Refused } from "../src/platform.ts";
import { Autosave } from "../src/saving/autosave.ts";
import { FakePlatform, problem } from "./fake-platform.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function working(draft: Partial<Draft> = {}, platform = new FakePlatform()) {
  let answers: Answers = draft.answers ?? {};
  const known = { answers: draft.transaction ? answers : {}, sent: [] };
  const kept: Draft[] = [];
  const notices: string[] = [];
  const heldBack = new Set<string>();
  const autosave = new Autosave({
    platform: connectPlatform("http://localhost:3000", platform.fetch),
    wanted: { integrationProductId: "p1", workflowId: "w1" },
    draft: { transaction: undefined, answers, unsaved: [], known, ...draft },
    answers: () => answers,
    replaceAnswers: (others) => {
      answers = others;
    },
    keep: (one) => void kept.push(one),
    opened: () => undefined,
    learned: () => undefined,
    carryOver: async () => undefined,
    isHeldBack: (stepName) => heldBack.has(stepName),
    notice: (one) => void notices.push(one),
  });
  const write = (stepName: string, text: string): void => {
    answers = { ...answers, [stepName]: { text } };
    autosave.changed(stepName);
  };
  return { platform, autosave, write, kept, notices, heldBack, answers: () => answers };
}

/** Two windows over one draft, as a second tab on the same product finds it. */
async function twoWindows(answers: Answers = {}) {
  const first = working({ answers });
  await first.autosave.flush();
  await first.autosave.flush();
  const draft = first.kept.at(-1) ?? { answers };
  return { first, second: working(draft, first.platform), platform: first.platform };
}

async function opened(draft: Partial<Draft> = {}) {
  const session = working(draft);
  await session.autosave.flush();
  return session;
}

test("a change is kept on the device before anything is sent", async () => {
  const { platform, write, kept } = await opened();

  write("name", "B");

  expect(kept.at(-1)).toEqual({
    transaction: { id: "t1", ownerToken: "owner-t1", revision: 1 },
    answers: { name: { text: "B" } },
    unsaved: ["name"],
    known: { answers: {}, sent: [] },
    other: undefined,
    changedAt: Date.now(),
  });
  expect(platform.count("PATCH")).toBe(0);
});

test("half an emoji is left out of what is sent: no server could read the request", async () => {
  const { platform, write, autosave } = await opened();

  write("name", "Bob \ud83d");
  await autosave.flush();

  expect(platform.last.answers).toEqual({ name: { text: "Bob " } });
});

test("several key strokes become one request, a little after the last", async () => {
  const { platform, write, autosave, kept } = await opened();

  for (const text of ["B", "Bo", "Bob"]) {
    write("name", text);
    await vi.advanceTimersByTimeAsync(300);
  }
  await vi.advanceTimersByTimeAsync(400);

  expect(platform.count("PATCH")).toBe(1);
  expect(platform.last.answers).toEqual({ name: { text: "Bob" } });
  expect(kept.at(-1)?.unsaved).toEqual([]);
  expect(autosave.state.value).toBe("saved");
  expect(autosave.price.value).toEqual({ baseCost: 2000, optionsCost: 0, currency: "USD" });
});

test("one request at a time: what changes meanwhile follows", async () => {
  const { platform, write, autosave } = await opened();
  let release = (): void => undefined;
  let under = 0;
  let most = 0;
  platform.before = async ({ method }) => {
    if (method !== "PATCH") return undefined;
    most = Math.max(most, ++under);
    if (platform.count("PATCH") === 1) await new Promise<void>((resolve) => (release = resolve));
    under -= 1;
    return undefined;
  };

  write("name", "B");
  await vi.advanceTimersByTimeAsync(500);
  write("name", "Bo");
  await vi.advanceTimersByTimeAsync(500);
  release();
  await autosave.flush();

  expect(most).toBe(1);
  expect(platform.last.answers).toEqual({ name: { text: "Bo" } });
});

test("with the network away writing goes on, and everything is saved when it is back", async () => {
  const { platform, write, autosave } = await opened();
  platform.away = true;

  write("name", "B");
  await vi.advanceTimersByTimeAsync(1000);
  expect(autosave.state.value).toBe("away");
  write("card", "Hi");
  platform.away = false;
  await vi.advanceTimersByTimeAsync(5000);

  expect(autosave.state.value).toBe("saved");
  expect(platform.last.answers).toEqual({ name: { text: "B" }, card: { text: "Hi" } });
});

test("it waits longer each time, and as long as the server asks", async () => {
  const { platform, write } = await opened();
  platform.before = () => new Response("{}", { status: 503, headers: { "Retry-After": "20" } });

  write("name", "B");
  await vi.advanceTimersByTimeAsync(400);
  expect(platform.count("PATCH")).toBe(1);
  await vi.advanceTimersByTimeAsync(19_000);
  expect(platform.count("PATCH")).toBe(1);
  await vi.advanceTimersByTimeAsync(1500);
  expect(platform.count("PATCH")).toBe(2);
});

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

test("an ordered design is left alone: work goes on in a new transaction with every answer", async () => {
  const { platform, write, autosave, notices } = await opened({ answers: { wrap: { variantId: "yes" } } });
  await autosave.flush();
  platform.last.status = "ordered";

  write("name", "Bo");
  await vi.advanceTimersByTimeAsync(500);
  await autosave.flush();

  expect(notices).toEqual(["started-anew"]);
  expect(platform.transactions.get("t1")?.answers).toEqual({ wrap: { variantId: "yes" } });
  expect(platform.transactions.get("t2")?.answers).toEqual({ name: { text: "Bo" }, wrap: { variantId: "yes" } });
});

test("a refused answer is shown, waits until it is changed, and holds nothing else up", async () => {
  const { platform, write, autosave } = await opened();
  platform.before = ({ body }) => {
    const refused = JSON.stringify(body).includes("☃");
    const errors = [
      { pointer: "/answers/name/text", code: "glyph-missing", detail: "the chosen font lacks: ☃", value: "☃" },
    ];
    return refused ? problem(422, { errors }) : undefined;
  };

  write("name", "☃");
  write("card", "Hi");
  await vi.advanceTimersByTimeAsync(500);
  expect(autosave.refusals.value).toEqual([{ stepName: "name", field: "text", code: "glyph-missing", detail: "☃" }]);
  expect(platform.last.answers).toEqual({ card: { text: "Hi" } });
  await expect(autosave.finish({})).rejects.toBeInstanceOf(Away);
  write("name", "Bo");
  await vi.advanceTimersByTimeAsync(500);

  expect(autosave.refusals.value).toEqual([]);
  expect(platform.last.answers).toEqual({ name: { text: "Bo" }, card: { text: "Hi" } });
});

test("what is wrong already here is not sent", async () => {
  const { platform, write, heldBack } = await opened();
  heldBack.add("name");

  write("name", "much too long");
  await vi.advanceTimersByTimeAsync(5000);

  expect(platform.count("PATCH")).toBe(0);
});

test("nothing is called saved that is not: not before it was sent, and not while it is held back or refused", async () => {
  const { platform, write, autosave, heldBack } = await opened();
  expect(autosave.state.value).toBe("saved");

  heldBack.add("name");
  write("name", "much too long");
  expect(autosave.state.value).toBe("held");
  write("card", "Hi");
  expect(autosave.state.value).toBe("saving");
  await vi.advanceTimersByTimeAsync(500);
  expect(autosave.state.value).toBe("held");
  expect(platform.last.answers).toEqual({ card: { text: "Hi" } });
  platform.before = () =>
    problem(422, {
      errors: [
        { pointer: "/answers/name/text", code: "glyph-missing", detail: "the chosen font lacks: ☃", value: "☃" },
      ],
    });
  heldBack.clear();
  write("name", "☃");
  await vi.advanceTimersByTimeAsync(500);
  expect(autosave.state.value).toBe("held");
  platform.before = () => undefined;
  write("name", "Bo");
  await vi.advanceTimersByTimeAsync(500);

  expect(autosave.state.value).toBe("saved");
});

test("finishing saves first, sends the digest, and nothing is kept or sent afterwards", async () => {
  const { platform, write, autosave, kept } = await opened();
  write("name", "Bo");

  const result = await autosave.finish({ sceneDigest: "abc" });
  const before = kept.length;
  write("name", "Too late");
  await vi.advanceTimersByTimeAsync(5000);

  expect(result.transactionId).toBe("t1");
  expect(result).not.toHaveProperty("currency");
  expect(platform.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /api/transactions",
    "PATCH /api/transactions/t1",
    "POST /api/transactions/t1/complete",
  ]);
  expect(platform.asked.at(-1)?.body).toEqual({ sceneDigest: "abc" });
  expect(kept.length).toBe(before);
});

test("finishing with the network away says so and leaves the draft", async () => {
  const { platform, write, autosave, kept } = await opened();
  write("name", "Bo");
  platform.away = true;

  await expect(autosave.finish({})).rejects.toBeInstanceOf(Away);
  expect(kept.at(-1)?.unsaved).toEqual(["name"]);
});

test("finishing a design that changed elsewhere shows it first", async () => {
  const { platform, autosave, notices } = await opened();
  platform.last.revision = 5;
  platform.last.answers = { name: { text: "Theirs" } };

  await expect(autosave.finish({})).rejects.toBeInstanceOf(Refused);

  expect(notices).toEqual(["changed-elsewhere"]);
  await expect(autosave.finish({})).resolves.toHaveProperty("transactionId", "t1");
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

test("a finish whose answer was lost is asked for again, and gives the same design", async () => {
  const { platform, write, autosave } = await opened();
  write("name", "Bo");
  platform.before = ({ path }) => {
    if (!path.endsWith("/complete")) return undefined;
    platform.last.status = "completed";
    return Promise.reject(new TypeError("connection lost"));
  };
  await expect(autosave.finish({})).rejects.toBeInstanceOf(Away);
  platform.before = () => undefined;

  await expect(autosave.finish({})).resolves.toHaveProperty("transactionId", "t1");
  expect(platform.transactions.size).toBe(1);
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
