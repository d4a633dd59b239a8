// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { arabic } from "../src/words/arabic.ts";
import { english } from "../src/words/english.ts";
import { german } from "../src/words/german.ts";
import { findingText, languageOf, speak, uploadFailureText, words } from "../src/words.ts";

afterEach(() => speak("en"));

/** Everything a language says, with values put in; what is the same in many languages is left out. */
function saidIn(language: typeof english): [string, string][] {
  const same = new Set(["optional", "list", "textChoice", "placed", "pixels"]);
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

test("what is counted has the form that its number asks for", () => {
  const letters = (limit: number): string => arabic.characters(3, limit);

  expect([1, 5].map((limit) => english.characters(1, limit))).toEqual(["1 of 1 character", "1 of 5 characters"]);
  expect(english.findings["too-many-colors"]("1")).toBe("This needs more than 1 colour, the most we can print here.");
  expect(german.findings["too-many-colors"]("1")).toContain("mehr als eine Farbe,");
  expect(german.findings["too-many-colors"]("3")).toContain("mehr als 3 Farben,");
  expect([2, 5, 40, 103, 120, 200].map(letters)).toEqual([
    "3 من حرفين",
    "3 من 5 أحرف",
    "3 من 40 حرفًا",
    "3 من 103 أحرف",
    "3 من 120 حرفًا",
    "3 من 200 حرف",
  ]);
  expect([1, 12].map((turn) => english.placed(100, turn))).toEqual([
    "Size 100 percent, turned 1 degree",
    "Size 100 percent, turned 12 degrees",
  ]);
  expect([2, 5, 45].map((turn) => arabic.placed(100, turn).split("والدوران ")[1])).toEqual([
    "درجتان",
    "5 درجات",
    "45 درجة",
  ]);
  expect(arabic.findings["text-too-long"]("5")).toContain("استخدم 5 أحرف على الأكثر");
  expect(arabic.findings["text-too-short"]("12")).toContain("استخدم 12 حرفًا على الأقل");
  expect(arabic.findings["too-many-colors"]("1")).toContain("أكثر من لون واحد،");
  expect(arabic.findings["too-many-colors"]("3")).toContain("أكثر من 3 ألوان،");
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
