/** Which part of a panel is seen, and how that changes by zooming and moving. Pure. */

import type { Motion, Point } from "../../placement.ts";
import type { Box } from "./panel-view.tsx";

/** `zoom` 1 shows all; `middle` is the place on the panel that is in the middle of the view. */
export interface Viewport {
  zoom: number;
  middle: Point;
}

export const MOST_ZOOM = 8;

/** Everything inside the trim. */
export function wholeOf([left, top, width, height]: Box): Viewport {
  return { zoom: 1, middle: [left + width / 2, top + height / 2] };
}

/** The part of the trim that is seen. */
export function viewOf({ zoom, middle }: Viewport, [, , width, height]: Box): Box {
  const [w, h] = [width / zoom, height / zoom];
  return [middle[0] - w / 2, middle[1] - h / 2, w, h];
}

/** The view after fingers moved from one place on the panel to another; what is seen never leaves the trim. */
export function movedView(view: Viewport, { from, to, scale }: Omit<Motion, "turn">, trim: Box): Viewport {
  const zoom = clamp(view.zoom * scale, 1, MOST_ZOOM);
  const grown = zoom / view.zoom;
  // The place under the fingers stays under them.
  const middle = [0, 1].map((axis) => {
    const [start, end, old] = [from[axis] ?? 0, to[axis] ?? 0, view.middle[axis] ?? 0];
    const half = (trim[axis + 2] ?? 0) / zoom / 2;
    const least = (trim[axis] ?? 0) + half;
    return clamp(start - (end - old) / grown, least, (trim[axis] ?? 0) + (trim[axis + 2] ?? 0) - half);
  });
  return { zoom, middle: [middle[0] ?? 0, middle[1] ?? 0] };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
