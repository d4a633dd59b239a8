import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Away, Refused } from "../src/platform.ts";
import { opened } from "./autosaving.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
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
