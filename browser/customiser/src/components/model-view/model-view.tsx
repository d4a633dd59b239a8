/** The design on the product's 3D model, fetched when it is first seen; and the hands and buttons to turn it. */

import { type Signal, useSignal, useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { appearanceOf, cameraOf } from "../../three/appearance.ts";
import type { Viewer } from "../../three/viewer.ts";
import { words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import { ModelButtons, NEARER, TURN } from "./model-buttons.tsx";
import "./model-view.css";

interface ModelViewProps {
  /** The address of the product's GLB. */
  model: string;
  /** 3D cannot be shown here. */
  failed: () => void;
}

const KEYS: Record<string, (viewer: Viewer) => void> = {
  ArrowLeft: (viewer) => viewer.move(-TURN, 0),
  ArrowRight: (viewer) => viewer.move(TURN, 0),
  ArrowUp: (viewer) => viewer.move(0, -TURN),
  ArrowDown: (viewer) => viewer.move(0, TURN),
  "+": (viewer) => viewer.move(0, 0, NEARER),
  "=": (viewer) => viewer.move(0, 0, NEARER),
  "-": (viewer) => viewer.move(0, 0, 1 / NEARER),
  Home: (viewer) => viewer.lookAt(undefined),
};

export function ModelView({ model, failed }: ModelViewProps) {
  const workbench = useWorkbench();
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const viewer = useSignal<Viewer | undefined>(undefined);
  const shown = useSignal(false);
  const room = workbench.session.editor.workflow.globalPreviewConfig?.enableAR !== false;
  useViewer(canvas, viewer, shown, failed, workbench);
  useDesign(model, viewer, workbench);
  useCamera(viewer, workbench);
  const onKeyDown = (event: KeyboardEvent): void => {
    const press = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key];
    if (!press || !viewer.value) return;
    event.preventDefault();
    press(viewer.value);
  };
  return (
    <div class="model-view" ref={frame}>
      <div
        class={shown.value ? "model-hold shown" : "model-hold"}
        role="application"
        aria-label={words.modelOf(workbench.session.product.name)}
        aria-describedby="model-help"
        aria-busy={!shown.value}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys turn the model here
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} />
      </div>
      <p id="model-help" class="hidden">
        {words.modelKeys}
      </p>
      {!shown.value && <p class="stage-wait model-wait">{words.loadingModel}</p>}
      {viewer.value && <ModelButtons viewer={viewer.value} frame={frame} room={room} />}
    </div>
  );
}

type Shown = Signal<Viewer | undefined>;

function useViewer(
  canvas: { current: HTMLCanvasElement | null },
  viewer: Shown,
  shown: Signal<boolean>,
  failed: () => void,
  { session }: Workbench,
): void {
  useEffect(() => {
    let gone = false;
    const start = async (): Promise<void> => {
      const { Viewer } = await import("../../three/viewer.ts");
      if (gone || !canvas.current) return;
      viewer.value = new Viewer({
        canvas: canvas.current,
        still: matchMedia("(prefers-reduced-motion: reduce)").matches,
        hrefOf: session.files.href,
        shown: () => {
          shown.value = true;
        },
        failed,
      });
    };
    start().catch(() => !gone && failed());
    return () => {
      gone = true;
      viewer.peek()?.stop();
    };
  }, []);
}

/** Shows each change as soon as it is composed. */
function useDesign(model: string, viewer: Shown, { session }: Workbench): void {
  useSignalEffect(() => {
    const panels = session.composition.value?.scene.panels;
    if (panels) viewer.value?.show(appearanceOf(model, session.editor.active.value, panels, session.files.href));
  });
}

/** Looks where the shopper works. What nothing is said of leaves the view where it is, but in the summary. */
function useCamera(viewer: Shown, { scene, attention }: Workbench): void {
  useSignalEffect(() => {
    const camera = cameraOf(scene.value?.steps ?? [], attention.value);
    if (camera || !scene.value) viewer.value?.lookAt(camera);
  });
}
