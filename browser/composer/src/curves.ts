/** A path measured by its length: points and directions along it (docs/composing.md, Text on a curve). Knows no text. */

import type { Point } from "./numbers.ts";

const PIECES = 32;
const SEGMENT = /([MLQC])([^MLQCZ]*)/g;
const NUMBER = /-?[0-9.]+/g;

/** A point of a curve and its direction there, of length 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly along: Point;
}

/** A part of a Bezier curve that is nearly straight: its control points, and the parameters it goes between. */
interface Piece {
  readonly points: readonly Point[];
  readonly begin: number;
  readonly end: number;
}

/** The first stroke of a path; all others are left out. */
export class Curve {
  readonly length: number;
  readonly #pieces: readonly Piece[];
  readonly #ends: readonly number[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces.filter((piece) => extent(piece) > 0);
    let sum = 0;
    this.#ends = [0, ...this.#pieces.map((piece) => (sum += extent(piece)))];
    this.length = sum;
  }

  /** The place so far along; before the start and behind the end, straight on. */
  place(distance: number): Place {
    const at = this.#pieceAt(distance);
    const piece = this.#pieces[at] as Piece;
    const [begin, end] = [this.#ends[at] as number, this.#ends[at + 1] as number];
    const share = Math.min(Math.max((distance - begin) / (end - begin), 0), 1);
    const t = piece.begin + (piece.end - piece.begin) * share;
    const [x, y] = pointOf(piece, t);
    const along = directionOf(piece, t);
    const beyond = Math.min(distance, 0) + Math.max(distance - this.length, 0);
    return { x: x + along[0] * beyond, y: y + along[1] * beyond, along };
  }

  /** The last piece that begins at or before a distance. */
  #pieceAt(distance: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] as number) <= distance) low = middle + 1;
      else high = middle;
    }
    return Math.min(Math.max(low - 1, 0), this.#pieces.length - 1);
  }
}

const known = new Map<string, Curve | null>();
const MOST_KNOWN = 256;

/** The curve of path data of absolute M, L, Q and C; null where there is nothing to go along. */
export function curveOf(d: string): Curve | null {
  let curve = known.get(d);
  if (curve === undefined) {
    const found = new Curve(piecesOf(d));
    curve = found.length > 0 ? found : null;
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(d, curve);
  }
  return curve;
}

function piecesOf(d: string): Piece[] {
  const pieces: Piece[] = [];
  let here: Point | null = null;
  for (const [, letter, numbers] of d.matchAll(SEGMENT)) {
    const points = pairs(((numbers as string).match(NUMBER) ?? []).map(Number));
    if (letter === "M" && here !== null) break;
    if (letter !== "M" && here !== null && points.length > 0) {
      pieces.push(...split([here, ...points], letter === "L" ? 1 : PIECES));
    }
    here = points.at(-1) ?? here;
  }
  return pieces;
}

function pairs(values: readonly number[]): Point[] {
  const found: Point[] = [];
  for (let at = 0; at + 1 < values.length; at += 2) found.push([values[at] as number, values[at + 1] as number]);
  return found;
}

function split(points: readonly Point[], count: number): Piece[] {
  return Array.from({ length: count }, (_, at) => ({ points, begin: at / count, end: (at + 1) / count }));
}

function pointOf({ points }: Piece, t: number): Point {
  return reduced(points, t);
}

/** Along the curve; where it stands still, along this piece of it. */
function directionOf(piece: Piece, t: number): Point {
  const steps = piece.points.slice(1).map((point, at) => between(piece.points[at] as Point, point));
  const chord = between(pointOf(piece, piece.begin), pointOf(piece, piece.end));
  return unit(reduced(steps, t)) ?? unit(chord) ?? [1, 0];
}

/** De Casteljau's construction. */
function reduced(points: readonly Point[], t: number): Point {
  let left = points;
  while (left.length > 1) {
    left = left.slice(1).map(([c, d], at): Point => {
      const [a, b] = left[at] as Point;
      return [a + (c - a) * t, b + (d - b) * t];
    });
  }
  return left[0] as Point;
}

function extent(piece: Piece): number {
  const [x, y] = between(pointOf(piece, piece.begin), pointOf(piece, piece.end));
  return Math.sqrt(x * x + y * y);
}

function between(one: Point, other: Point): Point {
  return [other[0] - one[0], other[1] - one[1]];
}

function unit([x, y]: Point): Point | null {
  const length = Math.sqrt(x * x + y * y);
  return length > 0 ? [x / length, y / length] : null;
}
