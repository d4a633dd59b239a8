/** The bidirectional algorithm, against bidi-js. */

import bidiFactory from "bidi-js";
import { describe, expect, test } from "vitest";
import { baseLevel, levelsOf, visual, withLineEnd } from "../src/bidi.ts";
import { bidiClass, codePoints } from "../src/characters.ts";

const peer = bidiFactory();
// Letters, numbers, separators, terminators, brackets, marks and neutrals.
const ALPHABET = [..."abאבגשسل12٣٤+-,.:/%$€ !?*()[]()\u0301\u064e"];

function levels(text: string): number[] {
  const classes = codePoints(text).map(bidiClass);
  return levelsOf(codePoints(text), classes, baseLevel(classes));
}

function peerLevels(text: string): number[] {
  return [...peer.getEmbeddingLevels(text).levels];
}

describe("levels are those of bidi-js", () => {
  test.each([
    "hello world",
    "abc שלום def",
    "שלום abc עולם",
    "price 10.50 שקל!",
    "مرحبا 12,5% hello",
    "السعر ١٢٣ ريال",
    "12 שלום 34",
    "a-ב 1-2 +3",
    "אני אוהב C++ (ISO)",
    "א(ב[a)ג]",
  ])("%s", (text) => {
    expect(inside(text, levels(text))).toEqual(inside(text, peerLevels(text)));
  });

  test("in any line of letters, numbers, marks and signs", () => {
    const random = seeded(7);
    for (let round = 0; round < 3000; round++) {
      const length = 1 + Math.floor(random() * 24);
      const text = Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join("");

      expect(inside(text, levels(text)), JSON.stringify(text)).toEqual(inside(text, peerLevels(text)));
    }
  });
});

test("white space at the end of a line takes the level of the paragraph", () => {
  const codes = codePoints("abc אב \u3000");
  const classes = codes.map(bidiClass);

  expect(withLineEnd(levelsOf(codes, classes, 0), classes, 0)).toEqual([0, 0, 0, 0, 1, 1, 0, 0]);
});

test("runs are put in visual order, not their insides", () => {
  const runs = ["0a", "1b", "2c", "1d", "0e"];

  expect(visual(runs, (run) => Number(run[0]))).toEqual(["0a", "1d", "2c", "1b", "0e"]);
});

/** Without the white space at the end: bidi-js has applied L1 already, we apply it line by line. */
function inside(text: string, found: number[]): number[] {
  return found.slice(0, text.trimEnd().length);
}

/** A small linear congruence: the same numbers each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}
