/** What the pad, its hands and the controls share. */

import type { Framing, Placed } from "../../placement.ts";

export interface PlacingParts {
  framing: Framing;
  placed: Placed;
  /** As it is at this moment: pointers move faster than the screen is drawn. */
  now: () => Placed;
  place: (placed: Placed) => void;
}
