/** The geometry of a step in one region: outlines and matrices (docs/composing.md, What is drawn). Knows no answers. */

import type { FullRegion, FullTextStep } from "./complete.ts";
import type { Curve } from "./curves.ts";
import type { Font, Outline } from "./fonts.ts";
import { blockHeight, type Layout } from "./layout.ts";
import { type Point, type Turn, turn, turned, write } from "./numbers.ts";
import type { Line } from "./paragraphs.ts";
import { PathWriter } from "./path-writer.ts";
import type { Matrix, PathElement } from "./scene.ts";

const ALONG = { left: 0, justify: 0, center: 0.5, right: 1, top: 0, bottom: 1 } as const;
/** A path that is simply filled, everywhere. */
export const PLAIN_PATH: Omit<PathElement, "d" | "fill"> = {
  kind: "path",
  stroke: null,
  strokeWidth: 0,
  fillInk: null,
  strokeInk: null,
  clip: null,
  only: null,
};
const writer = new PathWriter();
/** How many points follow a letter, by its character code. */
const POINTS: Readonly<Record<number, number>> = { 77: 1, 76: 1, 81: 2, 67: 3, 90: 0 };

const NUMBER = /-?[0-9.]+/g;

/** A region's centre and its turn; null where it is not turned. */
interface Place {
  readonly centre: Point;
  readonly turn: Turn | null;
}

/** The region's outline. */
export function rectangle(region: FullRegion): string {
  return `M${corners(region)
    .map((corner) => corner.map(write).join(" "))
    .join("L")}Z`;
}

/** The region's turned corners from the top left one clockwise. */
export function corners(region: FullRegion): readonly Point[] {
  const { left, top } = region;
  const [place, right, bottom] = [placeOf(region), left + region.width, top + region.height];
  return [moved(place, left, top), moved(place, right, top), moved(place, right, bottom), moved(place, left, bottom)];
}

/** How the unit square is stretched to the region. */
export function pictureMatrix(region: FullRegion): Matrix {
  const { left, top, width, height } = region;
  const place = placeOf(region);
  const [c, s] = place.turn ?? [1, 0];
  const [x, y] = moved(place, left, top);
  return [width * c, width * s, -height * s, height * c, x, y];
}

/** How far the points of outlines are from the region's centre, at most, along its width and its height. */
export function farthest(d: string, region: FullRegion): Point {
  const { centre, turn: turnedBy } = placeOf(region);
  const [c, s] = turnedBy ?? [1, 0];
  const numbers = (d.match(NUMBER) ?? []).map(Number);
  let [across, down] = [0, 0];
  for (let at = 0; at < numbers.length; at += 2) {
    const [x, y] = [(numbers[at] as number) - centre[0], (numbers[at + 1] as number) - centre[1]];
    across = Math.max(across, Math.abs(x * c + y * s));
    down = Math.max(down, Math.abs(y * c - x * s));
  }
  return [across, down];
}

/** All outlines of the text as one path; empty where nothing is to be seen. */
export function textOutlines(step: FullTextStep, region: FullRegion, layout: Layout, font: Font): string {
  const k = layout.size / 10 / font.upem;
  const block = blockHeight(font, layout.lines.length);
  const first = region.top + (region.height - block * k) * ALONG[step.verticalAlign] + font.ascender * k;
  const place = placeOf(region);
  for (const [index, line] of layout.lines.entries()) {
    const [begin, gap] = startOf(step, region.width, line, k, layout.ends.has(index));
    writeLine(line, font, region.left + begin, first + index * font.line * k, k, gap, place);
  }
  return writer.take();
}

/** The same along a curve that begins in the region's top left corner. */
export function curvedOutlines(
  step: FullTextStep,
  region: FullRegion,
  layout: Layout,
  font: Font,
  curve: Curve,
): string {
  const k = layout.size / 10 / font.upem;
  const line = layout.lines[0] as Line;
  const place = placeOf(region);
  const [begin] = startOf(step, curve.length, line, k, true);
  for (const glyph of line.glyphs) {
    const outline = font.outline(glyph.id);
    if (outline.letters.length === 0) continue;
    const { x, y, along } = curve.place(begin + glyph.middle * k);
    const [left, top, [c, s]] = [region.left + x, region.top + y, along];
    writeOutline(outline, (px, py) => {
      const [across, up] = [(glyph.x + px - glyph.middle) * k, (glyph.y + py) * k];
      writePoint(left + c * across + s * up, top + s * across - c * up, place);
    });
  }
  return writer.take();
}

/** How far along its length a line begins, and how much wider its gaps are made, in points. */
function startOf(
  step: FullTextStep,
  length: number,
  line: Line,
  k: number,
  ends: boolean,
): readonly [begin: number, gap: number] {
  const room = length - line.width * k;
  if (step.textAlign !== "justify") return [room * ALONG[step.textAlign], 0];
  if (ends || line.gaps.length === 0) return [room * (line.rtl ? 1 : 0), 0];
  return [0, room / line.gaps.length];
}

function writeLine(line: Line, font: Font, x: number, y: number, k: number, gap: number, place: Place): void {
  let passed = 0;
  for (const [index, glyph] of line.glyphs.entries()) {
    const left = x + passed * gap;
    writeOutline(font.outline(glyph.id), (px, py) => {
      writePoint(left + (glyph.x + px) * k, y - (glyph.y + py) * k, place);
    });
    if (gap !== 0 && line.gaps.includes(index)) passed++;
  }
}

/** The outline's commands, each point written as told. */
function writeOutline({ letters, coordinates }: Outline, write: (x: number, y: number) => void): void {
  let at = 0;
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charCodeAt(index);
    writer.letter(letter);
    for (let left = POINTS[letter] as number; left > 0; left--, at += 2) {
      write(coordinates[at] as number, coordinates[at + 1] as number);
      if (left > 1) writer.space();
    }
  }
}

function writePoint(x: number, y: number, { centre, turn: by }: Place): void {
  // A pair for every point would be most of the garbage of a key stroke, so only turned ones make one.
  const point = by === null ? null : turned(x, y, centre, by);
  writer.number(point === null ? x : point[0]);
  writer.space();
  writer.number(point === null ? y : point[1]);
}

function placeOf({ left, top, width, height, rotation }: FullRegion): Place {
  return { centre: [left + width / 2, top + height / 2], turn: rotation === 0 ? null : turn(rotation) };
}

function moved(place: Place, x: number, y: number): Point {
  return place.turn === null ? [x, y] : turned(x, y, place.centre, place.turn);
}
