/** A workflow with all its defaults written out, as msgspec does it for the server. Knows no answers. */

import type { Condition, Option, Panel, Picture, Region, Step, StepBase, Variant, Workflow } from "./workflow.ts";

export type FullRegion = Required<Region>;
export type FullPanel = Omit<Required<Panel>, "conditions"> & { readonly conditions: readonly FullCondition[] };
export type FullVariant = Required<Variant>;
export type FullCondition = Required<Condition>;
export type FullOption = Omit<Required<Option>, "variants"> & { readonly variants: readonly FullVariant[] };
type Full<S extends StepBase> = Omit<Required<S>, "regions" | "conditions"> & {
  readonly regions: readonly FullRegion[];
  readonly conditions: readonly FullCondition[];
};
type EachFull<S> = S extends StepBase ? Full<S> : never;
export type FullStep = EachFull<Step>;
export type FullStepOf<Type extends Step["type"]> = Extract<FullStep, { type: Type }>;
export type FullTextStep = FullStepOf<"Text">;

export interface FullWorkflow {
  readonly panels: readonly FullPanel[];
  readonly options: readonly FullOption[];
  readonly steps: readonly FullStep[];
  readonly pictures: Readonly<Record<string, Picture>>;
}

const REGION = { rotation: 0, layer: 0, layerIndex: 0 };
const PANEL = { title: "", bleed: 0, background: "#ffffff", safe: 0, maxColors: 0, maxInk: 330 };
const CONDITION = { requiredVariantSelections: [], requiredVariantMetafields: [] };
const VARIANT = {
  priceModifier: 0,
  color: null,
  namedColor: null,
  cmyk: null,
  overprint: false,
  asset: null,
  thumbnail: null,
  category: "",
  slots: {},
  metafields: [],
};
const STEP = {
  helpText: "",
  mandatory: false,
  silent: false,
  option: null,
  overrideDefaultVariantId: null,
  hideSelectionInCart: false,
  only: null,
  lookAtAnimation: null,
};

/** The defaults of each step type's own members. */
const OWN: { [Type in Step["type"]]: Omit<FullStepOf<Type>, keyof StepBase | "type"> } = {
  Text: {
    defaultText: "",
    deleteDefaultOnFocus: false,
    replaceableText: "",
    userCanReplaceText: false,
    minLength: 0,
    maxLength: 200,
    size: null,
    minSize: 6,
    maxSize: 72,
    textAlign: "center",
    verticalAlign: "center",
    vertical: false,
    curved: false,
    paths: [],
    case: "none",
    allowNewlines: false,
    colorOption: null,
    colorPickerEnabled: false,
    strokeOption: null,
    strokeThickness: 0,
    imageFillOption: null,
    imageFillScale: 1,
    hideTextInCart: false,
    hideColorInCart: false,
  },
  Frame: {
    whitelistedExtensions: [],
    maxColors: 0,
    forceImageCover: false,
    initialZoomLevel: 1,
    placeholder: null,
    overlay: null,
    hideImageInCart: false,
  },
  Illustration: { colorOption: null, colorPickerEnabled: false, hideColorsInCart: false },
  Picture: {},
  Shape: {},
  Question: { allowMultipleSelections: false },
  Patchwork: { minScale: 1.5, maxScale: 3 },
  Module: {
    defaultText: "",
    maxLength: 50,
    glyphs: [],
    inks: [],
    spacing: 0.1,
    textAlign: "center",
    case: "upper",
    hideTextInCart: false,
  },
  DigitalContent: { baseUrl: "", allowUrl: false },
  SilentIllustration: { asset: "", inks: [] },
  ProductOverlay: {},
  Material: { targetMaterials: [] },
  Model: { replaceProductModel: false },
  Information: { content: "" },
};

const known = new WeakMap<Workflow, FullWorkflow>();

/** The workflow with defaults; made once a workflow, since a published version never changes. */
export function complete(workflow: Workflow): FullWorkflow {
  let full = known.get(workflow);
  if (full === undefined) {
    full = {
      panels: workflow.panels.map((panel) => ({ ...PANEL, ...panel, conditions: fullConditions(panel.conditions) })),
      options: workflow.options.map(fullOption),
      steps: workflow.steps.map(fullStep),
      pictures: workflow.pictures ?? {},
    };
    known.set(workflow, full);
  }
  return full;
}

function fullOption(option: Option): FullOption {
  const variants = option.variants.map((variant) => ({ ...VARIANT, ...variant }));
  return { defaultVariant: null, ...option, variants };
}

function fullConditions(conditions: readonly Condition[] = []): FullCondition[] {
  return conditions.map((condition) => ({ ...CONDITION, ...condition }));
}

function fullStep(step: Step): FullStep {
  const regions = (step.regions ?? []).map((region) => ({ ...REGION, ...region }));
  const conditions = fullConditions(step.conditions);
  // The table above gives each type its own members; TypeScript cannot follow a union through a spread.
  return { ...STEP, ...OWN[step.type], ...step, regions, conditions } as FullStep;
}
