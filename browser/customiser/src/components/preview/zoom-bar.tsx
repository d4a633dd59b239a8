/** A closer look by buttons: zoom, and what is enlarged moved. */

import type { Signal } from "@preact/signals";
import { words } from "../../words.ts";
import { IconButton, type IconName } from "../icon/icon.tsx";
import type { Box } from "./panel-view.tsx";
import { MOST_ZOOM, movedView, type Viewport, wholeOf } from "./viewport.ts";

const [STEP, SHARE] = [1.5, 0.25];

export function ZoomBar({ port, trim }: { port: Signal<Viewport>; trim: Box }) {
  const { zoom, middle } = port.value;
  const zoomBy = (scale: number): void => {
    port.value = movedView(port.value, { from: middle, to: middle, scale }, trim);
  };
  const go = (x: number, y: number): void => {
    const to: [number, number] = [middle[0] - (x * SHARE * trim[2]) / zoom, middle[1] - (y * SHARE * trim[3]) / zoom];
    port.value = movedView(port.value, { from: middle, to, scale: 1 }, trim);
  };
  const ways: [IconName, string, number, number][] = [
    ["left", words.moveLeft, -1, 0],
    ["up", words.moveUp, 0, -1],
    ["down", words.moveDown, 0, 1],
    ["right", words.moveRight, 1, 0],
  ];
  return (
    <fieldset class="zoom-bar" dir="ltr">
      <legend class="hidden">{words.view}</legend>
      {zoom > 1 && (
        <>
          {ways.map(([icon, label, x, y]) => (
            <IconButton key={icon} name={icon} label={label} size="small" press={() => go(x, y)} />
          ))}
          <IconButton
            name="fit"
            label={words.zoomFit}
            size="small"
            press={() => {
              port.value = wholeOf(trim);
            }}
          />
        </>
      )}
      <IconButton name="minus" label={words.zoomOut} size="small" disabled={zoom <= 1} press={() => zoomBy(1 / STEP)} />
      <IconButton
        name="plus"
        label={words.zoomIn}
        size="small"
        disabled={zoom >= MOST_ZOOM}
        press={() => zoomBy(STEP)}
      />
    </fieldset>
  );
}
