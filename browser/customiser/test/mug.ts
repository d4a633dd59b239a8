/** A small workflow for tests: a text with two fonts, a colour, a question, and a text that depends on it. */

import type { Workflow } from "../src/composing.ts";

export const SCRIPT_FONT = "a".repeat(64);
export const PLAIN_FONT = "b".repeat(64);

export const MUG: Workflow = {
  name: "Mug",
  panels: [{ name: "front", title: "Front", width: 400, height: 200 }],
  options: [
    {
      id: "fonts",
      name: "Fonts",
      type: "Font",
      defaultVariant: "plain",
      variants: [
        { id: "plain", name: "Plain", asset: PLAIN_FONT },
        { id: "script", name: "Script", asset: SCRIPT_FONT, priceModifier: 150 },
      ],
    },
    {
      id: "colours",
      name: "Colours",
      type: "Color",
      defaultVariant: "cream",
      variants: [
        { id: "cream", name: "Cream", color: "#f6efdf" },
        { id: "any", name: "Any colour", color: "#custom", priceModifier: 100 },
      ],
    },
    {
      id: "gift",
      name: "Gift",
      type: "Question",
      variants: [
        { id: "no", name: "No" },
        { id: "yes", name: "Yes", priceModifier: 200 },
      ],
    },
    { id: "one", name: "One", type: "Color", variants: [{ id: "white", name: "White", color: "#ffffff" }] },
  ],
  steps: [
    {
      type: "Text",
      stepName: "name",
      stepTitle: "Name",
      mandatory: true,
      option: "fonts",
      defaultText: "Anna",
      maxLength: 12,
      regions: [{ panel: "front", left: 20, top: 20, width: 360, height: 160 }],
    },
    { type: "Shape", stepName: "ground", stepTitle: "Ground", option: "colours" },
    { type: "Shape", stepName: "rim", stepTitle: "Rim", option: "one" },
    { type: "Question", stepName: "wrap", stepTitle: "Gift wrap", mandatory: true, option: "gift" },
    {
      type: "Text",
      stepName: "card",
      stepTitle: "Card",
      option: "fonts",
      conditions: [{ targetStepName: "wrap", requiredVariantSelections: ["yes"] }],
    },
  ],
  scenes: [
    { name: "Your text", stepNames: ["name"] },
    { name: "Colours", stepNames: ["ground", "rim"] },
    { name: "Gift", stepNames: ["wrap"] },
    { name: "Card", stepNames: ["card"] },
  ],
};
