// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { arabic } from "../src/words/arabic.ts";
import { english } from "../src/words/english.ts";
import { german } from "../src/words/german.ts";
import { findingText, languageOf, speak, uploadFailureText, words } from "../src/words.ts";

afterEach(() => speak("en"));

/** Everything a language says, with values put in; what is the same in many languages is left out. */
function saidIn(language: typeof english): [string, string][] {
  const same = new Set(["optional", "list", "textChoice", "placed"]);
  const flat = { ...language, ...language.findings, ...language.uploadFailures };
  return Object.entries(flat).flatMap(([name, said]): [string, string][] => {
    if (same.has(name) || typeof said === "object") return [];
    return [[name, typeof said === "function" ? (said as (...values: unknown[]) => string)(7, 8) : said]];
  });
}

const missing = (detail: string): string =>
  findingText({ stepName: "name", field: "text", code: "glyph-missing", detail });

test("a few missing characters are named", () => {
  expect(missing("☃")).toBe("This font can’t draw ☃. Leave it out or choose another font.");
  expect(missing("☃😀ŁŁŁŁ")).toContain("☃😀ŁŁŁŁ");
});

test.each([
  "नमस्तेकषिपरा",
  "नम\u0947",
  "e\u0301",
  "abcdefg",
  "مرحباكي",
])("a script that is missing is not listed in pieces: %s", (detail) => {
  expect(missing(detail)).toBe("This font has no letters for part of your text. Choose another font.");
});

test.each([
  [["de-AT", "en"], "de"],
  [[undefined, "fr-FR", "ar"], "ar"],
  [["EN-au", "de"], "en"],
  [["tlh"], "en"],
  [[], "en"],
])("of %j the first language that is spoken is %s", (tags, language) => {
  expect(languageOf(tags)).toBe(language);
});

test("Arabic is written from right to left, and the page says so", async () => {
  await speak("ar");

  expect(words.next).toBe("التالي");
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["ar", "rtl"]);
  await speak("de");
  expect(words.next).toBe("Weiter");
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["de", "ltr"]);
});

test.each([
  ["German", german],
  ["Arabic", arabic],
])("%s leaves no sentence empty or in English, and names every value", (_, language) => {
  for (const [name, said] of saidIn(language)) {
    expect(said, name).not.toBe("");
    expect(said, name).not.toBe(new Map(saidIn(english)).get(name));
  }
});

test("codes of refused files come to a sentence each", () => {
  const about = (code: string): string => uploadFailureText(code);

  expect(about("file-too-large")).toBe(about("too-large"));
  expect(about("picture-damaged")).toBe(about("video-damaged"));
  expect(about("svg-element")).toBe(words.uploadFailures.effects);
  expect(about("file-kind")).toBe(words.uploadFailures.kind);
  expect(about("svg-path")).toBe(words.uploadFailures.damaged);
  expect(about("anything-else")).toBe(words.uploadFailures.other);
});
