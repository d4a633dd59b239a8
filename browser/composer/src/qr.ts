/** QR codes (ISO/IEC 18004): text in, dark and light modules out. Byte mode, level M. Knows no region. */

// Table 9 of the standard at level M, by version: error correction codewords of a block, and blocks.
const CORRECTION = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
];
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
];
const [FIELD, FORMAT, FORMAT_MASK, VERSION] = [0x11d, 0x537, 0x5412, 0x1f25];
const PADDING = [0xec, 0x11] as const;
const RUN = /0{5,}|1{5,}/g;
const FINDER_LIKE = /(?=10111010000|00001011101)/g;

/** Rows of 0 (light) and 1 (dark). */
export type Modules = readonly (readonly number[])[];

const known = new Map<string, Modules | null>();
const MOST_KNOWN = 64;

/** The smallest code for this text, row by row, without its quiet zone; null where no code holds so many bytes. */
export function qrCode(text: string): Modules | null {
  let code = known.get(text);
  if (code === undefined) {
    code = made(new TextEncoder().encode(text));
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(text, code);
  }
  return code;
}

function made(data: Uint8Array): Modules | null {
  const version = versionFor(data.length);
  if (version === null) return null;
  const grid = patterns(version);
  fill(grid, codewords(version, data));
  const masked = MASKS.map((_, mask) => maskedBy(grid, mask));
  const penalties = masked.map(penalty);
  return masked[penalties.indexOf(Math.min(...penalties))] as Modules;
}

function versionFor(count: number): number | null {
  for (let version = 1; version <= 40; version++) {
    if (4 + countBits(version) + 8 * count <= 8 * capacity(version)) return version;
  }
  return null;
}

function countBits(version: number): number {
  return version < 10 ? 8 : 16;
}

function capacity(version: number): number {
  return allCodewords(version) - at(CORRECTION, version - 1) * at(BLOCKS, version - 1);
}

function allCodewords(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const aligned = Math.floor(version / 7) + 2;
    modules -= (25 * aligned - 10) * aligned - 55;
  }
  return Math.floor((modules - (version > 6 ? 36 : 0)) / 8);
}

/** Data in blocks with their error correction, interleaved (7.6). */
function codewords(version: number, data: Uint8Array): number[] {
  const stream = padded(version, data);
  const count = at(BLOCKS, version - 1);
  const short = Math.floor(stream.length / count);
  const longer = stream.length % count;
  const blocks: number[][] = [];
  for (let index = 0, begin = 0; index < count; index++) {
    const end = begin + short + (index >= count - longer ? 1 : 0);
    blocks.push(stream.slice(begin, end));
    begin = end;
  }
  const by = divisor(at(CORRECTION, version - 1));
  return [...interleaved(blocks), ...interleaved(blocks.map((block) => remainder(block, by)))];
}

/** Mode, length, bytes, terminator and padding (7.4). */
function padded(version: number, data: Uint8Array): number[] {
  const binary = (value: number, digits: number) => value.toString(2).padStart(digits, "0");
  let bits = `0100${binary(data.length, countBits(version))}${[...data].map((each) => binary(each, 8)).join("")}`;
  const words = capacity(version);
  bits += "0".repeat(Math.min(4, 8 * words - bits.length));
  bits += "0".repeat((8 - (bits.length % 8)) % 8);
  const found = (bits.match(/.{8}/g) ?? []).map((each) => Number.parseInt(each, 2));
  for (let index = 0; found.length < words; index++) found.push(at(PADDING, index % 2));
  return found;
}

function interleaved(blocks: readonly (readonly number[])[]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length));
  const places = Array.from({ length: longest }, (_, place) => place);
  return places.flatMap((place) => blocks.flatMap((block) => block[place] ?? []));
}

function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * FIELD);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}

/** The generator polynomial, its leading 1 left out. */
function divisor(degree: number): number[] {
  const found = [...new Array<number>(degree - 1).fill(0), 1];
  let root = 1;
  for (let round = 0; round < degree; round++) {
    for (let place = 0; place < degree; place++) {
      found[place] = times(at(found, place), root) ^ (found[place + 1] ?? 0);
    }
    root = times(root, 2);
  }
  return found;
}

function remainder(block: readonly number[], by: readonly number[]): number[] {
  let rest = new Array<number>(by.length).fill(0);
  for (const word of block) {
    const factor = word ^ at(rest, 0);
    rest = by.map((each, place) => (rest[place + 1] ?? 0) ^ times(each, factor));
  }
  return rest;
}

/** A code being drawn: its modules, and which of them do not depend on the data. */
class Grid {
  readonly size: number;
  readonly drawn: number[][];
  readonly fixed: boolean[][];

  constructor(readonly version: number) {
    this.size = 17 + 4 * version;
    this.drawn = Array.from({ length: this.size }, () => new Array<number>(this.size).fill(0));
    this.fixed = Array.from({ length: this.size }, () => new Array<boolean>(this.size).fill(false));
  }

  /** A module of a fixed pattern; what lies outside is left out. */
  put(x: number, y: number, dark: number): void {
    const [drawn, fixed] = [this.drawn[y], this.fixed[y]];
    if (drawn === undefined || fixed === undefined || x < 0 || x >= this.size) return;
    drawn[x] = dark;
    fixed[x] = true;
  }

  /** Squares around a module; those at these distances are light. */
  rings(x: number, y: number, reach: number, light: readonly number[]): void {
    for (let across = -reach; across <= reach; across++) {
      for (let down = -reach; down <= reach; down++) {
        const distance = Math.max(Math.abs(across), Math.abs(down));
        this.put(x + across, y + down, light.includes(distance) ? 0 : 1);
      }
    }
  }
}

/** What does not depend on the data (6.3). The format is reserved, and written with the mask. */
function patterns(version: number): Grid {
  const grid = new Grid(version);
  const { size } = grid;
  for (let place = 0; place < size; place++) {
    grid.put(6, place, 1 - (place % 2));
    grid.put(place, 6, 1 - (place % 2));
  }
  grid.rings(3, 3, 4, [2, 4]);
  grid.rings(size - 4, 3, 4, [2, 4]);
  grid.rings(3, size - 4, 4, [2, 4]);
  const places = alignment(version);
  for (const x of places) {
    for (const y of places) {
      const inCorner = (x === 6 && (y === 6 || y === size - 7)) || (x === size - 7 && y === 6);
      if (!inCorner) grid.rings(x, y, 2, [1]);
    }
  }
  for (const [x, y] of formatPlaces(size)) grid.put(x, y, 0);
  grid.put(8, size - 8, 1);
  if (version > 6) writeVersion(grid);
  return grid;
}

function writeVersion(grid: Grid): void {
  const bits = checked(grid.version, 12, VERSION);
  for (let index = 0; index < 18; index++) {
    const [far, near] = [grid.size - 11 + (index % 3), Math.floor(index / 3)];
    grid.put(far, near, (bits >> index) & 1);
    grid.put(near, far, (bits >> index) & 1);
  }
}

function alignment(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  const others = Array.from({ length: count - 1 }, (_, index) => 4 * version + 10 - index * step);
  return [6, ...others.reverse()];
}

/** Column, row and bit of both copies of the format (7.9). */
function* formatPlaces(size: number): Generator<readonly [x: number, y: number, bit: number]> {
  for (let bit = 0; bit < 15; bit++) {
    if (bit < 8) yield [8, bit < 6 ? bit : bit + 1, bit];
    else yield [bit === 8 ? 7 : 14 - bit, 8, bit];
    if (bit < 8) yield [size - 1 - bit, 8, bit];
    else yield [8, size - 15 + bit, bit];
  }
}

/** The value with the remainder of its division behind it (annexes C and D). */
function checked(value: number, digits: number, polynomial: number): number {
  let rest = value;
  for (let round = 0; round < digits; round++) rest = (rest << 1) ^ ((rest >> (digits - 1)) * polynomial);
  return (value << digits) | rest;
}

/** The codewords, bit by bit; what is left over stays light. */
function fill({ size, drawn, fixed }: Grid, words: readonly number[]): void {
  let place = 0;
  for (const [x, y] of way(size)) {
    if (fixed[y]?.[x] || place >= 8 * words.length) continue;
    (drawn[y] as number[])[x] = (at(words, place >> 3) >> (7 - (place & 7))) & 1;
    place++;
  }
}

/** Pairs of columns, up and down in turns, from the right (7.7.3). */
function* way(size: number): Generator<readonly [x: number, y: number]> {
  for (let column = size - 1; column > 0; column -= 2) {
    const right = column <= 6 ? column - 1 : column;
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step++) {
      const y = upward ? size - 1 - step : step;
      yield [right, y];
      yield [right - 1, y];
    }
  }
}

function maskedBy({ size, drawn, fixed }: Grid, mask: number): number[][] {
  const flips = MASKS[mask] as Mask;
  const modules = drawn.map((row, y) => row.map((dark, x) => (!fixed[y]?.[x] && flips(x, y) ? 1 - dark : dark)));
  const bits = checked(mask, 10, FORMAT) ^ FORMAT_MASK; // level M is 00
  for (const [x, y, bit] of formatPlaces(size)) (modules[y] as number[])[x] = (bits >> bit) & 1;
  return modules;
}

type Mask = (x: number, y: number) => boolean;

/** Table 10 of the standard. */
const MASKS: readonly Mask[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** How hard a code is to read (7.8.3): long runs, squares, what looks like a finder, too dark or too light. */
function penalty(modules: Modules): number {
  const rows = modules.map((row) => row.join(""));
  const columns = modules.map((_, x) => modules.map((row) => row[x]).join(""));
  let score = 0;
  for (const line of [...rows, ...columns]) {
    for (const [run] of line.matchAll(RUN)) score += run.length - 2;
    score += 40 * [...line.matchAll(FINDER_LIKE)].length;
  }
  const total = modules.length * modules.length;
  const dark = modules.flat().reduce((sum, module) => sum + module, 0);
  return score + 3 * squares(modules) + 10 * Math.floor(Math.abs(20 * dark - 10 * total) / total);
}

function squares(modules: Modules): number {
  let count = 0;
  for (let y = 1; y < modules.length; y++) {
    const [above, below] = [modules[y - 1] as readonly number[], modules[y] as readonly number[]];
    for (let x = 1; x < below.length; x++) {
      if (above[x - 1] === above[x] && below[x - 1] === above[x] && below[x] === above[x]) count++;
    }
  }
  return count;
}

function at(values: readonly number[], index: number): number {
  return values[index] as number;
}
