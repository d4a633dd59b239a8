/** Break marks: where lines may end that are not seen, and what they leave as it is. */

import { beforeAll, describe, expect, test } from "vitest";
import type { FullRegion, FullTextStep } from "../src/complete.ts";
import { complete } from "../src/complete.ts";
import { countCharacters, type Font } from "../src/index.ts";
import { Fitting } from "../src/layout.ts";
import { type Line, Paragraph } from "../src/paragraphs.ts";
import { cased, cleaned, isBlank, shortened, words } from "../src/spelling.ts";
import { loadFonts } from "./designs.ts";

let fonts: Map<string, Font>;

beforeAll(async () => {
  fonts = await loadFonts();
});

/** The lines of a text of 20 points in a narrow region. */
function lines(text: string, name: string): readonly Line[] {
  const region = { panel: "front", left: 0, top: 0, width: 100, height: 200 };
  const members = { stepName: "text", stepTitle: "Words", size: 20, allowNewlines: true, regions: [region] };
  const workflow = {
    name: "sample",
    panels: [],
    options: [],
    steps: [{ type: "Text" as const, ...members }],
    scenes: [],
  };
  const step = complete(workflow).steps[0] as FullTextStep;
  const layout = new Fitting(step, text, fonts.get(`font:${name}`) as Font).into(step.regions[0] as FullRegion);
  return layout.lines;
}

describe("a line ends as if parted by hand", () => {
  test.each([
    ["Grandmother\u200bGrandfather", "Grandmother\nGrandfather"],
    ["Grand\u00admotherly", "Grand\u2010\nmotherly"],
    ["Grand\u00admot", "Grandmot"],
    ["Of\u00adfice", "Office"],
    ["Grandmother\u200b Grandfather", "Grandmother\nGrandfather"],
    ["Grandmother\u00ad Grandfather", "Grandmother\nGrandfather"],
    ["Grandmother-\u00adGrandfather", "Grandmother-\nGrandfather"],
    ["\u00adGrandmother\u00ad", "Grandmother"],
    ["\u200bGrandmothers\u200b", "Grandmothers"],
    ["Grandmothe\u00ad\u0301r", "Grandmothe\u0301r"],
    ["Grand\u00ad\u200bmotherly", "Grand\nmotherly"],
    ["日本Grandmother", "日本\nGrandmother"],
    ["Grandmother日本語", "Grandmother\n日本語"],
    ["日本「Grandmother」日", "日本\n「Grandmother」\n日"],
    [`${"i".repeat(18)}\u00adi ab`, `${"i".repeat(19)}\nab`],
  ])("%s", (text, byHand) => {
    expect(lines(text, "noto")).toEqual(lines(byHand, "noto"));
  });

  test("with a hyphen-minus in a font without hyphens", () => {
    expect(lines("Grand\u00admotherly", "cairo")).toEqual(lines("Grand-\nmotherly", "cairo"));
  });
});

test("spaces before a word longer than the line make no empty line", () => {
  expect(lines("   Grandmotherlyness", "noto")).toHaveLength(1);
});

test("a hyphen stands behind its word in both directions", () => {
  const cairo = fonts.get("font:cairo") as Font;
  const ids = (line: Line) => line.glyphs.map(({ id }) => id);
  const alone = (word: string) => ids(new Paragraph(word).line(cairo, 0, [...word].length));

  expect(ids(new Paragraph("سلام Grand\u00admother").line(cairo, 0, 10, true)).slice(0, 6)).toEqual(alone("Grand-"));
  expect(ids(new Paragraph("Grand مسؤو\u00adليات").line(cairo, 0, 10, true)).slice(-5)).toEqual(alone("مسؤو-"));
});

test("of break marks side by side one is left", () => {
  expect(cleaned("a\u00ad\u00ad\u2060\u00adb\u00ad\u200b\u00adc")).toBe("a\u00adb\u200bc");
});

test("break marks are no characters of a length", () => {
  expect(countCharacters("\u200bab\u00adcd\u200be\u00ad\u0301")).toBe(5);
  expect(shortened("ab\u00adcd\u200bef", 6)).toBe("ab\u00adcd\u200bef");
  expect(shortened("ab\u00adcd\u200bef", 3)).toBe("ab\u00adc");
  expect(shortened("\u200b🎂\u00adb", 1)).toBe("\u200b🎂\u00ad");
});

test("what cannot be seen by itself is blank", () => {
  expect(["\u200b", "\u00ad \u00ad", "\u200d", " \u200c\n"].filter((text) => !isBlank(text))).toEqual([]);
});

test("no word ends at a soft hyphen or joiner", () => {
  expect(cased("donau\u00addampf auf\u200clage ΟΔΟ\u00adΣΑΣ\u00ad one\u200btwo", "title")).toBe(
    "Donau\u00addampf Auf\u200clage Οδο\u00adσας\u00ad One\u200bTwo",
  );
  expect(words("Donau\u00addampf auf\u200clage one\u200btwo")).toEqual(["Donaudampf", "auflage", "one", "two"]);
});
