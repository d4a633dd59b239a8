/** The browser's composer: the twin of src/spiff/composing, byte for byte (docs/composing.md). */

export { webAddress } from "./addresses.ts";
export type * from "./answers.ts";
export { canonicalScene, sceneDigest } from "./canonical.ts";
export { complete, type FullStep, type FullStepOf, type FullVariant, type FullWorkflow } from "./complete.ts";
export { type Composition, compose, type Needed, needed } from "./compose.ts";
export type * from "./document.ts";
export { designMetadata, type Exported, exportedData } from "./exported.ts";
export { Font } from "./fonts.ts";
export { loadShaper, type Shaper, type WasmSource } from "./harfbuzz.ts";
export { ADJUSTABLE, levelOf } from "./preflight.ts";
export { optionsCost } from "./pricing.ts";
export { type Modules, qrCode } from "./qr.ts";
export {
  type Context,
  completeContext,
  type Drawing,
  type Level,
  ResourceMissing,
  type Resources,
} from "./resources.ts";
export type * from "./scene.ts";
export { type Selection, selections } from "./selection.ts";
export { cleaned, countCharacters, wellFormed } from "./spelling.ts";
export { type ChosenText, chosenText, missingIn } from "./steps/text.ts";
export { toSvg } from "./svg.ts";
export type * from "./workflow.ts";
