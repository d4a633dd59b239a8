/** From what was typed to what is set: normal form, no controls, cases (docs/composing.md, Text 1). Knows no font. */

import { bidiClass, codePoints, isInWord, isLetter, isUnknown, markOf, textOf } from "./characters.ts";
import type { TextCase } from "./workflow.ts";

type Range = readonly [first: number, last: number];

const REMOVED: readonly Range[] = [
  [0x00, 0x09],
  [0x0b, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2069],
  [0xfeff, 0xfeff],
];
/** Where a line may end: with a hyphen that is seen only then, or without. */
export const [SOFT_HYPHEN, ZERO_WIDTH_SPACE] = ["\u00ad", "\u200b"] as const;
const BREAK_MARKS = /[\u00ad\u200b]+/g;
const LONE_SURROGATES = /\p{Surrogate}/gu;
const SELECTORS = /[\ufe0e\ufe0f]/g;
const NO_BREAK_SPACE = 0xa0;
/**
 * What goes with the character before it and is no mark: joiners, the Thai and Lao vowel AM, the voicing of narrow
 * katakana, skin tones, the tags that name the flag of a region.
 */
const EXTENDING: readonly Range[] = [
  [0x200c, 0x200d],
  [0xe33, 0xe33],
  [0xeb3, 0xeb3],
  [0xff9e, 0xff9f],
  [0x1f3fb, 0x1f3ff],
  [0xe0020, 0xe007f],
];
/** Vowels and final consonants of Hangul. */
const JAMO_BEHIND: readonly Range[] = [
  [0x1160, 0x11ff],
  [0xd7b0, 0xd7fb],
];
const HANGUL: readonly Range[] = [
  [0x1100, 0x11ff],
  [0xa960, 0xa97c],
  [0xac00, 0xd7fb],
];
const APOSTROPHES = "'\u2019\u02bc";
/** Letters that are two at once have a case of their own for where a word begins. */
const DIGRAPHS = new Map(
  ["ǆǅǄ", "ǉǈǇ", "ǌǋǊ", "ǳǲǱ"].flatMap((group) => [...group].map((each) => [each, group[1] as string] as const)),
);
const [SIGMA, FINAL_SIGMA] = ["\u03c3", "\u03c2"] as const;
/** Code points: a family of emoji in four skin tones has eleven. What is longer counts as several characters. */
const MOST_IN_CHARACTER = 12;
const JOINER = 0x200d;
/** What no word ends at: soft hyphens and joiners. */
const IN_WORDS = /[\u00ad\u200c\u200d]/g;

/**
 * NFC, line feeds for all line ends, spaces for tabs, no controls, no invisible marks but joiners and break marks.
 * Of break marks side by side one is left: there may be no more of them than of what a reader sees.
 */
export function cleaned(text: string): string {
  const lines = normal(wellFormed(text)).replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll("\t", " ");
  const kept = textOf(codePoints(lines).filter((code) => !isIn(code, REMOVED)));
  return kept.replace(BREAK_MARKS, (marks) => (marks.includes(ZERO_WIDTH_SPACE) ? ZERO_WIDTH_SPACE : SOFT_HYPHEN));
}

/** The text without halves of surrogate pairs, which are no characters and which no server reads. */
export function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATES, "");
}

/** The text without the soft hyphens and zero width spaces in it. */
export function withoutBreakMarks(text: string): string {
  return text.replace(BREAK_MARKS, "");
}

/** The text without soft hyphens and joiners: of two words that are spelt alike, one may have them. */
export function withoutJoints(text: string): string {
  return text.replace(IN_WORDS, "");
}

/** Upper case by the full mapping, character by character, but for capitals Unicode 14.0 does not know. */
export function capitals(text: string): string {
  return Array.from(text, capital).join("");
}

/** The text in the case that a step wants. */
export function cased(text: string, wanted: TextCase): string {
  if (wanted === "upper") return capitals(text);
  if (wanted === "lower") return lowered(text);
  return wanted === "title" ? title(text) : text;
}

/** Lower case by the full mapping, character by character; a sigma that ends a word is a final one. */
export function lowered(text: string): string {
  return lowerEach([...text]).join("");
}

/** The runs of letters, marks and digits, without the soft hyphens and joiners in them. */
export function words(text: string): string[] {
  const found: string[] = [];
  let inside = false;
  for (const character of withoutJoints(text)) {
    const belongs = isInWord(codeOf(character));
    if (belongs) found.push((inside ? (found.pop() as string) : "") + character);
    inside = belongs;
  }
  return found;
}

/** Characters with what belongs to them: marks, joined consonants, emoji sequences, flags. */
export function clusters(text: string): string[] {
  return clustered(text).map((cluster) => cluster.join(""));
}

/** So many characters, as a reader counts them, or all there are; without break marks, which nobody sees. */
export function firstCharacters(text: string, most: number): string[] {
  const near = [...withoutBreakMarks(text)].slice(0, (most + 1) * MOST_IN_CHARACTER);
  const parts = clustered(near).flatMap((cluster) => {
    const count = Math.ceil(cluster.length / MOST_IN_CHARACTER);
    const begins = Array.from({ length: count }, (_, at) => at * MOST_IN_CHARACTER);
    return begins.map((begin) => cluster.slice(begin, begin + MOST_IN_CHARACTER).join(""));
  });
  return parts.slice(0, most);
}

/**
 * The characters of a text whose letters are drawings: as a reader counts them, without marks that change none. A
 * variation selector only chooses between a coloured and a plain sign, and keyboards differ in setting it.
 */
export function letters(text: string): string[] {
  return clusters(normal(withoutBreakMarks(text))).map((each) => each.replace(SELECTORS, "") || each);
}

/** The text up to so many characters, with the break marks between them. */
export function shortened(text: string, most: number): string {
  let room = firstCharacters(text, most).join("").length;
  const end = text.split("").findIndex((unit) => unit !== SOFT_HYPHEN && unit !== ZERO_WIDTH_SPACE && room-- === 0);
  return end < 0 ? text : text.slice(0, end);
}

/** How many characters a reader counts. */
export function countCharacters(text: string): number {
  return firstCharacters(text, text.length).length;
}

function clustered(text: Iterable<string>): string[][] {
  const found: string[][] = [];
  for (const character of text) {
    const last = found.at(-1);
    if (last !== undefined && belongs(codeOf(character), last)) last.push(character);
    else found.push([character]);
  }
  return found;
}

/** Nothing but spaces, line ends, and joiners and break marks, which cannot be seen by themselves. */
export function isBlank(text: string): boolean {
  return codePoints(text).every((code) => "WBZ".includes(bidiClass(code)) || code === NO_BREAK_SPACE);
}

function isIn(code: number, ranges: readonly Range[]): boolean {
  return ranges.some(([first, last]) => first <= code && code <= last);
}

function normal(text: string): string {
  const unknown = (character: string) => isUnknown(character.codePointAt(0) as number);
  const pieces: string[] = [];
  let run = "";
  for (const character of text) {
    if (!unknown(character)) run += character;
    else {
      pieces.push(run.normalize("NFC"), character);
      run = "";
    }
  }
  return pieces.join("") + run.normalize("NFC");
}

function capital(character: string): string {
  return known(character, character.toUpperCase());
}

function lowerEach(characters: readonly string[]): string[] {
  return characters.map((character, at) => {
    const lower = lowerOf(character);
    return lower === SIGMA && character !== SIGMA && endsWord(characters, at) ? FINAL_SIGMA : lower;
  });
}

/** A capital where a word begins, small letters elsewhere; an apostrophe in a word does not end it. */
function title(text: string): string {
  const characters = [...text];
  const lower = lowerEach(characters);
  return characters
    .map((character, at) => (beginsWord(characters, at) ? initial(character) : (lower[at] as string)))
    .join("");
}

function lowerOf(character: string): string {
  return known(character, character.toLowerCase());
}

/** The capital that a word begins with: of a letter whose capital is several, only the first one is. */
function initial(character: string): string {
  const upper = [...(DIGRAPHS.get(character) ?? capital(character))];
  const first = upper.findIndex((each) => isLetter(codeOf(each)));
  return upper.map((each, at) => (at > Math.max(first, 0) ? lowerOf(each) : each)).join("");
}

function beginsWord(characters: readonly string[], at: number): boolean {
  if (!isLetter(codeOf(characters[at] as string))) return false;
  const before = next(characters, at, -1);
  const beyond = APOSTROPHES.includes(characters[before] ?? " ") ? next(characters, before, -1) : before;
  return !isInWord(codeOf(characters[beyond] ?? " "));
}

function endsWord(characters: readonly string[], at: number): boolean {
  const [before, after] = [characters[next(characters, at, -1)], characters[next(characters, at, 1)]];
  return isLetter(codeOf(before ?? " ")) && !isLetter(codeOf(after ?? " "));
}

/** Where the neighbour stands, but for soft hyphens and joiners. */
function next(characters: readonly string[], from: number, step: number): number {
  let at = from + step;
  while (withoutJoints(characters[at] ?? " ") === "") at += step;
  return at;
}

/** Whether a character goes with those before it. */
function belongs(code: number, cluster: readonly string[]): boolean {
  const last = codeOf(cluster.at(-1) as string);
  if (markOf(code) !== "N" || isIn(code, EXTENDING)) return true;
  if (isLetter(code)) return joins(cluster) || (isIn(code, JAMO_BEHIND) && isIn(last, HANGUL));
  if (last === JOINER) return true;
  return isRegional(code) && cluster.length === 1 && isRegional(last);
}

/** Whether the last consonant joins the one after it. */
function joins(cluster: readonly string[]): boolean {
  const last = codeOf(cluster.at(-1) as string);
  if (last === JOINER) return "VK".includes(markOf(codeOf(cluster.at(-2) ?? " ")));
  return markOf(last) === "V";
}

function isRegional(code: number): boolean {
  return code >= 0x1f1e6 && code <= 0x1f1ff;
}

function codeOf(character: string): number {
  return character.codePointAt(0) as number;
}

/** The other case of a character, where Unicode 14.0 knows them both. */
function known(character: string, other: string): string {
  return codePoints(character + other).some(isUnknown) ? character : other;
}
