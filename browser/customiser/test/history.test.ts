import { expect, test } from "vitest";
import { History } from "../src/history.ts";

let now = 0;
const history = (): History => new History(() => now);
const text = (before: string | undefined, after: string, stepName = "name") => ({
  stepName,
  before: before === undefined ? undefined : { text: before },
  after: { text: after },
});

test("letters typed without a pause are one change", () => {
  const done = history();
  done.record(text(undefined, "B"));
  done.record(text("B", "Bo"));
  now += 999;
  done.record(text("Bo", "Bob"));

  expect(done.undo()).toEqual({ stepName: "name", before: undefined, after: { text: "Bob" } });
  expect(done.canUndo.value).toBe(false);
});

test("after a pause, in another step, and for another field a change stands by itself", () => {
  const done = history();
  done.record(text(undefined, "B"));
  now += 1000;
  done.record(text("B", "Bo"));
  done.record(text(undefined, "C", "card"));
  done.record({ stepName: "card", before: { text: "C" }, after: { text: "C", color: "#000000" } });

  expect([done.undo(), done.undo(), done.undo(), done.undo(), done.undo()].map((one) => one?.stepName)).toEqual([
    "card",
    "card",
    "name",
    "name",
    undefined,
  ]);
});

test("choices are never taken together", () => {
  const done = history();
  done.record({ stepName: "name", before: undefined, after: { variantId: "a" } });
  done.record({ stepName: "name", before: { variantId: "a" }, after: { variantId: "b" } });

  expect(done.undo()?.before).toEqual({ variantId: "a" });
  expect(done.undo()?.before).toBeUndefined();
});

test("what was undone can be done again, until something else is done", () => {
  const done = history();
  done.record(text(undefined, "A"));
  done.undo();
  expect(done.redo()).toEqual(text(undefined, "A"));

  done.undo();
  done.record(text(undefined, "B"));
  expect(done.canRedo.value).toBe(false);
  // Typed right after undoing it does not go on with what was there before.
  expect(done.undo()).toEqual(text(undefined, "B"));
});

test("it remembers a good while, but not for ever", () => {
  const done = history();
  for (let count = 0; count < 500; count++) done.record(text(undefined, "x", `step${count}`));

  let undone = 0;
  while (done.undo()) undone += 1;
  expect(undone).toBe(200);
});
