/** `compose`: a workflow version and a shopper's answers become a scene and findings (docs/composing.md). Pure. */

import type { Answers, Finding } from "./answers.ts";
import { stepFindings, unknownSteps } from "./checking.ts";
import { complete, type FullPanel, type FullWorkflow } from "./complete.ts";
import { Grounds } from "./grounds.ts";
import { type Drawn, NOTHING_DRAWN } from "./kinds.ts";
import { Preflight } from "./preflight.ts";
import { type Context, completeContext, type FullContext, type Resources } from "./resources.ts";
import type { Scene, ScenePanel } from "./scene.ts";
import { madePanels, selections } from "./selection.ts";
import { kindOf } from "./steps/registry.ts";
import type { Workflow } from "./workflow.ts";

/** What is drawn, and what keeps it from being finished or from printing well. */
export interface Composition {
  readonly scene: Scene;
  readonly findings: readonly Finding[];
}

/** The files `compose` will ask for, by digest. */
export interface Needed {
  readonly fonts: ReadonlySet<string>;
  readonly drawings: ReadonlySet<string>;
}

/** The scene of these answers and all findings. Equal input gives equal bytes on every machine. Throws ResourceMissing. */
export function compose(workflow: Workflow, answers: Answers, resources: Resources): Composition {
  const context = completeContext(resources.context);
  const { full, selected } = whatIsMade(complete(workflow), answers, context);
  const drawings = selected.map((selection) => ({
    selection,
    drawing: selection.active ? kindOf(selection).draw(selection, resources) : NOTHING_DRAWN,
  }));
  const ordered = drawings.flatMap(({ drawing }) => drawing.drawn).sort(byLayer);
  const preflight = new Preflight(full, context, new Grounds(full.panels, ordered));
  const findings = drawings.flatMap(({ selection, drawing }): Finding[] => {
    const { stepName } = selection.step;
    const printing = [...preflight.look(selection, drawing.drawn)].map((found) => ({ stepName, ...found }));
    return [...stepFindings(selection, drawing.found), ...printing];
  });
  findings.push(...unknownSteps(full, answers));
  return { scene: { panels: full.panels.map((panel) => scenePanel(panel, ordered)) }, findings };
}

/** The files to load before composing. */
export function needed(workflow: Workflow, answers: Answers, context: Context): Needed {
  const all = selections(complete(workflow), answers, completeContext(context));
  const active = all.filter((selection) => selection.active);
  return {
    fonts: new Set(active.flatMap((each) => [...kindOf(each).fonts(each)])),
    drawings: new Set(active.flatMap((each) => [...kindOf(each).drawings(each)])),
  };
}

/** The workflow without panels that are not made: what is drawn there is not looked at either. */
function whatIsMade(full: FullWorkflow, answers: Answers, context: FullContext) {
  const selected = selections(full, answers, context);
  const panels = madePanels(full.panels, selected);
  if (panels.length === full.panels.length) return { full, selected };
  const made = { ...full, panels };
  return { full: made, selected: selections(made, answers, context) };
}

function byLayer(one: Drawn, other: Drawn): number {
  const above = Number(one.above ?? false) - Number(other.above ?? false);
  return above || one.region.layer - other.region.layer || one.region.layerIndex - other.region.layerIndex;
}

function scenePanel({ name, width, height, bleed, background }: FullPanel, drawn: readonly Drawn[]): ScenePanel {
  const elements = drawn.filter((each) => each.region.panel === name).map((each) => each.element);
  return { name, width, height, bleed, background, elements };
}
