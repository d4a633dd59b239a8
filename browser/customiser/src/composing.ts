/** The one place that talks to the composer: its types under the names used here, the engine, and what is selected. */

import {
  type Answer,
  type Answers,
  chosenText,
  complete,
  completeContext,
  compose,
  type Element,
  Font,
  type FullStep,
  type FullVariant,
  type FullWorkflow,
  loadShaper,
  needed,
  type Scene,
  type ScenePanel,
  type Selection,
  sceneDigest,
  selections,
  type Workflow,
} from "@spiff/composer";

export type { Answer, Answers, Element, Scene, ScenePanel, Workflow };
export type Step = FullStep;
export type TextStep = Extract<FullStep, { type: "Text" }>;
export type Variant = FullVariant;
export type Option = FullWorkflow["options"][number];

/** Something that keeps a design from being finished: found by the composer here, or by the server. */
export interface Finding {
  stepName: string;
  code: string;
  field: string;
  detail: string;
}

export interface Composition {
  scene: Scene;
  findings: readonly Finding[];
}

/** A step that is active, with what is selected in it and the option it chooses from. */
export interface ActiveStep extends Selection {
  option: Option | undefined;
  text: string;
  colorVariant: Variant | null;
  color: string | null;
  stroke: Variant | null;
}

const NO_TEXT = { text: "", colorVariant: null, stroke: null };

/** The active steps in workflow order. */
export function activeSteps(workflow: Workflow, answers: Answers): ActiveStep[] {
  return selections(complete(workflow), answers, completeContext({}))
    .filter(({ active }) => active)
    .map((selection) => ({
      ...selection,
      option: findOption(workflow, selection.step.option),
      ...chosen(selection),
    }));
}

function chosen(selection: Selection) {
  const { step, answer } = selection;
  return step.type === "Text" ? chosenText({ ...selection, step }) : { ...NO_TEXT, color: answer.color };
}

/** The fonts that composing will ask for. */
export function fontsNeeded(workflow: Workflow, answers: Answers): ReadonlySet<string> {
  return needed(workflow, answers, {}).fonts;
}

/** The option of that id, with every default written out. */
export function findOption(workflow: Workflow, id: string | null): Option | undefined {
  return complete(workflow).options.find((one) => one.id === id);
}

/** Fonts and the shaping engine, ready to compose. */
export interface Engine {
  addFont: (asset: string, bytes: Uint8Array) => void;
  compose: (workflow: Workflow, answers: Answers) => Composition;
  /** Undefined where the browser offers no hashing: on pages without https. */
  digest: (scene: Scene) => Promise<string | undefined>;
}

/** Fetches the shaping engine from that address, once a page. */
export async function loadEngine(address: string): Promise<Engine> {
  const shaper = await loadShaper(address);
  const fonts = new Map<string, Font>();
  return {
    addFont: (asset, bytes) => {
      if (!fonts.has(asset)) fonts.set(asset, new Font(shaper, bytes));
    },
    compose: (workflow, answers) => compose(workflow, answers, { fonts, drawings: new Map(), context: {} }),
    digest: async (scene) => (crypto.subtle ? sceneDigest(scene) : undefined),
  };
}
