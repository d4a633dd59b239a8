import { expect, test } from "vitest";
import { motionBetween, Pointers, wheelScale } from "../src/gestures.ts";
import {
  bounded,
  type Framing,
  inRegion,
  type Motion,
  movedBy,
  type Placed,
  placedAt,
  snapped,
  wholeZoom,
} from "../src/placement.ts";

const REGION = { panel: "front", left: 100, top: 50, width: 200, height: 100, rotation: 0, layer: 0, layerIndex: 0 };
const SQUARE: Framing = { region: REGION, size: [1000, 1000], covers: false };
const COVERING: Framing = { ...SQUARE, covers: true };
const START: Placed = { x: 0, y: 0, zoom: 1, rotation: 0 };
const motion = (parts: Partial<Motion>): Motion => ({ from: [0, 0], to: [0, 0], scale: 1, turn: 0, ...parts });

test("an upload lies at first as the product has it, and afterwards as it was answered", () => {
  expect(placedAt(null, 1.5)).toEqual({ x: 0, y: 0, zoom: 1.5, rotation: 0 });
  expect(placedAt({ x: 0.2, zoom: 3 }, 1.5)).toEqual({ x: 0.2, y: 0, zoom: 3, rotation: 0 });
});

test("a drag moves by parts of the frame's sides", () => {
  expect(movedBy(START, motion({ to: [20, -10] }), SQUARE)).toEqual({ ...START, x: 0.1, y: -0.1 });
});

test("what is under the fingers stays under them when it grows", () => {
  const grown = movedBy(START, motion({ from: [50, 0], to: [50, 0], scale: 2 }), SQUARE);

  expect(grown).toEqual({ ...START, x: -0.25, zoom: 2 });
});

test("a turn goes about the fingers, and is written as less than half a turn", () => {
  const turned = movedBy(START, motion({ from: [50, 0], to: [50, 0], turn: 180 }), SQUARE);

  expect(turned).toEqual({ x: 0.5, y: 0, zoom: 1, rotation: 180 });
  expect(movedBy(turned, motion({ turn: 90 }), SQUARE).rotation).toBe(-90);
});

test("an upload stays within reach, and within what composing accepts", () => {
  const far = movedBy(START, motion({ to: [10_000, 0] }), SQUARE);
  const small = movedBy(START, motion({ scale: 1e-9 }), SQUARE);

  expect(far.x).toBeLessThan(1);
  expect(small.zoom).toBe(0.05);
  expect(movedBy(START, motion({ scale: 1e9 }), SQUARE).zoom).toBe(20);
});

test("where the frame must be covered it stays covered, however the picture is moved and turned", () => {
  expect(movedBy(START, motion({ to: [0, 500] }), COVERING)).toEqual({ ...START, y: 0.5 });
  expect(movedBy(START, motion({ to: [500, 0] }), COVERING)).toEqual(START);
  expect(bounded({ ...START, zoom: 0.2 }, COVERING).zoom).toBe(1);
  // Turned by 45 degrees a square of 200 would leave the corners of the frame empty.
  expect(bounded({ ...START, rotation: 45 }, COVERING).zoom).toBeCloseTo((300 / 200) * Math.SQRT1_2, 3);
});

test("all of a picture is seen at a zoom that depends on both proportions", () => {
  expect(wholeZoom(SQUARE)).toBe(0.5);
  expect(wholeZoom({ ...SQUARE, size: [2000, 1000] })).toBe(1);
});

test("almost upright becomes upright", () => {
  expect(snapped({ ...START, rotation: 92 }).rotation).toBe(90);
  expect(snapped({ ...START, rotation: -178 }).rotation).toBe(180);
  expect(snapped({ ...START, rotation: 80 }).rotation).toBe(80);
});

test("a place on the panel is seen from the middle of the region, turned back with it", () => {
  const [x, y] = inRegion([200, 150], { ...REGION, rotation: 90 });

  expect(x).toBeCloseTo(50);
  expect(y).toBeCloseTo(0);
});

test("two fingers move, enlarge and turn at once", () => {
  const pointers = new Pointers();
  pointers.down(1, [0, 0]);
  expect(pointers.move(1, [5, 5])).toEqual({ from: [0, 0], to: [5, 5], scale: 1, turn: 0 });
  pointers.down(2, [5, 15]);

  const made = pointers.move(2, [25, 5]);

  expect(made).toEqual({ from: [5, 10], to: [15, 5], scale: 2, turn: -90 });
  expect(pointers.move(3, [0, 0])).toBeUndefined();
  pointers.up(1);
  expect(pointers.count).toBe(1);
});

test("fingers on one spot neither enlarge nor turn", () => {
  expect(
    motionBetween(
      [
        [1, 1],
        [1, 1],
      ],
      [
        [3, 1],
        [1, 3],
      ],
    ),
  ).toMatchObject({ scale: 1, turn: 0 });
});

test("the wheel enlarges upwards, alike for pixels and lines, and never in leaps", () => {
  expect(wheelScale({ deltaY: -100, deltaMode: 0 })).toBeCloseTo(1.284, 3);
  expect(wheelScale({ deltaY: -6.25, deltaMode: 1 })).toBeCloseTo(1.284, 3);
  expect(wheelScale({ deltaY: 1e6, deltaMode: 0 })).toBeGreaterThan(0.7);
});
