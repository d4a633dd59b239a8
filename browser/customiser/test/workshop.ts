/** A workflow with a step of every type that shoppers meet, for tests of their forms. */

import type { Drawing, Workflow } from "../src/composing.ts";
import { PLAIN_FONT, SCRIPT_FONT } from "./mug.ts";

export const [BEE, LEAF] = ["1".repeat(64), "2".repeat(64)];

/** A drawing with two colours. */
export const DRAWING: Drawing = {
  width: 100,
  height: 50,
  slots: [
    { id: "spiff-fill-1", color: "#000000" },
    { id: "spiff-fill-wings", color: "#ffcc00" },
  ],
  paths: [
    { d: "M0 0L60 0L60 50Z", fillSlot: "spiff-fill-1" },
    { d: "M40 0L100 0L100 50Z", fillSlot: "spiff-fill-wings" },
  ],
};

const region = (left: number) => ({ panel: "front", left, top: 20, width: 90, height: 60 });

export const WORKSHOP: Workflow = {
  name: "Workshop",
  panels: [{ name: "front", title: "Front", width: 800, height: 200 }],
  options: [
    {
      id: "fonts",
      name: "Fonts",
      type: "Font",
      defaultVariant: "plain",
      variants: [
        { id: "plain", name: "Plain", asset: PLAIN_FONT },
        { id: "script", name: "Script", asset: SCRIPT_FONT },
      ],
    },
    {
      id: "inks",
      name: "Inks",
      type: "Color",
      variants: [
        { id: "red", name: "Red", color: "#b3261e" },
        { id: "blue", name: "Blue", color: "#1c2f5b" },
      ],
    },
    {
      id: "motifs",
      name: "Motifs",
      type: "Illustration",
      defaultVariant: "motif0",
      variants: Array.from({ length: 14 }, (_, index) => ({
        id: `motif${index}`,
        name: index % 2 === 0 ? `Bée ${index}` : `Leaf ${index}`,
        asset: index % 2 === 0 ? BEE : LEAF,
        category: index % 2 === 0 ? "Animals" : "Plants",
      })),
    },
    {
      id: "extras",
      name: "Extras",
      type: "Question",
      variants: [
        { id: "pocket", name: "Pocket", priceModifier: 350 },
        { id: "card", name: "Card", priceModifier: 150 },
        { id: "bow", name: "Bow" },
      ],
    },
    { id: "patches", name: "Patches", type: "Patchwork", variants: [{ id: "meadow", name: "Meadow", asset: BEE }] },
    {
      id: "steels",
      name: "Steels",
      type: "Material",
      defaultVariant: "matt",
      variants: [
        { id: "matt", name: "Matt steel" },
        { id: "gloss", name: "Glossy steel" },
      ],
    },
    { id: "one", name: "One", type: "Model", variants: [{ id: "handle", name: "Handle" }] },
  ],
  steps: [
    {
      type: "Information",
      stepName: "about",
      stepTitle: "About",
      content: "First line\nSecond line\n\nSee https://shop.example/help. <img src=x onerror=alert(1)>",
    },
    {
      type: "Text",
      stepName: "greeting",
      stepTitle: "Greeting",
      option: "fonts",
      defaultText: "you",
      deleteDefaultOnFocus: true,
      replaceableText: "For {{}}!",
      userCanReplaceText: true,
      minLength: 7,
      maxLength: 30,
      regions: [region(10)],
    },
    { type: "Frame", stepName: "photo", stepTitle: "Photo", mandatory: true, regions: [region(110)] },
    {
      type: "Illustration",
      stepName: "motif",
      stepTitle: "Motif",
      option: "motifs",
      colorOption: "inks",
      colorPickerEnabled: true,
      regions: [region(210)],
    },
    { type: "Question", stepName: "extras", stepTitle: "Extras", option: "extras", allowMultipleSelections: true },
    { type: "Patchwork", stepName: "patch", stepTitle: "Patch", option: "patches", regions: [region(310)] },
    {
      type: "Module",
      stepName: "initials",
      stepTitle: "Initials",
      maxLength: 3,
      glyphs: [
        { character: "A", asset: BEE },
        { character: "B", asset: LEAF },
      ],
      regions: [region(410)],
    },
    { type: "DigitalContent", stepName: "code", stepTitle: "Code", allowUrl: true, regions: [region(510)] },
    { type: "Material", stepName: "steel", stepTitle: "Steel", option: "steels" },
    { type: "Model", stepName: "handle", stepTitle: "Handle", option: "one" },
    { type: "SilentIllustration", stepName: "mark", stepTitle: "Mark", asset: BEE, regions: [region(610)] },
  ],
  scenes: [
    { name: "Words", stepNames: ["about", "greeting"] },
    { name: "Photo", stepNames: ["photo"] },
    { name: "Motif", stepNames: ["motif", "patch"] },
    { name: "Extras", stepNames: ["extras", "steel", "handle", "mark"] },
    { name: "More", stepNames: ["initials", "code"] },
  ],
};
