/** Fingers, mouse, wheel and keys on the placing pad, as motions of the picture in its frame. */

import { useRef } from "preact/hooks";
import type { Region } from "../../composing.ts";
import { Pointers, wheelScale } from "../../gestures.ts";
import { inRegion, type Motion, movedBy, type Point, snapped } from "../../placement.ts";
import type { Box } from "../preview/panel-view.tsx";
import type { PlacingParts } from "./placing-parts.ts";

type On<Kind extends Event> = Kind & { currentTarget: HTMLDivElement };

const STILL: Motion = { from: [0, 0], to: [0, 0], scale: 1, turn: 0 };
const [STEP, BIG_STEP] = [0.01, 0.05];

/** The listeners of a pad that shows this part of the panel. */
export function usePlacingHands({ framing, now, place }: PlacingParts, view: Box) {
  const pointers = useRef(new Pointers()).current;
  const { region } = framing;
  const move = (motion: Motion): void => place(movedBy(now(), motion, framing));
  const placeIn = (event: On<MouseEvent>): Point => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const k = width > 0 ? view[2] / width : 0;
    return inRegion([view[0] + (event.clientX - left) * k, view[1] + (event.clientY - top) * k], region);
  };
  const lift = (event: PointerEvent): void => {
    pointers.up(event.pointerId);
    if (pointers.count === 0) place(snapped(now()));
  };
  return {
    onKeyDown: (event: KeyboardEvent) => {
      const motion = motionOf(event, region);
      if (!motion) return;
      event.preventDefault();
      move(motion);
    },
    onWheel: (event: On<WheelEvent>) => {
      event.preventDefault();
      const at = placeIn(event);
      move({ from: at, to: at, scale: wheelScale(event), turn: 0 });
    },
    onPointerDown: (event: On<PointerEvent>) => {
      event.currentTarget.setPointerCapture?.(event.pointerId);
      pointers.down(event.pointerId, placeIn(event));
    },
    onPointerMove: (event: On<PointerEvent>) => {
      const motion = pointers.move(event.pointerId, placeIn(event));
      if (motion) move(motion);
    },
    onPointerUp: lift,
    onPointerCancel: lift,
  };
}

/** What a key does, more with Shift; undefined for keys that do nothing here. */
function motionOf({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent, { width, height }: Region) {
  if (ctrlKey || metaKey || altKey) return undefined;
  const far = shiftKey ? BIG_STEP : STEP;
  const motions: Record<string, Partial<Motion>> = {
    ArrowLeft: { to: [-far * width, 0] },
    ArrowRight: { to: [far * width, 0] },
    ArrowUp: { to: [0, -far * height] },
    ArrowDown: { to: [0, far * height] },
    "+": { scale: 1 + BIG_STEP },
    "=": { scale: 1 + BIG_STEP },
    "-": { scale: 1 / (1 + BIG_STEP) },
    "[": { turn: -1 },
    "]": { turn: 1 },
    "{": { turn: -15 },
    "}": { turn: 15 },
  };
  const motion = Object.hasOwn(motions, key) ? motions[key] : undefined;
  return motion && { ...STILL, ...motion };
}
