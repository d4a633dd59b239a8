/** Lines of text fitted to a rectangle: breaking and size (docs/composing.md, Text 5-7). Knows no colour. */

import { isInWord, markOf, NO_BREAK_AFTER, NO_BREAK_BEFORE } from "./characters.ts";
import type { FullRegion, FullTextStep } from "./complete.ts";
import type { Font } from "./fonts.ts";
import { type Line, Paragraph } from "./paragraphs.ts";
import { clusters, withoutBreakMarks } from "./spelling.ts";

const SPACE = 0x20;
const HYPHENS = new Set([0x2d, 0x2010, 0x2013, 0x2014]);
const WIDE = [
  [0x3000, 0x30ff],
  [0x31f0, 0x31ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
  [0xff01, 0xff9f],
  [0x20000, 0x3ffff],
] as const;
const FIRST_WIDE = WIDE[0][0];
const SMALL_KANA = [0x31f0, 0x31ff] as const;

/** The lines and their size in tenths of a point; `fits` is false where even the smallest size is too large. */
export interface Layout {
  readonly lines: readonly Line[];
  readonly size: number;
  readonly fits: boolean;
  /** The lines that end a paragraph, by index: they are not stretched. */
  readonly ends: ReadonlySet<number>;
}

/** Where a line may end, and whether it shows a hyphen there; `trimmed` is where it ends without spaces. */
interface Chance {
  readonly end: number;
  readonly trimmed: number;
  readonly hyphen: boolean;
}

/** A part of a paragraph that becomes a line; it is shaped when first asked for. */
interface Span {
  readonly ends: boolean;
  line(): Line;
}

/** A paragraph with its chances to break and its lines, each shaped once. */
class Breakable {
  readonly #paragraph: Paragraph;
  readonly #font: Font;
  readonly #lines = new Map<string, Line>();
  #sums: number[] = [];
  #chances: Chance[] = [];

  constructor(text: string, font: Font, upright: boolean) {
    this.#paragraph = new Paragraph(text, upright);
    this.#font = font;
  }

  /** The paragraph as one line. */
  whole(): Span[] {
    return [this.#span(0, this.#paragraph.trimmed(0, this.#paragraph.codes.length), false, true)];
  }

  /** The paragraph broken greedily where its lines are wider than the room at this size. */
  wrapped(size: number, room: number): Span[] {
    this.#measure();
    const spans: Span[] = [];
    let start = 0;
    let at = 0;
    while (at < this.#chances.length) {
      const taken = this.#farthest(start, at, size, room);
      const { end, trimmed, hyphen } = this.#chances[taken] as Chance;
      at = taken + 1;
      spans.push(this.#span(start, Math.max(start, trimmed), hyphen, at === this.#chances.length));
      start = end;
    }
    return spans;
  }

  /**
   * The last chance up to which a line fits, by index; else the first at which something stands on it. A hyphen may be
   * what is too wide where the next letter is not.
   */
  #farthest(start: number, first: number, size: number, room: number): number {
    const last = this.#chances.length - 1;
    let found: number | null = null;
    for (let at = first; at <= last; at++) {
      const { trimmed, hyphen } = this.#chances[at] as Chance;
      if (trimmed <= start) continue;
      const width = (this.#sums[trimmed] as number) - (this.#sums[start] as number);
      if (found !== null && !(width * size <= room)) break;
      if (found === null || !hyphen || (width + this.#font.hyphen.advance) * size <= room) found = at;
    }
    return found ?? last;
  }

  #measure(): void {
    if (this.#chances.length > 0) return;
    let sum = 0;
    this.#sums = [0, ...this.#paragraph.advances(this.#font).map((advance) => (sum += advance))];
    const ends = [...breaks(this.#paragraph), { end: this.#paragraph.codes.length, hyphen: false }];
    this.#chances = ends.map((each) => ({ ...each, trimmed: this.#paragraph.trimmed(0, each.end) }));
  }

  #span(start: number, end: number, hyphen: boolean, ends: boolean): Span {
    return { ends, line: () => this.#line(start, end, hyphen) };
  }

  #line(start: number, end: number, hyphen: boolean): Line {
    const key = `${start} ${end} ${hyphen}`;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = this.#paragraph.line(this.#font, start, end, hyphen);
      this.#lines.set(key, line);
    }
    return line;
  }
}

/** One text in one font, to be fitted to any number of regions. Vertical text has a line for each character. */
export class Fitting {
  readonly #step: FullTextStep;
  readonly #font: Font;
  readonly #wraps: boolean;
  readonly #paragraphs: readonly Breakable[];

  constructor(step: FullTextStep, text: string, font: Font) {
    this.#step = step;
    this.#font = font;
    const upright = step.vertical && !step.curved;
    this.#wraps = step.allowNewlines && !upright;
    const parts = upright ? clusters(withoutBreakMarks(text.replaceAll("\n", " "))) : text.split("\n");
    this.#paragraphs = (parts.length > 0 ? parts : [""]).map((part) => new Breakable(part, font, upright));
  }

  /** The layout at the step's fixed size, or at the largest allowed size that fits. */
  into(region: FullRegion): Layout {
    let [low, high] = this.#sizes();
    if (this.#fits(high, region)) return this.#at(high, region, true);
    if (!this.#fits(low, region)) return this.#at(low, region, false);
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#fits(middle, region)) low = middle;
      else high = middle;
    }
    return this.#at(low, region, true);
  }

  /** The same for a single line that may be so long, whatever its height. */
  along(length: number): Layout {
    const [low, high] = this.#sizes();
    const line = (this.#paragraphs[0] as Breakable).whole()[0]?.line() as Line;
    const room = length * 10 * this.#font.upem;
    const only = { lines: [line], ends: new Set([0]) };
    if (line.width * high <= room) return { ...only, size: high, fits: true };
    if (!(line.width * low <= room)) return { ...only, size: low, fits: false };
    return { ...only, size: Math.max(low, Math.floor(room / line.width)), fits: true };
  }

  /** The characters that the font lacks, in order. */
  missing(): number[] {
    return this.#paragraphs.flatMap((each) => each.whole().flatMap((span) => span.line().missing));
  }

  /** The smallest and the largest allowed size; a fixed one is both. */
  #sizes(): [number, number] {
    const { size, minSize, maxSize } = this.#step;
    return size === null ? [tenths(minSize), tenths(maxSize)] : [tenths(size), tenths(size)];
  }

  #at(size: number, region: FullRegion, fits: boolean): Layout {
    const spans = this.#spans(size, region);
    const ends = new Set([...spans.keys()].filter((at) => spans[at]?.ends));
    return { lines: spans.map((span) => span.line()), size, fits, ends };
  }

  #spans(size: number, region: FullRegion): Span[] {
    if (!this.#wraps) return this.#paragraphs.flatMap((each) => each.whole());
    return this.#paragraphs.flatMap((each) => each.wrapped(size, region.width * 10 * this.#font.upem));
  }

  #fits(size: number, region: FullRegion): boolean {
    const spans = this.#spans(size, region);
    const { upem } = this.#font;
    // The height first: it costs nothing, while a width wants its line shaped.
    if (!(blockHeight(this.#font, spans.length) * size <= region.height * 10 * upem)) return false;
    return spans.every((span) => span.line().width * size <= region.width * 10 * upem);
  }
}

/** How high so many lines are, in font units. */
export function blockHeight(font: Font, lines: number): number {
  return font.ascender - font.descender + (lines - 1) * font.line;
}

function tenths(points: number): number {
  return Math.floor(points * 10 + 0.5);
}

/** Where a line may begin, but for the start and the end, and whether the line before it shows a hyphen. */
function breaks({ codes, chances }: Paragraph): { end: number; hyphen: boolean }[] {
  const found: { end: number; hyphen: boolean }[] = [];
  for (let at = 1; at < codes.length; at++) {
    const [before, after] = [codes[at - 1] as number, codes[at] as number];
    const afterSpace = before === SPACE && after !== SPACE;
    const plain = afterSpace || HYPHENS.has(before) || part(before, after);
    const marked = after === SPACE || markOf(after) !== "N" ? undefined : chances.get(at);
    if (plain || marked !== undefined) found.push({ end: at, hyphen: !plain && marked === true });
  }
  return found;
}

function isWide(code: number): boolean {
  return WIDE.some(([first, last]) => first <= code && code <= last);
}

/** Whether a line may end between two characters that are as wide as high, or such a one and one of a word. */
function part(before: number, after: number): boolean {
  if (before < FIRST_WIDE && after < FIRST_WIDE) return false;
  const wide = [isWide(before), isWide(after)];
  if (!wide.includes(true) || !((wide[0] || isInWord(before)) && (wide[1] || isInWord(after)))) return false;
  const isSmall = SMALL_KANA[0] <= after && after <= SMALL_KANA[1];
  return !NO_BREAK_AFTER.has(before) && !NO_BREAK_BEFORE.has(after) && !isSmall && markOf(after) === "N";
}
