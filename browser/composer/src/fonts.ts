/** A font: its metrics, shaped runs and outlines. Knows no text layout. Keeps outlines it has drawn. */

import { columns, GLYPH, type Shaped, type Shaper } from "./harfbuzz.ts";
import { positionsHebrew, withPositioning } from "./positioning.ts";

/** A path: its letters, and the coordinates that go to them, x, y, x, y, in font units, y up. */
export interface Outline {
  readonly letters: string;
  readonly coordinates: readonly number[];
}

const EMPTY: Outline = { letters: "", coordinates: [] };
const [HYPHEN, HYPHEN_MINUS] = [0x2010, 0x2d] as const;

/** A font from the bytes of its file. Equal bytes give equal results; broken bytes give a font without glyphs. */
export class Font {
  readonly upem: number;
  readonly ascender: number;
  readonly descender: number;
  readonly line: number;
  readonly #shaper: Shaper;
  readonly #font: number;
  readonly #hebrew: string;
  readonly #outlines = new Map<number, Outline>();
  #hyphen: { code: number; advance: number } | null = null;

  constructor(shaper: Shaper, data: Uint8Array) {
    const { font, upem, extents } = shaper.open(withPositioning(data));
    const [ascender, descender, gap] = extents;
    this.#shaper = shaper;
    this.#hebrew = positionsHebrew(data) ? "Hebr" : "Latn";
    this.#font = font;
    this.upem = upem;
    this.ascender = ascender;
    this.descender = descender;
    this.line = ascender - descender + gap;
  }

  /**
   * The glyphs of one run, from left to right, with all of `codes` as its context; `upright` ones in their forms for
   * vertical lines.
   */
  shape(codes: readonly number[], start: number, count: number, script: string, rtl: boolean, upright = false): Shaped {
    const tag = script === "Hebr" ? this.#hebrew : script;
    return this.#shaper.shape(this.#font, codes, start, count, tag, rtl, upright);
  }

  /** The character that shows where a word is parted, U+2010 or `-` in a font that has it not, and how wide it is. */
  get hyphen(): { readonly code: number; readonly advance: number } {
    if (this.#hyphen === null) {
      const code = this.#alone(HYPHEN, GLYPH.id).every((id) => id !== 0) ? HYPHEN : HYPHEN_MINUS;
      const advance = this.#alone(code, GLYPH.advance).reduce((sum, each) => sum + each, 0);
      this.#hyphen = { code, advance };
    }
    return this.#hyphen;
  }

  #alone(code: number, column: number): number[] {
    return columns(this.shape([code], 0, 1, "Latn", false), column);
  }

  /** The glyph's outline. That of glyph 0, the missing character, is empty. */
  outline(glyph: number): Outline {
    let found = this.#outlines.get(glyph);
    if (found === undefined) {
      found = glyph === 0 ? EMPTY : this.#drawn(glyph);
      this.#outlines.set(glyph, found);
    }
    return found;
  }

  #drawn(glyph: number): Outline {
    let letters = "";
    const coordinates: number[] = [];
    this.#shaper.draw(this.#font, glyph, (letter, values) => {
      letters += letter;
      coordinates.push(...values.map(snapped));
    });
    return { letters, coordinates };
  }
}

/** To 1/64 unit: scaled parts of composite glyphs are single precision, whose last bit depends on the compiler. */
function snapped(value: number): number {
  return Math.floor(value * 64 + 0.5) / 64;
}
