/** What a step type is to composing: how it draws, what it refuses, what it lacks, what it exports. Knows no type. */

import type { Answer, Finding } from "./answers.ts";
import type { FullRegion, FullStep } from "./complete.ts";
import type { Resources } from "./resources.ts";
import type { Element } from "./scene.ts";
import type { Selection } from "./selection.ts";

export type Field = keyof Answer;

/** A finding of the step at hand. */
export type Found = Omit<Finding, "stepName">;

/** An element and the region it is drawn in. */
export interface Drawn {
  readonly region: FullRegion;
  readonly element: Element;
  /** Above all layers: only for what covers the product itself. */
  readonly above?: boolean;
}

/** What a step draws, and what came to light in drawing it. */
export interface StepDrawing {
  readonly drawn: readonly Drawn[];
  readonly found: readonly Found[];
}

/** A line of exported data: `"{title} {key}"` and its value; `hidden` where the cart must not show it. */
export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly hidden: boolean;
}

export const NOTHING_DRAWN: StepDrawing = { drawn: [], found: [] };

/** Empty while nothing is selected. */
export function lacksVariant({ variants }: Selection): Field | null {
  return variants.length === 0 ? "variantId" : null;
}

/** Never empty: there is nothing to fill in. */
export function lacksNothing(): Field | null {
  return null;
}

/** One step type. `fields` are the members an answer may have; `fonts` and `drawings` the digests `draw` will need. */
export interface Kind<S extends FullStep> {
  readonly fields: readonly Field[];
  /** The options, beside the step's own, from which an answer's member names a variant. */
  readonly options: (step: S) => readonly (readonly [Field, string | null])[];
  readonly draw: (selection: Selection<S>, resources: Resources) => StepDrawing;
  readonly check: (selection: Selection<S>) => Iterable<Found>;
  readonly lacking: (selection: Selection<S>) => Field | null;
  readonly entries: (selection: Selection<S>, resources: Resources) => Iterable<Entry>;
  readonly fonts: (selection: Selection<S>) => Iterable<string>;
  readonly drawings: (selection: Selection<S>) => Iterable<string>;
}

/** A kind that draws, refuses, lacks and exports nothing but its variant, with what is said otherwise. */
export function kind<S extends FullStep>(own: Partial<Kind<S>>): Kind<S> {
  return {
    fields: ["variantId"],
    options: () => [],
    draw: () => NOTHING_DRAWN,
    check: () => [],
    lacking: lacksVariant,
    entries: () => [],
    fonts: () => [],
    drawings: () => [],
    ...own,
  };
}
