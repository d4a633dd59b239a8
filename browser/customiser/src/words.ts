/** The words the customiser says: which members a language has, and which language is in use. Knows no screen. */

import type { Finding, FindingCode } from "./composing.ts";
import { english } from "./words/english.ts";

type Say<Values extends readonly unknown[] = [value: string]> = (...values: Values) => string;
type Counted = Say<[number: number, of: number]>;

/** Everything that is said. A language is a file of `words/`, and a line in `LANGUAGES`. */
export interface Words extends Record<Phrase, string>, Record<Sentence, Say>, Record<Count, Counted> {
  textChoice: Say<[text: string, details: string]>;
  list: Say<[items: readonly string[]]>;
  colourNumber: Say<[number: number]>;
  charactersAtLeast: Say<[least: number]>;
  findings: Record<FindingCode | "text-too-short" | "profanity", Say>;
  uploadFailures: Record<UploadFailure, string>;
}

type Count = "stepNumber" | "characters" | "shownOf" | "placed";
type Sentence =
  | "undone"
  | "redone"
  | "previewOf"
  | "change"
  | "fillsIn"
  | "allowedCharacters"
  | "takes"
  | "uploading"
  | "useFile"
  | "finishRefused"
  | "doneReference";
type Phrase =
  | "loading"
  | "closeLabel"
  | "back"
  | "next"
  | "finish"
  | "finishing"
  | "tryAgain"
  | "startOver"
  | "dismiss"
  | "undo"
  | "redo"
  | "steps"
  | "needsAttention"
  | "summary"
  | "summaryLead"
  | "yourChoices"
  | "basePrice"
  | "total"
  | "priceDetails"
  | "preview"
  | "panels"
  | "view"
  | "zoomIn"
  | "zoomOut"
  | "zoomFit"
  | "changeShort"
  | "optional"
  | "font"
  | "colour"
  | "outline"
  | "ownColour"
  | "pickColour"
  | "ownText"
  | "pictureFill"
  | "plainColour"
  | "loadingPreview"
  | "nothingChosen"
  | "noText"
  | "chooseSeveral"
  | "search"
  | "category"
  | "allCategories"
  | "noMatch"
  | "shape"
  | "colours"
  | "colourToChange"
  | "resetColours"
  | "anotherPart"
  | "opensNewTab"
  | "chooseFile"
  | "chooseVideo"
  | "dropHere"
  | "dropNow"
  | "cancel"
  | "replace"
  | "remove"
  | "earlierFiles"
  | "noUpload"
  | "orWebAddress"
  | "webAddressHelp"
  | "uploadBusy"
  | "placing"
  | "placingPad"
  | "placingHelp"
  | "placingKeys"
  | "size"
  | "turn"
  | "larger"
  | "smaller"
  | "turnLeft"
  | "turnRight"
  | "quarterTurn"
  | "moveLeft"
  | "moveRight"
  | "moveUp"
  | "moveDown"
  | "fillFrame"
  | "showWhole"
  | "resetPlacing"
  | "saved"
  | "saving"
  | "held"
  | "away"
  | "keptDesign"
  | "changedElsewhere"
  | "changedInBoth"
  | "takeOther"
  | "startedAnew"
  | "finishFailedAway"
  | "finishChangedElsewhere"
  | "beforeFinishing"
  | "worthALook"
  | "unknownProduct"
  | "unknownProductDetail"
  | "unreachable"
  | "unreachableDetail"
  | "broken"
  | "brokenDetail"
  | "chooseDesign"
  | "done"
  | "doneDetail"
  | "chooseOne"
  | "addFile"
  | "glyphsMissing"
  | "findingUnknown";

export type UploadFailure =
  | "away"
  | "tooLarge"
  | "tooMany"
  | "empty"
  | "kind"
  | "damaged"
  | "tooComplex"
  | "effects"
  | "other";

/** Fetched when they are spoken; English is always there. */
const LANGUAGES = {
  en: async () => english,
  de: async () => (await import("./words/german.ts")).german,
  ar: async () => (await import("./words/arabic.ts")).arabic,
};

export type Language = keyof typeof LANGUAGES;

const RIGHT_TO_LEFT: readonly Language[] = ["ar"];
const MOST_LISTED = 6;

/** The language in use. It is chosen once, before anything is said. */
export let words: Words = english;

/** The first of these languages that is spoken, by BCP 47 tags such as `de-AT`; otherwise English. */
export function languageOf(tags: readonly (string | undefined)[]): Language {
  const wanted = tags.map((tag) => tag?.toLowerCase().split("-")[0] ?? "");
  return wanted.find((name): name is Language => Object.hasOwn(LANGUAGES, name)) ?? "en";
}

/** From now on this language is spoken, and the page is written in its direction. */
export async function speak(language: Language): Promise<void> {
  words = await LANGUAGES[language]();
  document.documentElement.lang = language;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(language) ? "rtl" : "ltr";
}

/** A finding in plain language. */
export function findingText({ code, field, detail }: Finding): string {
  if (code === "mandatory-empty" && field === "upload") return words.addFile;
  if (code === "mandatory-empty" && field !== "text") return words.chooseOne;
  if (code === "glyph-missing" && !canBeListed(detail)) return words.glyphsMissing;
  return isFindingCode(code) ? words.findings[code](detail) : words.findingUnknown;
}

function isFindingCode(code: string): code is keyof Words["findings"] {
  return Object.hasOwn(words.findings, code);
}

/** A few whole characters say what is missing; pieces of combined ones, or half an alphabet, do not. */
function canBeListed(characters: string): boolean {
  return [...characters].length <= MOST_LISTED && !/\p{M}/u.test(characters);
}

/** What codes of refused files (docs/assets.md) come to for a shopper; the first that fits counts. */
const FAILURES: readonly (readonly [RegExp, UploadFailure])[] = [
  [/^away$/, "away"],
  [/too-large$/, "tooLarge"],
  [/^too-many-uploads$/, "tooMany"],
  [/^(file|svg)-empty$/, "empty"],
  [/^(file-kind|upload-kind|upload-not-allowed|(picture|video|svg)-format)$/, "kind"],
  [/^svg-(element|attribute|style|reference|color)$/, "effects"],
  [/^(svg-too-complex|svg-geometry|file-out-of-(time|memory))$/, "tooComplex"],
  [/^(file|picture|video|svg)-/, "damaged"],
];

/** Why a file was not taken. */
export function uploadFailureText(code: string): string {
  return words.uploadFailures[FAILURES.find(([pattern]) => pattern.test(code))?.[1] ?? "other"];
}
