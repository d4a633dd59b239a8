/** The frame with the picture in it, large enough for fingers: drag, pinch, wheel and keys move what it holds. */

import type { Region, StepOf } from "../../composing.ts";
import { type Point, turned } from "../../placement.ts";
import { words } from "../../words.ts";
import { useWorkbench } from "../../workbench.ts";
import { type Box, PanelView } from "../preview/panel-view.tsx";
import { usePlacingHands } from "./placing-hands.ts";
import type { PlacingParts } from "./placing-parts.ts";

interface PlacingPadProps {
  step: StepOf<"Frame">;
  parts: PlacingParts;
}

const MARGIN = 0.08;

export function PlacingPad({ step, parts }: PlacingPadProps) {
  const { session } = useWorkbench();
  const { framing, placed } = parts;
  const { region } = framing;
  const view = viewOf(region);
  const hands = usePlacingHands(parts, view);
  const panel = session.composition.value?.scene.panels.find(({ name }) => name === region.panel);
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
        {...hands}
      >
        {panel && (
          <PanelView panel={panel} href={session.files.href} view={view}>
            <path class="placing-shade" d={`${outline(view)}${regionOutline(region)}`} />
            <path class="placing-edge" d={regionOutline(region)} />
          </PanelView>
        )}
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
