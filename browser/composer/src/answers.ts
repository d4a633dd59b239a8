/** What a shopper chose in the steps of a workflow, and what is wrong with it (src/spiff/composing/answers.py). */

/** How an upload lies in its frame: moved by fractions of the frame's sides, enlarged (1 just covers), turned. */
export interface Placement {
  x?: number;
  y?: number;
  zoom?: number | null;
  rotation?: number;
}

export interface Answer {
  variantId?: string | null;
  /** Of a question that takes several. */
  variantIds?: readonly string[] | null;
  text?: string | null;
  /** The text replaces the whole default text, not only its placeholder. */
  customiseAllText?: boolean | null;
  colorVariantId?: string | null;
  color?: string | null;
  strokeVariantId?: string | null;
  fillVariantId?: string | null;
  /** By colour slot of an illustration: `#rrggbb`, or the id of a variant of the step's `colorOption`. */
  colors?: Readonly<Record<string, string>> | null;
  /** The SHA-256 of an upload of the same transaction. */
  upload?: string | null;
  placement?: Placement | null;
  /** The address a digital-content code leads to. */
  url?: string | null;
  /** Which part of a patchwork is used. */
  seed?: number | null;
}

export type Answers = Readonly<Record<string, Answer>>;

/** Something that is wrong with a design, or with how it will print. `field` is the answer's member it concerns. */
export interface Finding {
  stepName: string;
  code: FindingCode;
  field: keyof Answer | "";
  detail: string;
}

export type FindingCode =
  | "unknown-step"
  | "unknown-variant"
  | "color-not-allowed"
  | "field-not-allowed"
  | "line-break-not-allowed"
  | "text-too-short"
  | "text-too-long"
  | "profanity"
  | "glyph-missing"
  | "text-does-not-fit"
  | "mandatory-empty"
  | "unknown-slot"
  | "unknown-upload"
  | "upload-not-allowed"
  | "placement-out-of-range"
  | "seed-out-of-range"
  | "characters-not-allowed"
  | "url-not-allowed"
  | "overlay-missing"
  | "text-too-small"
  | "marks-outside-region"
  | "code-too-small"
  | "resolution-too-low"
  | "outside-safe-area"
  | "short-of-bleed"
  | "line-too-thin"
  | "too-many-colors"
  | "too-much-ink"
  | "contrast-too-low";
