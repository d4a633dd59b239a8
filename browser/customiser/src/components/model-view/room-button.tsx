/** The button that leads into the shopper's own room, where the device can; and what lies over the room's picture. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { quickLook, type RoomWay, requestRoom, roomWay } from "../../room.ts";
import type { Viewer } from "../../three/viewer.ts";
import { words } from "../../words.ts";
import { IconButton } from "../icon/icon.tsx";

export function RoomButton({ viewer }: { viewer: Viewer }) {
  const way = useSignal<RoomWay | undefined>(undefined);
  const session = useSignal<XRSession | undefined>(undefined);
  const failed = useSignal(false);
  const overlay = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void roomWay().then((found) => {
      way.value = found;
    });
  }, []);
  const enter = async (): Promise<void> => {
    failed.value = false;
    if (way.value === "quick-look") return quickLook(await viewer.usdz());
    if (!overlay.current) return;
    session.value = await requestRoom(overlay.current);
    await viewer.enterRoom(session.value);
  };
  const press = (): void => {
    enter()
      .catch((error: unknown) => {
        console.warn(error);
        failed.value = true;
        // What was begun must not stay over everything.
        void session.value?.end().catch(() => undefined);
      })
      .finally(() => {
        session.value = undefined;
      });
  };
  if (!way.value) return null;
  return (
    <>
      <IconButton name="room" label={words.viewInRoom} size="small" press={press} />
      <div class="room" dir="auto" hidden={!session.value} ref={overlay}>
        <div class="room-bar" ref={keepTaps}>
          <p>{words.roomHint}</p>
          <IconButton name="close" label={words.leaveRoom} press={() => void session.value?.end()} />
        </div>
      </div>
      <p class={failed.value ? "room-failed" : "hidden"} role="status">
        {failed.value && words.roomFailed}
      </p>
    </>
  );
}

/** Taps on the bar are not meant for the room behind it. */
function keepTaps(bar: HTMLElement | null): void {
  bar?.addEventListener("beforexrselect", (event) => event.preventDefault());
}
