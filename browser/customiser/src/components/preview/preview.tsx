/** The design as it is, large; with tabs where the product has several panels. */

import { useEffect } from "preact/hooks";
import { panelOf } from "../../scenes.ts";
import { words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import { PanelView } from "./panel-view.tsx";
import "./preview.css";

export function Preview() {
  const workbench = useWorkbench();
  const { session, lookAt } = workbench;
  useSceneInView(workbench);
  const panels = session.panels.value;
  const panel = panels.find(({ name }) => name === lookAt.value) ?? panels[0];
  return (
    <section class="preview" aria-label={words.preview} aria-busy={!panel}>
      <div class="stage">
        {panel ? (
          <PanelView panel={panel} assets={session.assets} label={words.previewOf(panelTitle(workbench, panel.name))} />
        ) : (
          <p class="stage-wait">{words.loadingPreview}</p>
        )}
      </div>
      {panels.length > 1 && <PanelTabs names={panels.map(({ name }) => name)} current={panel?.name} />}
    </section>
  );
}

function PanelTabs({ names, current }: { names: string[]; current: string | undefined }) {
  const workbench = useWorkbench();
  return (
    <fieldset class="panel-tabs">
      <legend class="hidden">{words.panels}</legend>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={name === current}
          onClick={() => {
            workbench.lookAt.value = name;
          }}
        >
          {panelTitle(workbench, name)}
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
