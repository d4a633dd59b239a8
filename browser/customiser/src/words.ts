/** Everything the customiser says, in one place: another language is another object of this shape. */

import type { Finding } from "./composing.ts";

export type Words = typeof english;

const MOST_LISTED = 6;

const english = {
  loading: "Preparing your design…",
  close: "Close",
  closeLabel: "Close and keep my design",
  back: "Back",
  next: "Next",
  finish: "Finish",
  finishing: "Finishing…",
  tryAgain: "Try again",
  startOver: "Start over",
  dismiss: "Got it",
  steps: "Steps",
  stepNumber: (number: number, count: number) => `Step ${number} of ${count}`,
  needsAttention: "needs attention",
  summary: "Summary",
  summaryLead: "Have a last look. This is what we print.",
  yourChoices: "Your choices",
  basePrice: "Base price",
  total: "Total",
  preview: "Preview",
  previewOf: (title: string) => `Preview of ${title}`,
  panels: "Sides",
  change: (title: string) => `Change ${title}`,
  changeShort: "Change",
  optional: "optional",
  font: "Font",
  colour: "Colour",
  outline: "Outline",
  ownColour: "Your own colour",
  pickColour: "Pick a colour",
  characters: (used: number, limit: number) => `${used} of ${limit} characters`,
  loadingPreview: "Drawing your preview…",
  nothingChosen: "Nothing chosen",
  noText: "No text",
  textChoice: (text: string, details: string) => (details ? `“${text}” in ${details}` : `“${text}”`),
  saved: "Saved",
  saving: "Saving…",
  held: "Not saved yet: needs a change",
  away: "Saving when you’re back online",
  keptDesign: "We kept your design.",
  changedElsewhere: "This design was changed in another window. We loaded that and kept what you just did.",
  changedInBoth: "You and another window changed the same thing. We kept what you did here.",
  takeOther: "Use the other version",
  startedAnew: "Your earlier design is closed. We carry on with a fresh copy.",
  finishFailedAway:
    "We can’t reach the shop’s server. Your design is kept here: check your connection and press Finish again.",
  finishChangedElsewhere: "This design was changed in another window. Have a look, and press Finish again.",
  finishRefused: (detail: string) => `The design could not be finished: ${detail}`,
  beforeFinishing: "Before you can finish:",
  unknownProduct: "This product can’t be customised",
  unknownProductDetail: "It may have been taken out of the shop. Please close this window and choose another product.",
  unreachable: "We can’t reach the shop’s server",
  unreachableDetail: "Check your connection. We keep trying, and nothing you made is lost.",
  broken: "Something went wrong",
  brokenDetail: "The customiser could not start. Please try again.",
  chooseDesign: "Which design would you like?",
  done: "Your design is ready",
  doneDetail: "It was handed to the shop.",
  doneReference: (id: string) => `Reference: ${id}`,
  chooseOne: "Please choose one.",
  findings: {
    "unknown-step": () => "This step is not offered any more.",
    "unknown-variant": () => "This choice is not offered any more. Please choose again.",
    "color-not-allowed": () => "This colour can’t be used. Please choose another.",
    "field-not-allowed": () => "This can’t be changed here.",
    "line-break-not-allowed": () => "Please keep the text on one line.",
    "text-too-long": (limit: string) => `Please use at most ${limit} characters.`,
    "glyph-missing": (missing: string) =>
      canBeListed(missing)
        ? `This font can’t draw ${missing}. Leave it out or choose another font.`
        : "This font has no letters for part of your text. Choose another font.",
    "text-does-not-fit": () => "This text is too long for its place. Make it shorter or choose a narrower font.",
    "mandatory-empty": () => "Please fill this in.",
  } as Record<string, (detail: string) => string>,
  findingUnknown: "This can’t be used. Please change it.",
};

/** A few whole characters say what is missing; pieces of combined ones, or half an alphabet, do not. */
function canBeListed(characters: string): boolean {
  return [...characters].length <= MOST_LISTED && !/\p{M}/u.test(characters);
}

/** The language in use. */
export const words: Words = english;

/** A finding in plain language. */
export function findingText({ code, field, detail }: Finding): string {
  if (code === "mandatory-empty" && field !== "text") return words.chooseOne;
  return words.findings[code]?.(detail) ?? words.findingUnknown;
}
