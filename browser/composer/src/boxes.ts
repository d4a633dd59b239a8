/** Upright boxes around what is drawn, in panel points (docs/composing.md, Preflight). Knows no steps. */

import type { FullPanel, FullRegion } from "./complete.ts";
import { corners } from "./drawing.ts";
import type { Drawn } from "./kinds.ts";
import type { Point } from "./numbers.ts";
import type { Element, ImageElement } from "./scene.ts";

export const TOLERANCE_PT = 0.01;

/** Left, top, right, bottom. */
export type Box = readonly [number, number, number, number];

const ENDS = /([-0-9.]+) ([-0-9.]+)(?=[MLQCZ]|$)/g;
const boxes = new Map<string, Box>();
const MOST_BOXES = 64;

/** The panel without as much on every side. */
export function inset({ width, height }: FullPanel, by: number): Box {
  return [by, by, width - by, height - by];
}

/** Around the turned region. */
export function regionBox(region: FullRegion): Box {
  return around(corners(region));
}

/** Around the ends of all segments, and the stroke; of a picture, around its clip or else its corners. */
export function elementBox(element: Element): Box {
  if (element.kind === "path") {
    const [left, top, right, bottom] = outlineBox(element.d);
    const half = element.strokeWidth / 2;
    return [left - half, top - half, right + half, bottom + half];
  }
  if (element.clip !== null) return outlineBox(element.clip);
  return around(pictureCorners(element));
}

/** Around the region, or as much of it as an upright picture covers; of a turned one a corner is no edge. */
export function filledBox({ region, element }: Drawn): Box {
  const box = regionBox(region);
  if (element.kind !== "image" || !isUpright(element)) return box;
  const picture = around(pictureCorners(element));
  const [left, top] = [Math.max(box[0], picture[0]), Math.max(box[1], picture[1])];
  const [right, bottom] = [Math.min(box[2], picture[2]), Math.min(box[3], picture[3])];
  return left < right && top < bottom ? [left, top, right, bottom] : box;
}

/** Around all of them. */
export function enclosing(all: readonly Box[]): Box {
  return around(
    all.flatMap(([left, top, right, bottom]): Point[] => [
      [left, top],
      [right, bottom],
    ]),
  );
}

/** Whether all of a box is in another, but for the tolerance. */
export function within(box: Box, outer: Box): boolean {
  const begins = box[0] >= outer[0] - TOLERANCE_PT && box[1] >= outer[1] - TOLERANCE_PT;
  return begins && box[2] <= outer[2] + TOLERANCE_PT && box[3] <= outer[3] + TOLERANCE_PT;
}

/** Whether they have more in common than an edge. */
export function overlap(one: Box, other: Box): boolean {
  return one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
}

function isUpright({ matrix: [a, b, c, d] }: ImageElement): boolean {
  return (b === 0 && c === 0) || (a === 0 && d === 0);
}

function pictureCorners({ matrix: [a, b, c, d, e, f] }: ImageElement): Point[] {
  return [
    [e, f],
    [e + a, f + b],
    [e + c, f + d],
    [e + a + c, f + b + d],
  ];
}

/** Remembered: of a long text that is bent it takes as long as all the rest, at each key stroke in another step. */
function outlineBox(d: string): Box {
  let box = boxes.get(d);
  if (box === undefined) {
    box = around([...d.matchAll(ENDS)].map(([, x, y]): Point => [Number(x), Number(y)]));
    if (boxes.size >= MOST_BOXES) boxes.clear();
    boxes.set(d, box);
  }
  return box;
}

function around(points: readonly Point[]): Box {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return [left, top, right, bottom];
}
