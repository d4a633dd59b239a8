/**
 * The bidirectional algorithm (UAX #9) for text without explicit controls. Knows no font.
 *
 * Classes are the letters of bidiClass. BN characters (joiners) are looked through and take the level before.
 */

import { CLOSING } from "./characters.ts";

const NEUTRAL = "WOBSTC";
const FIRST_RIGHT_TO_LEFT = 0x590;
const MOST_OPEN = 63;

type Classes = readonly string[];

/** False where nothing can be right to left, so that every level is 0. */
export function needsBidi(codes: readonly number[]): boolean {
  return codes.some((code) => code >= FIRST_RIGHT_TO_LEFT);
}

/** P2 and P3: that of the first strong character, else left to right. */
export function baseLevel(classes: Classes): number {
  const strong = classes.find((each) => "LRA".includes(each));
  return strong === undefined || strong === "L" ? 0 : 1;
}

/** The embedding level of each character of a paragraph, before L1. */
export function levelsOf(codes: readonly number[], classes: Classes, base: number): number[] {
  const start = base === 0 ? "L" : "R";
  const seen = classes.filter((each) => each !== "Z");
  const seenCodes = codes.filter((_, at) => classes[at] !== "Z");
  const resolved = neutral(brackets(seenCodes, seen, weak(seen, start), start), start);
  let next = 0;
  let last = base;
  return classes.map((each) => {
    if (each !== "Z") last = implicit(resolved[next++] as string, base);
    return last;
  });
}

/** L1: white space at the end of a line takes the level of the paragraph. */
export function withLineEnd(levels: readonly number[], classes: Classes, base: number): number[] {
  let end = levels.length;
  while (end > 0 && "WZ".includes(classes[end - 1] as string)) end--;
  return levels.map((level, at) => (at < end ? level : base));
}

/** L2: the items, which have one level each, from left to right. */
export function visual<Item>(items: readonly Item[], level: (item: Item) => number): Item[] {
  let ordered = [...items];
  for (let floor = Math.max(0, ...items.map(level)); floor > 0; floor--) {
    ordered = groups(ordered, (item) => level(item) >= floor).flatMap(({ key, run }) => (key ? run.reverse() : run));
  }
  return ordered;
}

/** Neighbours of one key. */
export function groups<Item, Key>(
  items: readonly Item[],
  key: (item: Item) => Key,
): { key: Key; start: number; run: Item[] }[] {
  const found: { key: Key; start: number; run: Item[] }[] = [];
  for (const [start, item] of items.entries()) {
    const last = found.at(-1);
    const own = key(item);
    if (last !== undefined && last.key === own) last.run.push(item);
    else found.push({ key: own, start, run: [item] });
  }
  return found;
}

/** W1 to W7; afterwards only L R E N and neutrals are left. */
function weak(classes: Classes, start: string): string[] {
  return europeanNumbers(terminators(separators(arabicNumbers(marks(classes, start), start))), start);
}

/** W1: a mark takes the class before it. */
function marks(classes: Classes, start: string): string[] {
  let last = start;
  return classes.map((each) => {
    if (each !== "M") last = each;
    return last;
  });
}

/** W2 and W3: European numbers after Arabic letters are Arabic numbers; Arabic letters are right to left. */
function arabicNumbers(classes: Classes, start: string): string[] {
  let strong = start;
  return classes.map((each) => {
    if ("LRA".includes(each)) strong = each;
    if (each === "E" && strong === "A") return "N";
    return each === "A" ? "R" : each;
  });
}

/** W4: one separator between two numbers of a kind belongs to them. */
function separators(classes: Classes): string[] {
  const found = [...classes];
  for (let at = 1; at < found.length - 1; at++) {
    const before = found[at - 1] as string;
    const joins = (found[at] === "S" && before === "E") || (found[at] === "C" && "EN".includes(before));
    if (joins && before === found[at + 1]) found[at] = before;
  }
  return found;
}

/** W5 and W6: terminators beside European numbers belong to them; what is left of them is neutral. */
function terminators(classes: Classes): string[] {
  return groups(classes, (each) => each).flatMap(({ key, start, run }) => {
    const beside = key === "T" && (classes[start - 1] === "E" || classes[start + run.length] === "E");
    return run.map((each) => (beside ? "E" : "STC".includes(each) ? "O" : each));
  });
}

/** W7: European numbers after left to right letters are like them. */
function europeanNumbers(classes: Classes, start: string): string[] {
  let strong = start;
  return classes.map((each) => {
    if ("LR".includes(each)) strong = each;
    return each === "E" && strong === "L" ? "L" : each;
  });
}

/** N0: two brackets take the direction of what is between them, and so do the marks on them. */
function brackets(codes: readonly number[], own: Classes, classes: Classes, start: string): string[] {
  const found = [...classes];
  for (const [opening, closing] of pairs(codes, classes).sort(([one], [other]) => one - other)) {
    const side = sideOfPair(found, opening, closing, start);
    if (side === null) continue;
    for (let at of [opening, closing]) {
      do found[at++] = side;
      while (own[at] === "M");
    }
  }
  return found;
}

/** BD16. */
function pairs(codes: readonly number[], classes: Classes): [number, number][] {
  const found: [number, number][] = [];
  const waiting: { closing: number; at: number }[] = [];
  for (const [at, code] of codes.entries()) {
    if (classes[at] !== "O") continue;
    const closing = CLOSING.get(code);
    if (closing !== undefined) {
      if (waiting.length === MOST_OPEN) break;
      waiting.push({ closing, at });
      continue;
    }
    const depth = waiting.map((each) => each.closing).lastIndexOf(code);
    if (depth < 0) continue;
    found.push([(waiting[depth] as { at: number }).at, at]);
    waiting.length = depth;
  }
  return found;
}

/** The direction of the paragraph where it is between them, else the other one where it is there and before them. */
function sideOfPair(classes: Classes, opening: number, closing: number, start: string): string | null {
  const isStrong = (each: string) => !NEUTRAL.includes(each);
  const inside = classes
    .slice(opening + 1, closing)
    .filter(isStrong)
    .map(side);
  if (inside.length === 0 || inside.includes(start)) return inside.length === 0 ? null : start;
  const before = side(classes.slice(0, opening).filter(isStrong).at(-1) ?? start);
  return inside.includes(before) ? before : start;
}

/** N1 and N2: neutrals between two of one direction take it, others that of the paragraph. */
function neutral(classes: Classes, start: string): string[] {
  return groups(classes, (each) => NEUTRAL.includes(each)).flatMap(({ key, start: at, run }) => {
    if (!key) return run;
    const before = side(classes[at - 1] ?? start);
    const after = side(classes[at + run.length] ?? start);
    return run.map(() => (before === after ? before : start));
  });
}

function side(each: string): string {
  return each === "L" ? "L" : "R";
}

/** I1 and I2. */
function implicit(each: string, base: number): number {
  if (base === 1) return each === "R" ? 1 : 2;
  return each === "L" ? 0 : each === "R" ? 1 : 2;
}
