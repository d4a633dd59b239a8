/** What the 3D view shows of a design: models, what they are made of, panels, where from. Pure; knows no 3D library. */

import type { ActiveStep, ScenePanel, Step } from "../composing.ts";

/** Addresses are those of files. */
export interface Appearance {
  models: readonly string[];
  /** By the name of the material it takes the place of: the picture of another material. */
  materials: ReadonlyMap<string, string>;
  /** By the name of the material they are drawn on. */
  panels: ReadonlyMap<string, ScenePanel>;
}

export type Camera = NonNullable<Step["lookAtAnimation"]>;

type HrefOf = (asset: string) => string | undefined;

/** A material hides what is drawn on the same surface; a model is added to the product's, or replaces it. */
export function appearanceOf(
  productModel: string,
  active: readonly ActiveStep[],
  panels: readonly ScenePanel[],
  href: HrefOf,
): Appearance {
  let models = [productModel];
  const materials = new Map<string, string>();
  for (const { step, variants } of active) {
    const chosen = variants.flatMap(({ asset }) => (asset && href(asset)) || []);
    if (step.type === "Model") models = step.replaceProductModel && chosen.length > 0 ? chosen : [...models, ...chosen];
    const picture = chosen[0];
    if (step.type !== "Material" || picture === undefined) continue;
    for (const name of step.targetMaterials) materials.set(name, picture);
  }
  return { models, materials, panels: new Map(panels.map((panel) => [panel.name, panel])) };
}

/** Where the view looks from: as the step with the focus says, else the first of the scene that says something. */
export function cameraOf(steps: readonly ActiveStep[], attention: string | undefined): Camera | undefined {
  const focused = steps.find(({ step }) => step.stepName === attention);
  return (
    [...(focused ? [focused] : []), ...steps].find(({ step }) => step.lookAtAnimation)?.step.lookAtAnimation ??
    undefined
  );
}
