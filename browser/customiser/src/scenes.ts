/** Which scenes and steps a shopper sees. Pure. */

import type { ActiveStep, Step, Workflow } from "./composing.ts";

export interface VisibleScene {
  name: string;
  steps: ActiveStep[];
}

/** The colour of a variant that lets the shopper pick any. */
export const CUSTOM_COLOR = "#custom";

/** The panel a step draws on first; undefined when it draws nothing. */
export function panelOf({ step }: ActiveStep): string | undefined {
  return step.regions[0]?.panel;
}

/** The scenes with something to do in them: silent steps and choices of one are not shown. */
export function visibleScenes(workflow: Workflow, active: readonly ActiveStep[]): VisibleScene[] {
  const shown = new Map(active.filter(isShown).map((one) => [one.step.stepName, one]));
  return workflow.scenes
    .map(({ name, stepNames }) => ({ name, steps: stepNames.flatMap((one) => shown.get(one) ?? []) }))
    .filter(({ steps }) => steps.length > 0);
}

/** Types whose step is shown only where there is something to choose (contract/domain.md 6). */
const CHOICES: readonly Step["type"][] = ["Model", "Material", "Picture", "Shape"];
const NEVER_SHOWN: readonly Step["type"][] = ["SilentIllustration", "ProductOverlay"];

function isShown({ step, option }: ActiveStep): boolean {
  if (step.silent || NEVER_SHOWN.includes(step.type)) return false;
  const variants = option?.variants ?? [];
  return !CHOICES.includes(step.type) || variants.length > 1 || variants[0]?.color === CUSTOM_COLOR;
}
