/** What is wrong with answers (docs/composing.md, Findings). Knows no server: who refuses what is decided elsewhere. */

import { codePoints } from "./characters.ts";
import type { FullStep, FullWorkflow } from "./complete.ts";
import { hasPicker, isColor, type Options, type Selection } from "./selection.ts";
import { isBlank } from "./spelling.ts";
import type { Answer, Answers, Finding } from "./types.ts";

type Field = keyof Answer;
type Found = Omit<Finding, "stepName">;

const ALL: readonly Field[] = ["variantId", "text", "colorVariantId", "color", "strokeVariantId"];
const ALLOWED: Readonly<Record<FullStep["type"], readonly Field[]>> = {
  Text: ALL,
  Shape: ["variantId", "color"],
  Question: ["variantId"],
  Picture: ["variantId"],
};

/** What laying out a step's text brought to light. */
export interface Seen {
  readonly missing: string;
  readonly fits: boolean;
}

export const NOTHING_SEEN: Seen = { missing: "", fits: true };

/** All findings of one step, in the order of the list. */
export function stepFindings(selection: Selection, seen: Seen, options: Options): Finding[] {
  const found = [...unknownVariants(selection, options)];
  if (selection.active) found.push(...ofActive(selection, seen, options));
  return found.map((each) => ({ stepName: selection.step.stepName, ...each }));
}

/** Answers for steps the workflow has not, in the order of their names. */
export function unknownSteps(workflow: FullWorkflow, answers: Answers): Finding[] {
  const known = new Set(workflow.steps.map((step) => step.stepName));
  const names = Object.keys(answers).filter((name) => !known.has(name));
  return names.sort(byCodePoints).map((stepName) => ({ stepName, code: "unknown-step", field: "", detail: "" }));
}

function* ofActive(selection: Selection, seen: Seen, options: Options): Generator<Found> {
  if (!selection.step.silent) {
    yield* colorFindings(selection, options);
    yield* fieldFindings(selection);
    yield* typedFindings(selection);
  }
  if (seen.missing !== "") yield { code: "glyph-missing", field: "text", detail: seen.missing };
  if (!seen.fits) yield { code: "text-does-not-fit", field: "text", detail: "" };
  const field = selection.step.mandatory ? lacking(selection) : null;
  if (field !== null) yield { code: "mandatory-empty", field, detail: "" };
}

function* unknownVariants({ step, given }: Selection, options: Options): Generator<Found> {
  const offered: [Field, string | null][] = [["variantId", step.option]];
  if (step.type === "Text") offered.push(["colorVariantId", step.colorOption], ["strokeVariantId", step.strokeOption]);
  for (const [field, option] of offered) {
    const wanted = given[field];
    if (wanted !== null && options.variants(option).every((each) => each.id !== wanted)) {
      yield { code: "unknown-variant", field, detail: wanted };
    }
  }
}

function* colorFindings({ step, given }: Selection, options: Options): Generator<Found> {
  const allowed = isColor(given.color) && hasPicker(step, options);
  if (given.color !== null && !allowed && ALLOWED[step.type].includes("color")) {
    yield { code: "color-not-allowed", field: "color", detail: "" };
  }
}

function* fieldFindings({ step, given }: Selection): Generator<Found> {
  for (const field of ALL) {
    if (!ALLOWED[step.type].includes(field) && given[field] !== null) {
      yield { code: "field-not-allowed", field, detail: "" };
    }
  }
}

/** The text the shopper typed; the default text is the merchant's business. */
function* typedFindings({ step, answer, text }: Selection): Generator<Found> {
  if (step.type !== "Text" || answer.text === null) return;
  if (text.includes("\n") && !step.allowNewlines) {
    yield { code: "line-break-not-allowed", field: "text", detail: "" };
  }
  if (codePoints(text).length > step.maxLength) {
    yield { code: "text-too-long", field: "text", detail: String(step.maxLength) };
  }
}

function lacking({ step, variant, text, color }: Selection): Field | null {
  if (variant === null) return "variantId";
  if (step.type === "Text" && isBlank(text)) return "text";
  return step.type === "Shape" && color === null ? "color" : null;
}

/** The server's order of names, which is not that of UTF-16. */
function byCodePoints(one: string, other: string): number {
  const [left, right] = [codePoints(one), codePoints(other)];
  const at = left.findIndex((code, index) => code !== right[index]);
  return at < 0 ? left.length - right.length : (left[at] as number) - (right[at] ?? -1);
}
