/** Steps that draw nothing on panels: something to read, and choices that only the 3D view shows. */

import type { FullStepOf } from "../complete.ts";
import { kind, lacksNothing } from "../kinds.ts";

export const INFORMATION = kind<FullStepOf<"Information">>({ fields: [], lacking: lacksNothing });
export const MATERIAL = kind<FullStepOf<"Material">>({});
export const MODEL = kind<FullStepOf<"Model">>({});
