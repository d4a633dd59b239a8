import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Away } from "../src/platform.ts";
import { opened } from "./autosaving.ts";
import { problem } from "./fake-platform.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

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
