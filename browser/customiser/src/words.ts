/** The words the customiser says, and which language is in use. Knows no screen. */

import type { Finding } from "./composing.ts";
import { english } from "./words/english.ts";
import type { UploadFailure, Words } from "./words/words.ts";

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

/** What a font lacks of a text, for the choice of fonts. */
export function missingText(characters: string): string {
  return canBeListed(characters) ? words.fontWithout(characters) : words.fontWithoutSome;
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
