/** The design as it is, large: with tabs where the product has several panels, and a closer look at any part. */

import { type Signal, useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Region, ScenePanel } from "../../composing.ts";
import { Pointers, wheelScale } from "../../gestures.ts";
import type { Motion, Point } from "../../placement.ts";
import { panelOf } from "../../scenes.ts";
import { hasWebGl } from "../../three/webgl.ts";
import { words } from "../../words.ts";
import { goToStep, useWorkbench, type Workbench } from "../../workbench.ts";
import { ModelView } from "../model-view/model-view.tsx";
import { type Box, PanelView, trimOf } from "./panel-view.tsx";
import { movedView, type Viewport, viewOf, wholeOf } from "./viewport.ts";
import { ZoomBar } from "./zoom-bar.tsx";
import "./preview.css";

export function Preview() {
  const workbench = useWorkbench();
  const { session, lookAt } = workbench;
  useSceneInView(workbench);
  const panels = session.panels.value;
  const panel = panels.find(({ name }) => name === lookAt.value) ?? panels[0];
  const { model, solid, failed } = useModel(workbench);
  return (
    <section class="preview" aria-label={words.preview} aria-busy={!panel}>
      {solid.value && model && panel && <ModelView model={model} failed={failed} />}
      {!solid.value && panel && <Stage key={panel.name} panel={panel} />}
      {!panel && <p class="stage stage-wait">{words.loadingPreview}</p>}
      {(panels.length > 1 || model) && (
        <PanelTabs names={panels.map(({ name }) => name)} current={panel?.name} solid={model ? solid : undefined} />
      )}
    </section>
  );
}

/** The product's model where the browser can show it, and whether it is what is seen instead of the panels. */
function useModel({ session }: Workbench) {
  const { modelUrl } = session.product;
  const able = useMemo(() => Boolean(modelUrl) && hasWebGl(), [modelUrl]);
  const broken = useSignal(false);
  const solid = useSignal(able);
  const failed = (): void => {
    [broken.value, solid.value] = [true, false];
  };
  return { model: (able && !broken.value && modelUrl) || undefined, solid, failed };
}

function Stage({ panel }: { panel: ScenePanel }) {
  const workbench = useWorkbench();
  const trim = trimOf(panel);
  const port = useSignal(wholeOf(trim));
  const zoomed = port.value.zoom > 1;
  return (
    <>
      <div class={zoomed ? "stage zoomed" : "stage"} {...useHands(port, trim)}>
        <PanelView
          panel={panel}
          href={workbench.session.files.href}
          view={viewOf(port.value, trim)}
          label={words.previewOf(panelTitle(workbench, panel.name))}
        >
          <StepPlaces panel={panel.name} />
          <Attention panel={panel.name} />
        </PanelView>
      </div>
      <ZoomBar port={port} trim={trim} />
    </>
  );
}

/** Pinching, the wheel with Ctrl, and dragging what is enlarged. */
function useHands(port: Signal<Viewport>, trim: Box) {
  const pointers = useRef(new Pointers()).current;
  const move = (motion: Omit<Motion, "turn">): void => {
    port.value = movedView(port.value, motion, trim);
  };
  const onPanel = (stage: Element, [x, y]: Point): Point => {
    const picture = stage.querySelector("svg")?.getBoundingClientRect();
    const [left, top, width] = viewOf(port.value, trim);
    const k = picture && picture.width > 0 ? width / picture.width : 0;
    return [left + (x - (picture?.left ?? 0)) * k, top + (y - (picture?.top ?? 0)) * k];
  };
  const onScreen = (event: MouseEvent): Point => [event.clientX, event.clientY];
  return {
    onWheel: (event: WheelEvent & { currentTarget: HTMLDivElement }) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const at = onPanel(event.currentTarget, onScreen(event));
      move({ from: at, to: at, scale: wheelScale(event) });
    },
    onPointerDown: (event: PointerEvent) => pointers.down(event.pointerId, onScreen(event)),
    onPointerMove: (event: PointerEvent & { currentTarget: HTMLDivElement }) => {
      const motion = pointers.move(event.pointerId, onScreen(event));
      if (!motion || (pointers.count < 2 && port.value.zoom === 1)) return;
      event.currentTarget.setPointerCapture?.(event.pointerId);
      const stage = event.currentTarget;
      move({ from: onPanel(stage, motion.from), to: onPanel(stage, motion.to), scale: motion.scale });
    },
    onPointerUp: (event: PointerEvent) => pointers.up(event.pointerId),
    onPointerCancel: (event: PointerEvent) => pointers.up(event.pointerId),
  };
}

/** Pressing what is seen leads to the step that draws it; of places that overlap, to the smallest. */
function StepPlaces({ panel }: { panel: string }) {
  const workbench = useWorkbench();
  const { active, scenes } = workbench.session.editor;
  const shown = new Set(scenes.value.flatMap(({ steps }) => steps.map(({ step }) => step.stepName)));
  const places = active.value
    .filter(({ step }) => shown.has(step.stepName))
    .flatMap(({ step }) => step.regions.map((region) => ({ stepName: step.stepName, region })))
    .filter(({ region }) => region.panel === panel)
    .sort((one, other) => areaOf(other.region) - areaOf(one.region));
  return (
    <>
      {places.map(({ stepName, region }, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: a short cut for pointers; keys reach every step by its scene
        <rect key={index} class="step-place" {...boxOf(region)} onClick={() => goToStep(workbench, stepName)} />
      ))}
    </>
  );
}

/** Where the step that has the focus draws on this panel. */
function Attention({ panel }: { panel: string }) {
  const { session, attention } = useWorkbench();
  const active = session.editor.active.value.find(({ step }) => step.stepName === attention.value);
  const regions = active?.step.regions.filter((region) => region.panel === panel) ?? [];
  return (
    <>
      {regions.map((region, index) => (
        <g key={index} class="attention">
          <rect {...boxOf(region)} class="halo" />
          <rect {...boxOf(region)} />
        </g>
      ))}
    </>
  );
}

function areaOf({ width, height }: Region): number {
  return width * height;
}

/** A region as the attributes of a rectangle. */
function boxOf({ left, top, width, height, rotation = 0 }: Region) {
  return { x: left, y: top, width, height, transform: `rotate(${rotation} ${left + width / 2} ${top + height / 2})` };
}

interface PanelTabsProps {
  names: string[];
  current: string | undefined;
  /** Whether the model is seen; absent where there is none. */
  solid: Signal<boolean> | undefined;
}

function PanelTabs({ names, current, solid }: PanelTabsProps) {
  const workbench = useWorkbench();
  const isFlat = !solid?.value;
  return (
    <fieldset class="panel-tabs">
      <legend class="hidden">{words.panels}</legend>
      {solid && (
        <button
          type="button"
          aria-pressed={solid.value}
          onClick={() => {
            solid.value = true;
          }}
        >
          {words.threeD}
        </button>
      )}
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={isFlat && name === current}
          onClick={() => {
            if (solid) solid.value = false;
            workbench.lookAt.value = name;
          }}
        >
          {solid && names.length === 1 ? words.flat : panelTitle(workbench, name)}
        </button>
      ))}
    </fieldset>
  );
}

/** What a panel is called for shoppers. */
export function panelTitle({ session }: Workbench, name: string): string {
  return session.editor.workflow.panels.find((one) => one.name === name)?.title || name;
}

/** Turns to the panel a scene draws on when the shopper comes to it; to the first in the summary. */
function useSceneInView({ scene, lookAt }: Workbench): void {
  const current = scene.value;
  const panel = current?.steps.map(panelOf).find((name) => name !== undefined);
  useEffect(() => {
    if (panel || !current) lookAt.value = panel;
  }, [panel, current === undefined]);
}
