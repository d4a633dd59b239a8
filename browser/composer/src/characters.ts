/** What is known about characters: bidi class, script, age, marks, brackets. From unicode.json, which the server reads too. */

import table from "../../../src/spiff/composing/unicode.json";

/** A value for every code point, kept as the starts of runs; the first thousands also as a plain list. */
class Runs {
  readonly #starts: number[] = [];
  readonly #values: string[] = [];
  readonly #near: string[];

  constructor(runs: string, value: string) {
    let start = 0;
    for (const [, length, name] of runs.matchAll(new RegExp(`([0-9a-z]+)(${value})`, "g"))) {
      this.#starts.push(start);
      this.#values.push(name as string);
      start += Number.parseInt(length as string, 36);
    }
    this.#near = Array.from({ length: 0x2100 }, (_, code) => this.#find(code));
  }

  of(code: number): string {
    return this.#near[code] ?? this.#find(code);
  }

  #find(code: number): string {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= code) low = middle;
      else high = middle;
    }
    return this.#values[low] as string;
  }
}

const BIDI = new Runs(table.bidi, "[A-Z]");
const SCRIPT = new Runs(table.script, "[A-Z][a-z]{3}");
const UNKNOWN = new Runs(table.unknown, "[A-Z]");
const MARK = new Runs(table.mark, "[A-Z]");

/** By opening bracket, the one that closes it. */
export const CLOSING: ReadonlyMap<number, number> = new Map(
  Array.from({ length: table.brackets.length / 2 }, (_, at) => [
    table.brackets.charCodeAt(2 * at),
    table.brackets.charCodeAt(2 * at + 1),
  ]),
);

/** Between characters as wide as high, a line breaks anywhere but there. */
export const [NO_BREAK_BEFORE, NO_BREAK_AFTER] = [codeSet(table.noBreakBefore), codeSet(table.noBreakAfter)];

/** One letter: L R, A (AL), E (EN), S (ES), T (ET), N (AN), C (CS), M (NSM), Z (BN), B, W (WS), O (ON). */
export function bidiClass(code: number): string {
  return BIDI.of(code);
}

/** The ISO 15924 code; Zyyy for common and inherited characters. */
export function scriptOf(code: number): string {
  return SCRIPT.of(code);
}

/** Not a character of Unicode 14.0, so machines differ in what they know about it. */
export function isUnknown(code: number): boolean {
  return code > 0x2ff && UNKNOWN.of(code) === "Y";
}

/** M for a combining mark, V for one that joins the consonant after it, K with a joiner only, N for no mark. */
export function markOf(code: number): string {
  return MARK.of(code);
}

/** A letter of some script, as far as words and cases are concerned. */
export function isLetter(code: number): boolean {
  return "LRA".includes(bidiClass(code)) && scriptOf(code) !== "Zyyy";
}

/** A letter, a mark or a digit. */
export function isInWord(code: number): boolean {
  return isLetter(code) || markOf(code) !== "N" || "EN".includes(bidiClass(code));
}

function codeSet(text: string): ReadonlySet<number> {
  return new Set(codePoints(text));
}

/** The code points of a text. */
export function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) as number);
}

/** The text of code points. */
export function textOf(codes: readonly number[]): string {
  return codes.map((code) => String.fromCodePoint(code)).join("");
}

/** The server's order of names, which is not that of UTF-16. */
export function byCodePoints(one: string, other: string): number {
  const [left, right] = [codePoints(one), codePoints(other)];
  const at = left.findIndex((code, index) => code !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1);
}
