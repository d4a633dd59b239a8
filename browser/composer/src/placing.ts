/** Drawings and pictures laid into regions (docs/composing.md, Placing): matrices, and outlines sent through them. */

import type { FullRegion } from "./complete.ts";
import type { Ink, Medium } from "./document.ts";
import { type Point, type Turn, turn, turned } from "./numbers.ts";
import { PathWriter } from "./path-writer.ts";
import type { Drawing } from "./resources.ts";
import type { Matrix, PathElement } from "./scene.ts";
import { type Paint, writtenColor } from "./selection.ts";
import type { SlotInk } from "./workflow.ts";

/** Width and height of what is placed, in its own units. */
export type Size = readonly [width: number, height: number];

const UPRIGHT: Turn = [1, 0];
const NUMBER = /-?[0-9.]+/g;
const writer = new PathWriter();

/** As large as the region allows, in its middle, proportions kept. */
export function contained(region: FullRegion, size: Size): Matrix {
  const k = Math.min(region.width / size[0], region.height / size[1]);
  return placed(region, size, k, [0, 0], UPRIGHT);
}

/** Exactly as large as the region. */
export function stretched(region: FullRegion, size: Size): Matrix {
  const [c, s] = region.rotation === 0 ? UPRIGHT : turn(region.rotation);
  const [across, down] = [region.width / size[0], region.height / size[1]];
  const [x, y] = onPanel(region, region.left, region.top);
  return [across * c, across * s, -down * s, down * c, x, y];
}

/** Scaled by `k`, its centre `offset` from the region's, turned by `by` about it, all turned with the region. */
export function placed(region: FullRegion, size: Size, k: number, offset: Point, by: Turn): Matrix {
  const [c, s] = region.rotation === 0 ? by : both(turn(region.rotation), by);
  const [a, b, across, down] = [k * c, k * s, size[0] / 2, size[1] / 2];
  const middleX = region.left + region.width / 2 + offset[0];
  const middleY = region.top + region.height / 2 + offset[1];
  const [x, y] = onPanel(region, middleX, middleY);
  return [a, b, -b, a, x - (a * across - b * down), y - (b * across + a * down)];
}

/** The same for a picture, which fills the unit square. */
export function unit([a, b, c, d, e, f]: Matrix, [width, height]: Size): Matrix {
  return [a * width, b * width, c * height, d * height, e, f];
}

/** The least scale at which something turned by `by` covers the region, and half the region along its axes. */
export function covering(region: FullRegion, size: Size, by: Turn): { least: number; reach: Point } {
  const [c, s] = [Math.abs(by[0]), Math.abs(by[1])];
  const reach: Point = [(region.width * c + region.height * s) / 2, (region.width * s + region.height * c) / 2];
  return { least: Math.max((reach[0] * 2) / size[0], (reach[1] * 2) / size[1]), reach };
}

/** Path data taken apart: letters and coordinates. */
interface Parsed {
  readonly letters: readonly { readonly code: number; readonly points: number }[];
  readonly coordinates: readonly number[];
}

const parsed = new Map<string, Parsed>();
const MOST_PARSED = 2048;

/** Path data sent through a matrix, rounded. */
export function through(d: string, [a, b, c, e, x0, y0]: Matrix): string {
  const { letters, coordinates } = parse(d);
  let at = 0;
  for (const { code, points } of letters) {
    writer.letter(code);
    for (let left = points; left > 0; left--, at += 2) {
      const [x, y] = [coordinates[at] as number, coordinates[at + 1] as number];
      writer.number(a * x + c * y + x0);
      writer.space();
      writer.number(b * x + e * y + y0);
      if (left > 1) writer.space();
    }
  }
  return writer.take();
}

/** How much wider a stroke gets: the root of how much larger an area gets. */
export function scaleOf([a, b, c, d]: Matrix): number {
  return Math.sqrt(Math.abs(a * d - b * c));
}

/** What of a drawing's paths differs from where to where. */
export interface Manner {
  readonly clip: string | null;
  readonly only: Medium | null;
}

/** By slot, the colours and inks that a step says; a slot whose colour it does not say keeps its own. */
export function inked(drawing: Drawing, inks: readonly SlotInk[]): Map<string, Paint> {
  const paints = new Map<string, Paint>();
  for (const { id, color: own } of drawing.slots) {
    const said = inks.filter((each) => each.slot === id).at(-1);
    if (said) paints.set(id, { color: writtenColor(said.color ?? null) ?? own, ink: fullInk(said.ink) });
  }
  return paints;
}

function fullInk(ink: Partial<Ink> | null | undefined): Ink | null {
  return ink ? { cmyk: null, spot: null, overprint: false, ...ink } : null;
}

/** The drawing's paths where the matrix takes them. A slot without a paint keeps its own colour. */
export function drawnPaths(
  drawing: Drawing,
  matrix: Matrix,
  paints: ReadonlyMap<string, Paint>,
  { clip, only }: Manner,
): PathElement[] {
  const own = drawing.slots.map(({ id, color }) => [id, { color, ink: null }] as const);
  const known = new Map<string, Paint>([...own, ...paints]);
  const scale = scaleOf(matrix);
  return outlines(drawing, matrix).map((d, index) => {
    const path = drawing.paths[index];
    const fill = known.get(path?.fillSlot ?? "");
    const stroke = known.get(path?.strokeSlot ?? "");
    return {
      kind: "path",
      d,
      fill: fill?.color ?? null,
      stroke: stroke?.color ?? null,
      strokeWidth: stroke === undefined ? 0 : (path?.strokeWidth ?? 0) * scale,
      fillInk: fill?.ink ?? null,
      strokeInk: stroke?.ink ?? null,
      clip,
      only,
    };
  });
}

/** The drawing's shape as a frame, stretched to the region: its outline, or all of its paths. */
export function frameOutline(region: FullRegion, drawing: Drawing): string {
  const matrix = stretched(region, [drawing.width, drawing.height]);
  const paths = drawing.outline ? [drawing.outline] : drawing.paths.map(({ d }) => d);
  return paths.map((d) => through(d, matrix)).join("");
}

/** A drawing's outlines as last placed, by where: from one key stroke to the next, drawings mostly stay. */
const placements = new WeakMap<Drawing, Map<string, readonly string[]>>();
const MOST_PLACEMENTS = 16;

function outlines(drawing: Drawing, matrix: Matrix): readonly string[] {
  const known = placements.get(drawing) ?? new Map<string, readonly string[]>();
  placements.set(drawing, known);
  const key = matrix.join(" ");
  let found = known.get(key);
  if (found === undefined) {
    found = drawing.paths.map(({ d }) => through(d, matrix));
    if (known.size >= MOST_PLACEMENTS) known.clear();
    known.set(key, found);
  }
  return found;
}

function parse(d: string): Parsed {
  let found = parsed.get(d);
  if (found === undefined) {
    const coordinates = (d.match(NUMBER) ?? []).map(Number);
    const letters = [...d.matchAll(/([MLQCZ])([^MLQCZ]*)/g)].map(([, letter, numbers]) => ({
      code: (letter as string).charCodeAt(0),
      points: ((numbers as string).match(NUMBER)?.length ?? 0) / 2,
    }));
    found = { letters, coordinates };
    if (parsed.size >= MOST_PARSED) parsed.clear();
    parsed.set(d, found);
  }
  return found;
}

function onPanel(region: FullRegion, x: number, y: number): Point {
  if (region.rotation === 0) return [x, y];
  return turned(x, y, [region.left + region.width / 2, region.top + region.height / 2], turn(region.rotation));
}

function both(one: Turn, other: Turn): Turn {
  return [one[0] * other[0] - one[1] * other[1], one[1] * other[0] + one[0] * other[1]];
}
