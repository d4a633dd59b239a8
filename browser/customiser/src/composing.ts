/** The one place that talks to the composer: its types under the names used here, the engine, and what is selected. */

import {
  ADJUSTABLE,
  type Answer,
  type Answers,
  type Context,
  chosenText,
  cleaned,
  complete,
  completeContext,
  compose,
  countCharacters,
  type Drawing,
  type Element,
  type FindingCode,
  Font,
  type FullStep,
  type FullStepOf,
  type FullVariant,
  type FullWorkflow,
  levelOf,
  loadShaper,
  missingIn,
  type Needed,
  needed,
  type Placement,
  type Scene,
  type ScenePanel,
  type Selection,
  sceneDigest,
  selections,
  type Workflow,
  webAddress,
  wellFormed,
} from "@spiff/composer";

export type { Answer, Answers, Context, Drawing, Element, FindingCode, Placement, Scene, ScenePanel, Workflow };
export { cleaned, countCharacters, webAddress, wellFormed };
export type Step = FullStep;
export type StepOf<Type extends FullStep["type"]> = FullStepOf<Type>;
export type TextStep = StepOf<"Text">;
export type Region = FullStep["regions"][number];
export type Variant = FullVariant;
export type Option = FullWorkflow["options"][number];

/** Something that is wrong with a design: found by the composer here, or by the server. */
export interface Finding {
  stepName: string;
  code: string;
  field: string;
  detail: string;
}

/** A finding with what the product makes of it: `warn` lets the design be finished. */
export interface JudgedFinding extends Finding {
  level: "warn" | "block";
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
  fill: Variant | null;
}

const NO_TEXT = { text: "", colorVariant: null, stroke: null, fill: null };

/** The active steps in workflow order. */
export function activeSteps(workflow: Workflow, answers: Answers, context: Context): ActiveStep[] {
  return selections(complete(workflow), answers, completeContext(context))
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

/** The fonts and drawings that composing will ask for. */
export function assetsNeeded(workflow: Workflow, answers: Answers, context: Context): Needed {
  return needed(workflow, answers, context);
}

/** The option of that id, with every default written out. */
export function findOption(workflow: Workflow, id: string | null): Option | undefined {
  return complete(workflow).options.find((one) => one.id === id);
}

/** The findings a product does not ignore, each with its level. */
export function judged(findings: readonly Finding[], context: Context): JudgedFinding[] {
  return findings.flatMap((finding) => {
    const level = levelOf(finding, context);
    return level === "ignore" ? [] : [{ ...finding, level }];
  });
}

/** How a design will print, and what is only missing yet, may be saved; all else the server would refuse. */
export function isRefusable({ code }: Finding): boolean {
  return code !== "mandatory-empty" && code !== "overlay-missing" && !ADJUSTABLE.includes(code);
}

/** Fonts, drawings and the shaping engine, ready to compose. */
export interface Engine {
  addFont: (asset: string, bytes: Uint8Array) => void;
  addDrawing: (asset: string, drawing: Drawing) => void;
  /** A drawing that was added. */
  drawing: (asset: string) => Drawing | undefined;
  /** The characters of a text step that a font which was added lacks; none of another step. */
  missing: (asset: string, active: ActiveStep) => string;
  compose: (workflow: Workflow, answers: Answers, context: Context) => Composition;
  /** Undefined where the browser offers no hashing: on pages without https. */
  digest: (scene: Scene) => Promise<string | undefined>;
}

/** Fetches the shaping engine from that address, once a page. */
export async function loadEngine(address: string): Promise<Engine> {
  const shaper = await loadShaper(address);
  const fonts = new Map<string, Font>();
  const drawings = new Map<string, Drawing>();
  return {
    addFont: (asset, bytes) => {
      if (!fonts.has(asset)) fonts.set(asset, new Font(shaper, bytes));
    },
    addDrawing: (asset, drawing) => drawings.set(asset, drawing),
    drawing: (asset) => drawings.get(asset),
    missing: (asset, { step, ...active }) => {
      const font = fonts.get(asset);
      return font && step.type === "Text" ? missingIn({ ...active, step }, font) : "";
    },
    compose: (workflow, answers, context) => compose(workflow, answers, { fonts, drawings, context }),
    digest: async (scene) => (crypto.subtle ? sceneDigest(scene) : undefined),
  };
}
