/** Everything that can be done with the 3D view, as buttons. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Viewer } from "../../three/viewer.ts";
import { words } from "../../words.ts";
import { IconButton } from "../icon/icon.tsx";
import { RoomButton } from "./room-button.tsx";

/** Radians that a key or button turns the model by, and how much nearer one brings it. */
export const [TURN, NEARER] = [Math.PI / 12, 1.25];

interface ModelButtonsProps {
  viewer: Viewer;
  /** What fills the screen. */
  frame: { current: HTMLElement | null };
  /** Whether the merchant lets it be seen in the shopper's own room. */
  room: boolean;
}

export function ModelButtons({ viewer, frame, room }: ModelButtonsProps) {
  const turning = useSignal(false);
  const turn = (): void => {
    turning.value = !turning.value;
    viewer.turning = turning.value;
  };
  return (
    <fieldset class="model-buttons" dir="ltr">
      <legend class="hidden">{words.view}</legend>
      <IconButton name="turnLeft" label={words.turnLeft} size="small" press={() => viewer.move(-TURN, 0)} />
      <IconButton name="turnRight" label={words.turnRight} size="small" press={() => viewer.move(TURN, 0)} />
      <IconButton
        name={turning.value ? "pause" : "play"}
        label={turning.value ? words.stopTurning : words.turnByItself}
        size="small"
        press={turn}
      />
      {room && <RoomButton viewer={viewer} />}
      <IconButton name="fit" label={words.zoomFit} size="small" press={() => viewer.lookAt(undefined)} />
      <IconButton name="minus" label={words.zoomOut} size="small" press={() => viewer.move(0, 0, 1 / NEARER)} />
      <IconButton name="plus" label={words.zoomIn} size="small" press={() => viewer.move(0, 0, NEARER)} />
      {document.fullscreenEnabled && <FullScreenButton frame={frame} />}
    </fieldset>
  );
}

function FullScreenButton({ frame }: Pick<ModelButtonsProps, "frame">) {
  const full = useSignal(false);
  useEffect(() => {
    const listen = (): void => {
      full.value = document.fullscreenElement === frame.current;
    };
    document.addEventListener("fullscreenchange", listen);
    return () => document.removeEventListener("fullscreenchange", listen);
  }, []);
  const press = (): void => {
    // The browser may say no; then everything stays as it is.
    const asked = full.value ? document.exitFullscreen() : frame.current?.requestFullscreen();
    asked?.catch(() => undefined);
  };
  const label = full.value ? words.leaveFullScreen : words.fullScreen;
  return <IconButton name={full.value ? "shrink" : "expand"} label={label} size="small" press={press} />;
}
