/** Paragraphs with levels and scripts, and lines of them as glyphs (docs/composing.md, Text 2-4). Knows no region. */

import { baseLevel, groups, levelsOf, needsBidi, visual, withLineEnd } from "./bidi.ts";
import { bidiClass, isUnknown, scriptOf } from "./characters.ts";
import type { Font } from "./fonts.ts";
import { columns, GLYPH, type Shaped } from "./harfbuzz.ts";
import { SOFT_HYPHEN, ZERO_WIDTH_SPACE } from "./spelling.ts";

const SPACE = 0x20;
const REPLACEMENT = 0xfffd;

/** A glyph and where it stands on its line, in font units, y up. */
export interface PlacedGlyph {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  /** The middle of the glyph that moves the line on, its own or of the one it is a mark of. */
  readonly middle: number;
}

/** A shaped line, its glyphs from left to right; `missing` are the characters the font lacks, in order. */
export interface Line {
  readonly width: number;
  readonly glyphs: readonly PlacedGlyph[];
  readonly missing: readonly number[];
  /** The indices of the glyphs that are spaces between words. */
  readonly gaps: readonly number[];
  /** The direction of the paragraph. */
  readonly rtl: boolean;
}

interface Run {
  readonly level: number;
  readonly glyphs: Shaped;
}

/**
 * A paragraph's code points, and what the algorithms say about each of them. Break marks are none of them, so that
 * nothing is set otherwise for their sake.
 */
export class Paragraph {
  readonly codes: readonly number[];
  /** The indices before which break marks stand, and whether a line that ends there shows a hyphen. */
  readonly chances: ReadonlyMap<number, boolean>;
  readonly #base: number;
  readonly #classes: readonly string[];
  readonly #levels: readonly number[];
  readonly #scripts: readonly string[];

  readonly #upright: boolean;

  /** The paragraph of this text, which holds no line end; an upright one stands in a vertical line. */
  constructor(text: string, upright = false) {
    this.#upright = upright;
    const { codes, chances } = read(text);
    this.codes = codes;
    this.chances = chances;
    const mixed = needsBidi(this.codes);
    this.#classes = this.codes.map((code) => (mixed ? bidiClass(code) : "L"));
    this.#base = baseLevel(this.#classes);
    this.#levels = mixed ? levelsOf(this.codes, this.#classes, this.#base) : this.codes.map(() => 0);
    this.#scripts = scriptsOf(this.codes);
  }

  /** Where the line ends without the spaces at its end. */
  trimmed(start: number, end: number): number {
    let last = end;
    while (last > start && this.codes[last - 1] === SPACE) last--;
    return last;
  }

  /** The line of these characters, and a hyphen behind them where one is shown, shaped anew. */
  line(font: Font, start: number, end: number, hyphen = false): Line {
    const codes = [...this.codes.slice(start, end), ...(hyphen ? [font.hyphen.code] : [])];
    const runs = this.#shaped(font, start, end, hyphen);
    const absent = new Set<number>();
    for (const { glyphs } of runs) {
      for (let at = 0; at < glyphs.length; at += GLYPH.length) {
        if (glyphs[at] === 0) absent.add(glyphs[at + GLYPH.cluster] as number);
      }
    }
    const ordered = visual(runs, (run) => run.level);
    const missing = codes.filter((code, at) => absent.has(at) || isUnknown(code));
    const clusters = ordered.flatMap(({ glyphs }) => columns(glyphs, GLYPH.cluster));
    const gaps = [...clusters.keys()].filter((at) => codes[clusters[at] as number] === SPACE);
    return { ...placed(ordered), missing, gaps, rtl: this.#base % 2 === 1 };
  }

  /** How far each character moves on where the whole paragraph is one line: the measure for breaking it. */
  advances(font: Font): number[] {
    const found = this.codes.map(() => 0);
    for (const { glyphs } of this.#shaped(font, 0, this.codes.length)) {
      for (let at = 0; at < glyphs.length; at += GLYPH.length) {
        const cluster = glyphs[at + GLYPH.cluster] as number;
        found[cluster] = (found[cluster] as number) + (glyphs[at + GLYPH.advance] as number);
      }
    }
    return found;
  }

  #shaped(font: Font, start: number, end: number, hyphen = false): Run[] {
    const codes = this.codes.slice(start, end).map((code) => (isUnknown(code) ? REPLACEMENT : code));
    const levels = withLineEnd(this.#levels.slice(start, end), this.#classes.slice(start, end), this.#base);
    const kinds = levels.map((level, at) => ({ level, script: this.#scripts[start + at] as string }));
    if (hyphen) {
      // It goes with the word it parts, whatever the direction of the paragraph.
      codes.push(font.hyphen.code);
      kinds.push(kinds.at(-1) as { level: number; script: string });
    }
    return groups(kinds, ({ level, script }) => `${level}${script}`).map(({ run, start: from }) => {
      const { level, script } = kinds[from] as { level: number; script: string };
      return { level, glyphs: font.shape(codes, from, run.length, script, level % 2 === 1, this.#upright) };
    });
  }
}

function read(text: string): { codes: number[]; chances: Map<number, boolean> } {
  const codes: number[] = [];
  const chances = new Map<number, boolean>();
  for (const character of text) {
    if (character === ZERO_WIDTH_SPACE) chances.set(codes.length, false);
    else if (character === SOFT_HYPHEN) chances.set(codes.length, chances.get(codes.length) ?? true);
    else codes.push(character.codePointAt(0) as number);
  }
  return { codes, chances };
}

function placed(runs: readonly Run[]): { width: number; glyphs: PlacedGlyph[] } {
  let pen = 0;
  const glyphs: PlacedGlyph[] = [];
  for (const { level, glyphs: shaped } of runs) {
    const middles = middlesOf(columns(shaped, GLYPH.advance), pen, level % 2 === 1);
    for (const [index, middle] of middles.entries()) {
      const at = index * GLYPH.length;
      const [id, x, y] = [shaped[at], shaped[at + GLYPH.x], shaped[at + GLYPH.y]] as [number, number, number];
      glyphs.push({ id, x: pen + x, y, middle });
      pen += shaped[at + GLYPH.advance] as number;
    }
  }
  return { width: pen, glyphs };
}

/** A glyph that does not move on has the middle of the one it stands on, which a right-to-left run has behind it. */
function middlesOf(advances: readonly number[], start: number, rtl: boolean): number[] {
  let pen = start;
  const own = advances.map((advance) => {
    pen += advance;
    return advance === 0 ? null : pen - advance + advance / 2;
  });
  const before = carried(own);
  const behind = carried([...own].reverse()).reverse();
  const [nearest, other] = rtl ? [behind, before] : [before, behind];
  return nearest.map((each, at) => each ?? other[at] ?? pen);
}

/** Each value, or where there is none, the last one before it. */
function carried(values: readonly (number | null)[]): (number | null)[] {
  let last: number | null = null;
  return values.map((value) => {
    last = value ?? last;
    return last;
  });
}

/** A common character takes the script before it; at the start that of the first real one. */
function scriptsOf(codes: readonly number[]): string[] {
  const own = codes.map(scriptOf);
  let last = own.find((each) => each !== "Zyyy") ?? "Latn";
  return own.map((each) => {
    if (each !== "Zyyy") last = each;
    return last;
  });
}
