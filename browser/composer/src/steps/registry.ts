/** All step types by their name: the one list of what composing can do. */

import type { FullStep, FullStepOf } from "../complete.ts";
import type { Kind } from "../kinds.ts";
import type { Selection } from "../selection.ts";
import { INFORMATION, MATERIAL, MODEL } from "./carried.ts";
import { DIGITAL_CONTENT } from "./digital-content.ts";
import { FRAME } from "./frame.ts";
import { ILLUSTRATION } from "./illustration.ts";
import { MODULE } from "./module.ts";
import { PATCHWORK } from "./patchwork.ts";
import { PICTURE } from "./picture.ts";
import { PRODUCT_OVERLAY } from "./product-overlay.ts";
import { QUESTION } from "./question.ts";
import { SHAPE } from "./shape.ts";
import { SILENT_ILLUSTRATION } from "./silent-illustration.ts";
import { TEXT } from "./text.ts";

const KINDS: { readonly [Type in FullStep["type"]]: Kind<FullStepOf<Type>> } = {
  Text: TEXT,
  Frame: FRAME,
  Illustration: ILLUSTRATION,
  Picture: PICTURE,
  Shape: SHAPE,
  Question: QUESTION,
  Patchwork: PATCHWORK,
  Module: MODULE,
  DigitalContent: DIGITAL_CONTENT,
  SilentIllustration: SILENT_ILLUSTRATION,
  ProductOverlay: PRODUCT_OVERLAY,
  Material: MATERIAL,
  Model: MODEL,
  Information: INFORMATION,
};

/** The kind of the selection's step. */
export function kindOf(selection: Selection): Kind<FullStep> {
  // Each kind takes selections of its own step type only, and is found by just that type.
  return KINDS[selection.step.type] as unknown as Kind<FullStep>;
}
