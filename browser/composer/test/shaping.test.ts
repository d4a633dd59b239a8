/** HarfBuzz in WebAssembly: loaded once, shaping and drawing, memory steady. */

import { beforeAll, expect, test } from "vitest";
import { compose, type Font, loadShaper, needed, ResourceMissing } from "../src/index.ts";
import { Paragraph } from "../src/paragraphs.ts";
import { capitals, cased, cleaned, clusters, letters } from "../src/spelling.ts";
import { handWritten, loadFonts } from "./designs.ts";

let fonts: Map<string, Font>;

beforeAll(async () => {
  fonts = await loadFonts();
});

function glyphs(text: string, name: string): number[] {
  const paragraph = new Paragraph(text);
  return paragraph.line(fonts.get(`font:${name}`) as Font, 0, paragraph.codes.length).glyphs.map((glyph) => glyph.id);
}

test("HarfBuzz is loaded once, whatever is asked for later", async () => {
  const nowhere = "file:///no/such/harfbuzz.wasm";

  expect(await loadShaper(nowhere)).toBe(await loadShaper(nowhere));
});

test("Arabic letters join, Devanagari reorders and forms conjuncts", () => {
  expect(new Set(glyphs("ببب", "cairo")).size).toBeGreaterThanOrEqual(3);
  expect(glyphs("कि", "baloo").at(-1)).toBe(glyphs("क", "baloo")[0]);
  expect(glyphs("क्ष", "baloo")).toHaveLength(1);
});

test("in vertical lines signs take the forms that their font has for them", () => {
  const upright = (text: string) =>
    new Paragraph(text, true).line(fonts.get("font:upright") as Font, 0, 1).glyphs[0]?.id;

  expect(["ー", "。", "ロ"].map(upright)).toEqual([3, 5, 6]);
  expect(["ー", "。", "ロ"].map((text) => glyphs(text, "upright")[0])).toEqual([2, 4, 6]);
});

test("text is cleaned and set in capitals as on the server", () => {
  expect(cleaned("e\u0301\r\na\tb\u200e\u202e\u0085")).toBe("é\na b");
  expect(cleaned("x\ud83d e\udc00\u0301🎂")).toBe("x é🎂");
  expect(capitals("straße ƛ")).toBe("STRASSE ƛ");
});

test("letters that are drawings are what a reader counts", () => {
  expect(letters("e\u0301J\u030c❤\ufe0f👍🏽1\ufe0f\u20e3a\u00ad")).toEqual([
    "é",
    "J\u030c",
    "❤",
    "👍🏽",
    "1\u20e3",
    "a",
  ]);
  expect(letters("\ufe0f")).toEqual(["\ufe0f"]);
});

test.each([
  ["the 'best' dad ’tis", "The 'Best' Dad ’Tis"],
  ["пʼять П’ЯТЬ", "Пʼять П’ять"],
  ["ﬁn ßa ŉ և ᾳ", "Fin Ssa ʼN Եւ Αι"],
  ["ǆep Ǉ ǌ Ǳǳ", "ǅep ǈ ǋ ǲǳ"],
])("a title has a capital where a word begins: %s", (text, title) => {
  expect(cased(text, "title")).toBe(title);
});

test.each([
  [["🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}", "🏴"]],
  [["ที่", "กำ", "นํ้", "า"]],
  [["த", "மி", "ழ்", "நா", "டு"]],
  [["မြ", "န်", "မာ"]],
  [["က္က", "ක්", "ෂ", "ක්\u200dෂ"]],
  [["ｶﾞ", "ｷ"]],
  [["\u1112\u119e\u11ab", "가"]],
])("what belongs together stays together: %s", (parts) => {
  expect(clusters(parts.join(""))).toEqual(parts);
});

test("a font that was not loaded is named", () => {
  const [, latin] = handWritten().find(([name]) => name === "latin") ?? [];
  if (latin === undefined) throw new Error("no such design");

  expect(needed(latin.workflow, latin.answers, {}).fonts).toEqual(new Set(["font:noto"]));
  const nothing = { fonts: new Map(), drawings: new Map(), context: {} };
  expect(() => compose(latin.workflow, latin.answers, nothing)).toThrow(ResourceMissing);
});

test("the same text gives the same glyphs however often it is shaped", () => {
  const shape = () => glyphs("Happy Birthday, Grandma!", "pacifico");
  const first = shape();
  for (let round = 0; round < 5000; round++) shape();

  expect(shape()).toEqual(first);
});
