/** The types of composing, as they travel in JSON (src/spiff/composing/model.py). Lengths are points, y down, rotation clockwise degrees. */

export interface Panel {
  name: string;
  width: number;
  height: number;
  title?: string;
  bleed?: number;
  background?: string | null;
}

export interface Region {
  panel: string;
  left: number;
  top: number;
  width: number;
  height: number;
  rotation?: number;
  layer?: number;
  layerIndex?: number;
}

export interface Variant {
  id: string;
  name: string;
  priceModifier?: number;
  color?: string | null;
  asset?: string | null;
  thumbnail?: string | null;
}

export interface Option {
  id: string;
  name: string;
  type: "Font" | "Color" | "Image" | "Question";
  variants: readonly Variant[];
  defaultVariant?: string | null;
}

export interface Condition {
  targetStepName: string;
  requiredVariantSelections: readonly string[];
}

export interface StepBase {
  stepName: string;
  stepTitle: string;
  helpText?: string;
  mandatory?: boolean;
  silent?: boolean;
  conditions?: readonly Condition[];
  regions?: readonly Region[];
  option?: string | null;
  overrideDefaultVariantId?: string | null;
  hideSelectionInCart?: boolean;
}

export type TextAlign = "left" | "center" | "right";
export type VerticalAlign = "top" | "center" | "bottom";

export interface TextStep extends StepBase {
  type: "Text";
  defaultText?: string;
  maxLength?: number;
  size?: number | null;
  minSize?: number;
  maxSize?: number;
  textAlign?: TextAlign;
  verticalAlign?: VerticalAlign;
  uppercase?: boolean;
  allowNewlines?: boolean;
  colorOption?: string | null;
  colorPickerEnabled?: boolean;
  strokeOption?: string | null;
  strokeThickness?: number;
  hideTextInCart?: boolean;
  hideColorInCart?: boolean;
}

export interface QuestionStep extends StepBase {
  type: "Question";
}

export interface ShapeStep extends StepBase {
  type: "Shape";
}

export interface PictureStep extends StepBase {
  type: "Picture";
}

export type Step = TextStep | QuestionStep | ShapeStep | PictureStep;

export interface StepGroup {
  name: string;
  stepNames: readonly string[];
}

export interface Workflow {
  name: string;
  panels: readonly Panel[];
  options: readonly Option[];
  steps: readonly Step[];
  scenes: readonly StepGroup[];
}

export interface Answer {
  variantId?: string | null;
  text?: string | null;
  colorVariantId?: string | null;
  color?: string | null;
  strokeVariantId?: string | null;
}

export type Answers = Readonly<Record<string, Answer>>;

export type FindingCode =
  | "unknown-step"
  | "unknown-variant"
  | "color-not-allowed"
  | "field-not-allowed"
  | "line-break-not-allowed"
  | "text-too-long"
  | "glyph-missing"
  | "text-does-not-fit"
  | "mandatory-empty";

/** Something that keeps a design from being finished. `field` is the answer's member it concerns. */
export interface Finding {
  stepName: string;
  code: FindingCode;
  field: keyof Answer | "";
  detail: string;
}

/** Cyan, magenta, yellow and black in percent. */
export type Cmyk = readonly [number, number, number, number];

/** Where an element is drawn when it is not drawn everywhere: a placeholder never prints, a cut line is never shown. */
export type Medium = "screen" | "print";

/** How a colour is printed where its `#rrggbb` is not simply converted: as CMYK, or as the spot colour `spot`. */
export interface Ink {
  readonly cmyk: Cmyk | null;
  readonly spot: string | null;
  readonly overprint: boolean;
}

export interface PathElement {
  kind: "path";
  d: string;
  fill: string | null;
  stroke: string | null;
  strokeWidth: number;
  fillInk: Ink | null;
  strokeInk: Ink | null;
  clip: string | null;
  only: Medium | null;
}

export type Matrix = readonly [number, number, number, number, number, number];

export interface ImageElement {
  kind: "image";
  asset: string;
  matrix: Matrix;
  clip: string | null;
  only: Medium | null;
}

export type Element = PathElement | ImageElement;

export interface ScenePanel {
  name: string;
  width: number;
  height: number;
  bleed: number;
  background: string | null;
  elements: readonly Element[];
}

export interface Scene {
  panels: readonly ScenePanel[];
}
