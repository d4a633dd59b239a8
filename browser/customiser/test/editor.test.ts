import { expect, test, vi } from "vitest";
import { createEditor, mergedAnswers, sameAnswers } from "../src/editor.ts";
import { choices } from "../src/summary.ts";
import { MUG } from "./mug.ts";

function shownSteps(editor: ReturnType<typeof createEditor>): string[] {
  return editor.scenes.value.flatMap(({ steps }) => steps.map(({ step }) => step.stepName));
}

test("a change that changes nothing is not told", () => {
  const changed = vi.fn();
  const editor = createEditor(MUG, { name: { text: "Bo" } }, changed);

  editor.change("name", { text: "Bo" });
  editor.change("name", { color: undefined });

  expect(changed).not.toHaveBeenCalled();
});

test("a change keeps the other fields of its step", () => {
  const changed = vi.fn();
  const editor = createEditor(MUG, { name: { text: "Bo" } }, changed);

  editor.change("name", { variantId: "script" });

  expect(editor.answers.value).toEqual({ name: { text: "Bo", variantId: "script" } });
  expect(changed).toHaveBeenCalledWith("name");
});

test("a step whose last field is taken back has no answer any more", () => {
  const editor = createEditor(MUG, { name: { text: "Bo" } }, () => undefined);

  editor.change("name", { text: undefined });

  expect(editor.answers.value).toEqual({});
});

test("an emptied text is an answer, and not the default", () => {
  const editor = createEditor(MUG, {}, () => undefined);

  editor.change("name", { text: "" });

  expect(editor.answers.value).toEqual({ name: { text: "" } });
  expect(editor.active.value[0]?.text).toBe("");
});

test("a conditional step appears and goes with the choice it depends on, and its scene with it", () => {
  const editor = createEditor(MUG, {}, () => undefined);
  expect(shownSteps(editor)).toEqual(["name", "ground", "wrap"]);

  editor.change("wrap", { variantId: "yes" });
  expect(shownSteps(editor)).toEqual(["name", "ground", "wrap", "card"]);

  editor.change("wrap", { variantId: "no" });
  expect(shownSteps(editor)).toEqual(["name", "ground", "wrap"]);
});

test("a choice of one is not shown", () => {
  expect(shownSteps(createEditor(MUG, {}, () => undefined))).not.toContain("rim");
});

test("unsaved answers go on top of the server's, removed ones too", () => {
  const stored = { name: { text: "Server" }, ground: { variantId: "any" }, wrap: { variantId: "yes" } };
  const local = { name: { text: "Mine" } };

  const merged = mergedAnswers(stored, local, ["name", "ground"]);

  expect(merged).toEqual({ name: { text: "Mine" }, wrap: { variantId: "yes" } });
});

test("answers are the same whatever the order of their fields, and absent is as empty", () => {
  expect(sameAnswers({ a: { text: "x", color: "#000000" }, b: {} }, { a: { color: "#000000", text: "x" } })).toBe(true);
  expect(sameAnswers({ a: { text: "x" } }, { a: { text: "y" } })).toBe(false);
});

test("the choices come in the order of the scenes, what no scene shows last", () => {
  const editor = createEditor(MUG, {}, () => undefined);
  const scenes = [{ name: "All", stepNames: ["wrap", "rim", "name"] }];

  const titles = choices(editor.active.value, new Map(), scenes).map(({ title }) => title);

  expect(titles).toEqual(["Gift wrap", "Rim", "Name", "Ground"]);
});

test("the choices read as a shopper would say them", () => {
  const answers = { name: { text: "Bo", variantId: "script" }, ground: { variantId: "any", color: "#aabbcc" } };
  const editor = createEditor(MUG, answers, () => undefined);

  expect(choices(editor.active.value).map(({ title, value, priceModifier }) => [title, value, priceModifier])).toEqual([
    ["Name", "“\u2068Bo\u2069” in \u2068Script\u2069", 150],
    ["Ground", "#aabbcc", 100],
    ["Rim", "White", 0],
    ["Gift wrap", "Nothing chosen", 0],
  ]);
});
