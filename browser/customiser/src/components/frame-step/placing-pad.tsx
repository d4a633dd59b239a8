/** The frame with the picture in it, large enough for fingers: drag, pinch, wheel and keys move what it holds. */

import { useRef } from "preact/hooks";
import type { Region, StepOf } from "../../composing.ts";
import { Pointers, wheelScale } from "../../gestures.ts";
import { inRegion, type Motion, movedBy, type Point, snapped, turned } from "../../placement.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { type Box, PanelView } from "../preview/panel-view.tsx";
import type { PlacingParts } from "./placing.tsx";

interface PlacingPadProps {
  step: StepOf<"Frame">;
  parts: PlacingParts;
}

const MARGIN = 0.08;
const STILL: Motion = { from: [0, 0], to: [0, 0], scale: 1, turn: 0 };
const [STEP, BIG_STEP] = [0.01, 0.05];

export function PlacingPad({ step, parts }: PlacingPadProps) {
  const { session } = useWorkbench();
  const { framing, placed, now, place } = parts;
  const { region } = framing;
  const pointers = useRef(new Pointers()).current;
  const panel = session.composition.value?.scene.panels.find(({ name }) => name === region.panel);
  if (!panel) return null;
  const view = viewOf(region);
  const move = (motion: Motion): void => place(movedBy(now(), motion, framing));
  const placeIn = (event: MouseEvent & { currentTarget: Element }): Point => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const k = width > 0 ? view[2] / width : 0;
    return inRegion([view[0] + (event.clientX - left) * k, view[1] + (event.clientY - top) * k], region);
  };
  const lift = (event: PointerEvent): void => {
    pointers.up(event.pointerId);
    if (pointers.count === 0) place(snapped(now()));
  };
  const helpId = `${step.stepName}-placing-help`;
  return (
    <>
      <div
        class="placing-pad"
        style={{ "--ratio": view[2] / view[3] }}
        role="application"
        aria-label={words.placingPad}
        aria-describedby={helpId}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the picture here
        tabIndex={0}
        onKeyDown={(event) => {
          const motion = motionOf(event, region);
          if (!motion) return;
          event.preventDefault();
          move(motion);
        }}
        onWheel={(event) => {
          event.preventDefault();
          const at = placeIn(event);
          move({ from: at, to: at, scale: wheelScale(event), turn: 0 });
        }}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture?.(event.pointerId);
          pointers.down(event.pointerId, placeIn(event));
        }}
        onPointerMove={(event) => {
          const motion = pointers.move(event.pointerId, placeIn(event));
          if (motion) move(motion);
        }}
        onPointerUp={lift}
        onPointerCancel={lift}
      >
        <PanelView panel={panel} href={session.files.href} view={view}>
          <path class="placing-shade" d={`${outline(view)}${regionOutline(region)}`} />
          <path class="placing-edge" d={regionOutline(region)} />
        </PanelView>
      </div>
      <p id={helpId} class="help placing-help">
        {words.placingHelp} <span class="placing-keys">{words.placingKeys}</span>
      </p>
      <p class="hidden" role="status">
        {words.placed(Math.round(placed.zoom * 100), Math.round(placed.rotation))}
      </p>
    </>
  );
}

/** What a key does, larger with Shift; undefined for keys that do nothing here. */
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

/** Around the turned region, with some room. */
function viewOf(region: Region): Box {
  const points = cornersOf(region);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  const room = MARGIN * Math.max(width, height);
  return [left - room, top - room, width + 2 * room, height + 2 * room];
}

function cornersOf({ left, top, width, height, rotation }: Region): Point[] {
  const middle: Point = [left + width / 2, top + height / 2];
  const signs: Point[] = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ];
  return signs.map(([x, y]) => {
    const [dx, dy] = turned([(x * width) / 2, (y * height) / 2], rotation);
    return [middle[0] + dx, middle[1] + dy];
  });
}

function regionOutline(region: Region): string {
  return `M${cornersOf(region)
    .map((corner) => corner.join(" "))
    .join("L")}Z`;
}

function outline([x, y, width, height]: Box): string {
  return `M${x} ${y}h${width}v${height}h${-width}Z`;
}
