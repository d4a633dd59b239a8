/** How a picture lies in its frame, and how it is moved, enlarged and turned there (docs/composing.md, Frame). Pure. */

import type { Placement, Region } from "./composing.ts";

export type Point = readonly [x: number, y: number];

/** A placement with its defaults written out: fractions of the frame's sides, times as large as just covers, degrees. */
export type Placed = Required<{ [Part in keyof Placement]: number }>;

/** The frame and the picture in it. `covers`: none of the frame may stay empty. */
export interface Framing {
  region: Region;
  size: Point;
  covers: boolean;
}

/** From one place to another, in points from the middle of the frame; about `from`, larger by `scale`, turned. */
export interface Motion {
  from: Point;
  to: Point;
  scale: number;
  turn: number;
}

export const [LEAST_ZOOM, MOST_ZOOM] = [0.05, 20];
const FARTHEST = 5;
/** How much of a side must stay in the frame, so that the picture can be got hold of again. */
const KEPT = 0.1;
const SNAP_DEGREES = 3;

/** The placement as it was answered, on top of where the product has it lie at first. */
export function placedAt(placement: Placement | null, initialZoom: number): Placed {
  const { x = 0, y = 0, zoom = null, rotation = 0 } = placement ?? {};
  return { x, y, zoom: zoom ?? initialZoom, rotation };
}

/** The placement after a motion, within what is allowed. */
export function movedBy(placed: Placed, { from, to, scale, turn }: Motion, framing: Framing): Placed {
  const { width, height } = framing.region;
  const zoom = clamp(placed.zoom * scale, LEAST_ZOOM, MOST_ZOOM);
  const grown = zoom / placed.zoom;
  const [dx, dy] = turned([placed.x * width - from[0], placed.y * height - from[1]], turn);
  const [x, y] = [(to[0] + dx * grown) / width, (to[1] + dy * grown) / height];
  return bounded({ x, y, zoom, rotation: wrapped(placed.rotation + turn) }, framing);
}

/** Upright again where it almost is. */
export function snapped(placed: Placed): Placed {
  const upright = Math.round(placed.rotation / 90) * 90;
  return Math.abs(placed.rotation - upright) <= SNAP_DEGREES ? { ...placed, rotation: wrapped(upright) } : placed;
}

/** Within what composing accepts, within reach, and covering the frame where it has to. */
export function bounded(placed: Placed, framing: Framing): Placed {
  const cover = coverScale(framing);
  const zoom = clamp(
    framing.covers ? Math.max(placed.zoom, leastZoom(placed, framing)) : placed.zoom,
    LEAST_ZOOM,
    MOST_ZOOM,
  );
  const [width, height] = [framing.size[0] * cover * zoom, framing.size[1] * cover * zoom];
  const { region } = framing;
  const [alongX, alongY] = turned([placed.x * region.width, placed.y * region.height], -placed.rotation);
  const [reachX, reachY] = reach(framing, placed.rotation);
  const farX = framing.covers
    ? Math.max(width / 2 - reachX, 0)
    : width / 2 + reachX - KEPT * Math.min(width, 2 * reachX);
  const farY = framing.covers
    ? Math.max(height / 2 - reachY, 0)
    : height / 2 + reachY - KEPT * Math.min(height, 2 * reachY);
  const [x, y] = turned([clamp(alongX, -farX, farX), clamp(alongY, -farY, farY)], placed.rotation);
  return {
    x: tidy(clamp(x / region.width, -FARTHEST, FARTHEST)),
    y: tidy(clamp(y / region.height, -FARTHEST, FARTHEST)),
    zoom: tidy(zoom),
    rotation: tidy(placed.rotation),
  };
}

/** The zoom at which all of the picture is seen. */
export function wholeZoom({ region, size }: Framing): number {
  const [across, down] = [region.width / size[0], region.height / size[1]];
  return tidy(Math.min(across, down) / Math.max(across, down));
}

/** A motion on the panel, as the region sees it: relative to its middle, and turned back. */
export function inRegion([x, y]: Point, { left, top, width, height, rotation }: Region): Point {
  return turned([x - left - width / 2, y - top - height / 2], -rotation);
}

/** A point turned about the origin, clockwise as y grows downwards. */
export function turned([x, y]: Point, degrees: number): Point {
  const angle = (degrees * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [x * c - y * s, x * s + y * c];
}

/** Points for a pixel of the picture at zoom 1. */
function coverScale({ region, size }: Framing): number {
  return Math.max(region.width / size[0], region.height / size[1]);
}

/** Half of the frame along the turned picture's axes. */
function reach({ region }: Framing, rotation: number): Point {
  const [c, s] = turned([1, 0], rotation).map(Math.abs) as [number, number];
  return [(region.width * c + region.height * s) / 2, (region.width * s + region.height * c) / 2];
}

function leastZoom({ rotation }: Placed, framing: Framing): number {
  const [across, down] = reach(framing, rotation);
  const least = Math.max((2 * across) / framing.size[0], (2 * down) / framing.size[1]) / coverScale(framing);
  // What is rounded must not fall short.
  return Math.ceil(least * 10_000 - 1e-6) / 10_000;
}

function wrapped(degrees: number): number {
  const rest = degrees % 360;
  return rest > 180 ? rest - 360 : rest <= -180 ? rest + 360 : rest;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

function tidy(value: number): number {
  return Math.round(value * 10_000) / 10_000 + 0;
}
