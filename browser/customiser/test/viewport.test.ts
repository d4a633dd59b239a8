import { expect, test } from "vitest";
import { MOST_ZOOM, movedView, viewOf, wholeOf } from "../src/components/preview/viewport.ts";

const TRIM = [10, 10, 400, 200] as const;
const WHOLE = wholeOf(TRIM);

test("at first all inside the trim is seen", () => {
  expect(viewOf(WHOLE, TRIM)).toEqual([...TRIM]);
});

test("what is under the fingers stays under them when the view grows", () => {
  const view = movedView(WHOLE, { from: [110, 60], to: [110, 60], scale: 2 }, TRIM);

  const [left, top, width, height] = viewOf(view, TRIM);
  expect([(110 - left) / width, (60 - top) / height]).toEqual([0.25, 0.25]);
});

test("the view never leaves the trim, and neither shrinks nor grows beyond its limits", () => {
  const close = movedView(WHOLE, { from: [0, 0], to: [0, 0], scale: 100 }, TRIM);
  expect(close.zoom).toBe(MOST_ZOOM);
  expect(viewOf(close, TRIM).slice(0, 2)).toEqual([10, 10]);

  const dragged = movedView(close, { from: [0, 0], to: [-5000, -5000], scale: 1 }, TRIM);
  expect(viewOf(dragged, TRIM).slice(0, 2)).toEqual([360, 185]);
  expect(movedView(dragged, { from: [0, 0], to: [0, 0], scale: 0.001 }, TRIM)).toEqual(WHOLE);
});
