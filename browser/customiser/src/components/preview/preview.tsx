/** The design as it is, large; with tabs where the product has several panels. */

import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { words } from "../../words.ts";
import { useWorkbench, type Workbench } from "../../workbench.ts";
import { PanelView } from "./panel-view.tsx";
import "./preview.css";

export function Preview() {
  const workbench = useWorkbench();
  const { session } = workbench;
  const chosen = useSignal(0);
  const panels = session.composition.value?.scene.panels;
  const relevant = relevantPanel(workbench);
  useEffect(() => {
    if (relevant >= 0) chosen.value = relevant;
  }, [relevant]);
  const panel = panels?.[chosen.value];
  return (
    <section class="preview" aria-label={words.preview} aria-busy={!panel}>
      <div class="stage">
        {panel ? (
          <PanelView panel={panel} assets={session.assets} label={words.previewOf(panelTitle(workbench, panel.name))} />
        ) : (
          <p class="stage-wait">{words.loadingPreview}</p>
        )}
      </div>
      {panels && panels.length > 1 && (
        <fieldset class="panel-tabs">
          <legend class="hidden">{words.panels}</legend>
          {panels.map(({ name }, index) => (
            <button
              key={name}
              type="button"
              aria-pressed={index === chosen.value}
              onClick={() => (chosen.value = index)}
            >
              {panelTitle(workbench, name)}
            </button>
          ))}
        </fieldset>
      )}
    </section>
  );
}

/** What a panel is called for shoppers. */
export function panelTitle({ session }: Workbench, name: string): string {
  return session.editor.workflow.panels.find((one) => one.name === name)?.title || name;
}

/** The panel the current scene draws on, so that the shopper sees what changes; the first in the summary, -1 for no panel. */
function relevantPanel({ session, scene }: Workbench): number {
  if (!scene.value) return 0;
  const { panels } = session.editor.workflow;
  const region = scene.value.steps.flatMap(({ step }) => step.regions)[0];
  return panels.findIndex(({ name }) => name === region?.panel);
}
