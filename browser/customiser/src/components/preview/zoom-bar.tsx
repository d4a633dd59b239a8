/** A closer look by buttons: zoom, and what is enlarged moved. */

import type { Signal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { words } from "../../words.ts";
import { IconButton, type IconName } from "../icon/icon.tsx";
import type { Box } from "./panel-view.tsx";
import { MOST_ZOOM, movedView, type Viewport, wholeOf } from "./viewport.ts";

const [STEP, SHARE] = [1.5, 0.25];

export function ZoomBar({ port, trim }: { port: Signal<Viewport>; trim: Box }) {
  const { zoom, middle } = port.value;
  const bar = useRef<HTMLFieldSetElement>(null);
  const show = (view: Viewport): void => {
    port.value = view;
    // The other buttons go once all is seen again: the one that stays takes their focus.
    if (view.zoom === 1) requestAnimationFrame(() => bar.current?.querySelector("button")?.focus());
  };
  const zoomBy = (scale: number): void => show(movedView(port.value, { from: middle, to: middle, scale }, trim));
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
    <fieldset class="zoom-bar" dir="ltr" ref={bar}>
      <legend class="hidden">{words.view}</legend>
      {/* What does nothing is not there: only a closer look while all is seen. */}
      {zoom > 1 && (
        <>
          {ways.map(([icon, label, x, y]) => (
            <IconButton key={icon} name={icon} label={label} size="small" press={() => go(x, y)} />
          ))}
          <IconButton name="fit" label={words.zoomFit} size="small" press={() => show(wholeOf(trim))} />
          <IconButton name="minus" label={words.zoomOut} size="small" press={() => zoomBy(1 / STEP)} />
        </>
      )}
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
