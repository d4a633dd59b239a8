/** What holds in a text step, as the customiser's forms and summaries ask for it. */

import { expect, test } from "vitest";
import type { Answer } from "../src/answers.ts";
import type { FullTextStep } from "../src/complete.ts";
import { type ChosenText, type Context, chosenText, complete, completeContext, selections } from "../src/index.ts";
import type { TextStep, Workflow } from "../src/workflow.ts";

function chosen(members: Partial<TextStep>, answer: Answer, context: Context = {}): ChosenText {
  const step: TextStep = { type: "Text", stepName: "text", stepTitle: "Words", ...members };
  const inks = { id: "inks", name: "Inks", type: "Color" as const, defaultVariant: "red" };
  const fills = { id: "fills", name: "Fills", type: "Image" as const };
  const workflow: Workflow = {
    name: "sample",
    panels: [],
    steps: [step],
    scenes: [],
    options: [
      {
        ...inks,
        variants: ["red", "blue"].map((id) => ({ id, name: id, color: id === "red" ? "#CC0000" : "#0033aa" })),
      },
      { ...fills, variants: ["wood", "sky"].map((id) => ({ id, name: id, asset: `picture:${id}` })) },
    ],
  };
  const [selection] = selections(complete(workflow), { text: answer }, completeContext(context));
  if (selection === undefined) throw new Error("the workflow has one step");
  return chosenText({ ...selection, step: selection.step as FullTextStep });
}

test("the words are those that are set, before they are cut or cased", () => {
  const step = { replaceableText: "For {{}}, from {{name}}", maxLength: 5, case: "upper" as const };

  const { text } = chosen(step, { text: "Anna" }, { recipient: { name: "Bob" } });

  expect(text).toBe("For Anna, from Bob");
});

test("colour, outline and filling are what the answers or the defaults choose", () => {
  const step = { colorOption: "inks", strokeOption: "inks", imageFillOption: "fills" };

  const { color, colorVariant, stroke, fill } = chosen(step, { strokeVariantId: "blue", fillVariantId: "sky" });

  expect([color, colorVariant?.id, stroke?.id, fill?.id]).toEqual(["#cc0000", "red", "blue", "sky"]);
});

test("a picked colour is of no variant, and nothing fills letters by itself", () => {
  const step = { colorOption: "inks", colorPickerEnabled: true, imageFillOption: "fills" };

  const { color, colorVariant, stroke, fill } = chosen(step, { color: "#ABCDEF" });

  expect([color, colorVariant, stroke, fill]).toEqual(["#abcdef", null, null, null]);
});
