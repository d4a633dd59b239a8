/** What a product's customisation asks and where it draws (src/spiff/composing/workflow.py). Knows no answers. */

import type { Cmyk, Ink, Medium } from "./document.ts";

/**
 * `safe` is how far text and illustrations keep from the trim, `maxColors` how many inks may be used (0: any), `maxInk`
 * what the four of a press may come to at one place, in percent (0: anything).
 */
export interface Panel {
  name: string;
  width: number;
  height: number;
  title?: string;
  bleed?: number;
  background?: string | null;
  safe?: number;
  maxColors?: number;
  maxInk?: number;
  /** It is made where all of them hold. */
  conditions?: readonly Condition[];
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

/** A property of a variant that conditions can ask for. */
export interface Metafield {
  key: string;
  value: string;
}

/** `namedColor` is a spot colour's name, `cmyk` its or the colour's own ink; `color` is what a screen shows. */
export interface Variant {
  id: string;
  name: string;
  priceModifier?: number;
  color?: string | null;
  namedColor?: string | null;
  cmyk?: Cmyk | null;
  overprint?: boolean;
  asset?: string | null;
  thumbnail?: string | null;
  category?: string;
  /** Titles of the drawing's colour slots, by slot. */
  slots?: Record<string, string>;
  metafields?: readonly Metafield[];
}

export type OptionType =
  | "Font"
  | "Color"
  | "Image"
  | "Question"
  | "Frame"
  | "Illustration"
  | "Patchwork"
  | "Material"
  | "Model";

export interface Option {
  id: string;
  name: string;
  type: OptionType;
  variants: readonly Variant[];
  defaultVariant?: string | null;
}

export interface Condition {
  targetStepName: string;
  requiredVariantSelections?: readonly string[];
  requiredVariantMetafields?: readonly Metafield[];
}

/** Where the 3D view's camera goes: degrees, parts of the distance at which all is seen, the model's units. */
export interface LookAt {
  latDeg?: number;
  lonDeg?: number;
  radius?: number;
  target?: { x?: number; y?: number; z?: number } | null;
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
  only?: Medium | null;
  lookAtAnimation?: LookAt | null;
}

export type TextAlign = "left" | "center" | "right" | "justify";
export type VerticalAlign = "top" | "center" | "bottom";
export type TextCase = "none" | "upper" | "lower" | "title";

export interface TextStep extends StepBase {
  type: "Text";
  defaultText?: string;
  deleteDefaultOnFocus?: boolean;
  replaceableText?: string;
  userCanReplaceText?: boolean;
  minLength?: number;
  maxLength?: number;
  size?: number | null;
  minSize?: number;
  maxSize?: number;
  textAlign?: TextAlign;
  verticalAlign?: VerticalAlign;
  vertical?: boolean;
  curved?: boolean;
  paths?: readonly string[];
  case?: TextCase;
  allowNewlines?: boolean;
  colorOption?: string | null;
  colorPickerEnabled?: boolean;
  strokeOption?: string | null;
  strokeThickness?: number;
  imageFillOption?: string | null;
  imageFillScale?: number;
  hideTextInCart?: boolean;
  hideColorInCart?: boolean;
}

export interface FrameStep extends StepBase {
  type: "Frame";
  whitelistedExtensions?: readonly string[];
  maxColors?: number;
  forceImageCover?: boolean;
  initialZoomLevel?: number;
  placeholder?: string | null;
  overlay?: string | null;
  hideImageInCart?: boolean;
}

export interface IllustrationStep extends StepBase {
  type: "Illustration";
  colorOption?: string | null;
  colorPickerEnabled?: boolean;
  hideColorsInCart?: boolean;
}

export interface PictureStep extends StepBase {
  type: "Picture";
}

export interface ShapeStep extends StepBase {
  type: "Shape";
}

export interface QuestionStep extends StepBase {
  type: "Question";
  allowMultipleSelections?: boolean;
}

export interface PatchworkStep extends StepBase {
  type: "Patchwork";
  minScale?: number;
  maxScale?: number;
}

/** A character and the drawing that stands for it. */
export interface ModuleGlyph {
  character: string;
  asset: string;
}

/** The colour and ink of one colour slot of a drawing. */
export interface SlotInk {
  slot: string;
  color?: string | null;
  ink?: Partial<Ink> | null;
}

export interface ModuleStep extends StepBase {
  type: "Module";
  defaultText?: string;
  maxLength?: number;
  glyphs?: readonly ModuleGlyph[];
  /** Those of the colour slots of every letter. */
  inks?: readonly SlotInk[];
  spacing?: number;
  textAlign?: "left" | "center" | "right";
  case?: TextCase;
  hideTextInCart?: boolean;
}

export interface DigitalContentStep extends StepBase {
  type: "DigitalContent";
  baseUrl?: string;
  allowUrl?: boolean;
}

export interface SilentIllustrationStep extends StepBase {
  type: "SilentIllustration";
  asset?: string;
  inks?: readonly SlotInk[];
}

export interface ProductOverlayStep extends StepBase {
  type: "ProductOverlay";
}

export interface MaterialStep extends StepBase {
  type: "Material";
  targetMaterials?: readonly string[];
}

export interface ModelStep extends StepBase {
  type: "Model";
  replaceProductModel?: boolean;
}

export interface InformationStep extends StepBase {
  type: "Information";
  content?: string;
}

export type Step =
  | TextStep
  | FrameStep
  | IllustrationStep
  | PictureStep
  | ShapeStep
  | QuestionStep
  | PatchworkStep
  | ModuleStep
  | DigitalContentStep
  | SilentIllustrationStep
  | ProductOverlayStep
  | MaterialStep
  | ModelStep
  | InformationStep;

export interface StepGroup {
  name: string;
  stepNames: readonly string[];
}

/** The size of a picture, upright. */
export interface Picture {
  widthPx: number;
  heightPx: number;
}

/** `pictures` has the sizes of all pictures it names, by digest: what is not among them is a font or a drawing. */
export interface Workflow {
  name: string;
  panels: readonly Panel[];
  options: readonly Option[];
  steps: readonly Step[];
  scenes: readonly StepGroup[];
  pictures?: Readonly<Record<string, Picture>>;
  /** What shoppers may do with the 3D view; without it everything. Composing does not read it. */
  globalPreviewConfig?: { enableAR?: boolean };
}
