/** A workflow with all its defaults written out, as msgspec does it for the server. Knows no answers. */

import type {
  Option,
  Panel,
  PictureStep,
  QuestionStep,
  Region,
  ShapeStep,
  StepBase,
  TextStep,
  Variant,
  Workflow,
} from "./types.ts";

export type FullRegion = Required<Region>;
export type FullPanel = Required<Panel>;
export type FullVariant = Required<Variant>;
export type FullOption = Omit<Required<Option>, "variants"> & { readonly variants: readonly FullVariant[] };
type Full<Step extends StepBase> = Omit<Required<Step>, "regions"> & { readonly regions: readonly FullRegion[] };
export type FullTextStep = Full<TextStep>;
export type FullStep = FullTextStep | Full<QuestionStep> | Full<ShapeStep> | Full<PictureStep>;

export interface FullWorkflow {
  readonly panels: readonly FullPanel[];
  readonly options: readonly FullOption[];
  readonly steps: readonly FullStep[];
}

const REGION = { rotation: 0, layer: 0, layerIndex: 0 };
const PANEL = { title: "", bleed: 0, background: "#ffffff" };
const VARIANT = { priceModifier: 0, color: null, asset: null, thumbnail: null };
const STEP = {
  helpText: "",
  mandatory: false,
  silent: false,
  conditions: [],
  regions: [],
  option: null,
  overrideDefaultVariantId: null,
  hideSelectionInCart: false,
};
const TEXT = {
  defaultText: "",
  maxLength: 200,
  size: null,
  minSize: 6,
  maxSize: 72,
  textAlign: "center",
  verticalAlign: "center",
  uppercase: false,
  allowNewlines: false,
  colorOption: null,
  colorPickerEnabled: false,
  strokeOption: null,
  strokeThickness: 0,
  hideTextInCart: false,
  hideColorInCart: false,
} as const;

const known = new WeakMap<Workflow, FullWorkflow>();

/** The workflow with defaults; made once a workflow, since a published version never changes. */
export function complete(workflow: Workflow): FullWorkflow {
  let full = known.get(workflow);
  if (full === undefined) {
    full = {
      panels: workflow.panels.map((panel) => ({ ...PANEL, ...panel })),
      options: workflow.options.map(fullOption),
      steps: workflow.steps.map(fullStep),
    };
    known.set(workflow, full);
  }
  return full;
}

function fullOption(option: Option): FullOption {
  const variants = option.variants.map((variant) => ({ ...VARIANT, ...variant }));
  return { defaultVariant: null, ...option, variants };
}

function fullStep(step: Workflow["steps"][number]): FullStep {
  const regions = (step.regions ?? []).map((region) => ({ ...REGION, ...region }));
  return step.type === "Text" ? { ...STEP, ...TEXT, ...step, regions } : { ...STEP, ...step, regions };
}
