import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReach, type Designed } from "../src/reach.ts";

const MUG: Designed = { integrationProductId: "p", workflowId: "w", workflowVersion: 1 };
const NO_WISHES = { doNotTrack: null };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function counter(wishes: Parameters<typeof createReach>[0] = NO_WISHES) {
  const page = new EventTarget();
  const sent: { steps: string[] }[] = [];
  const reached = createReach(wishes, page, (body) => sent.push(JSON.parse(body) as { steps: string[] }));
  return { page, sent, reached };
}

test.each([
  { doNotTrack: "1" },
  { doNotTrack: null, globalPrivacyControl: true },
])("nothing is told where the browser says %o", (wishes) => {
  const { page, sent, reached } = counter(wishes);

  reached(MUG, ["a"]);
  vi.runAllTimers();
  page.dispatchEvent(new Event("visibilitychange"));

  expect(sent).toEqual([]);
});

test("steps are told once a visit, a few at a time, with nothing but what they are", () => {
  const { sent, reached } = counter();

  reached(MUG, ["a", "b"]);
  reached(MUG, ["c", "a"]);
  expect(sent).toEqual([]);
  vi.runAllTimers();
  reached(MUG, ["a", "c"]);
  vi.runAllTimers();

  expect(sent).toEqual([{ ...MUG, steps: ["a", "b", "c"] }]);
});

test("what waits goes when the page is hidden, and not again", () => {
  const { page, sent, reached } = counter();

  reached(MUG, ["a"]);
  page.dispatchEvent(new Event("visibilitychange"));
  page.dispatchEvent(new Event("visibilitychange"));
  vi.runAllTimers();

  expect(sent).toEqual([{ ...MUG, steps: ["a"] }]);
});

test("another workflow has steps of its own, and many steps go in parts", () => {
  const { sent, reached } = counter();
  const many = Array.from({ length: 150 }, (_, index) => `s${index}`);

  reached(MUG, many);
  reached({ ...MUG, workflowVersion: 2 }, ["s1"]);
  vi.runAllTimers();

  expect(sent.map(({ steps }) => steps.length)).toEqual([100, 50, 1]);
});
