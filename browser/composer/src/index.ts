/** The browser's composer: the twin of src/spiff/composing, byte for byte (docs/composing.md). */

export { canonicalScene, sceneDigest } from "./canonical.ts";
export { complete, type FullStep, type FullVariant, type FullWorkflow } from "./complete.ts";
export { type Composition, compose, FontMissing, type Fonts, fontsNeeded } from "./compose.ts";
export { designMetadata, type Exported, exportedData } from "./exported.ts";
export { Font } from "./fonts.ts";
export { loadShaper, type Shaper, type WasmSource } from "./harfbuzz.ts";
export { optionsCost } from "./pricing.ts";
export { type Selection, selections } from "./selection.ts";
export { toSvg } from "./svg.ts";
export type * from "./types.ts";
