/** The shopper's choices in words: for the summary, and for those who cannot see the preview. Pure. */

import { type ActiveStep, cleaned, type Step, type Workflow, webAddress } from "./composing.ts";
import { CUSTOM_COLOR } from "./scenes.ts";
import type { Upload } from "./uploads.ts";
import { words } from "./words.ts";

export interface Choice {
  stepName: string;
  title: string;
  value: string;
  priceModifier: number;
}

type Uploads = ReadonlyMap<string, Upload>;

const NO_CHOICE: readonly Step["type"][] = ["Information", "SilentIllustration", "ProductOverlay"];

/** One row for each active step that asks something and is not silent; of others where they cost something. */
export function choices(
  active: readonly ActiveStep[],
  uploads: Uploads = new Map(),
  scenes: Workflow["scenes"] = [],
): Choice[] {
  return inOrderOf(scenes, active)
    .map((one) => ({
      stepName: one.step.stepName,
      title: one.step.stepTitle,
      value: choiceValue(one, uploads),
      priceModifier: one.variants.reduce((sum, { priceModifier }) => sum + priceModifier, 0),
      asks: !one.step.silent && !NO_CHOICE.includes(one.step.type),
    }))
    .filter(({ asks, priceModifier }) => asks || priceModifier !== 0)
    .map(({ asks: _, ...choice }) => choice);
}

/** As the shopper comes to them; what no scene shows comes last. */
function inOrderOf(scenes: Workflow["scenes"], active: readonly ActiveStep[]): ActiveStep[] {
  const order = scenes.flatMap(({ stepNames }) => stepNames);
  const placeOf = ({ step }: ActiveStep): number =>
    order.includes(step.stepName) ? order.indexOf(step.stepName) : order.length;
  return [...active].sort((one, other) => placeOf(one) - placeOf(other));
}

/** Keeps its own direction within a sentence of the other one (Unicode's isolates). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}

function choiceValue(active: ActiveStep, uploads: Uploads): string {
  switch (active.step.type) {
    case "Text":
      return textValue(active);
    case "Module":
      return quoted(active.answer.text ?? active.step.defaultText);
    case "Frame":
      return uploadValue(active, uploads);
    case "DigitalContent":
      return codeValue(active, uploads);
    case "Illustration":
      return illustrationValue(active);
    default:
      return chosenValue(active);
  }
}

function quoted(text: string): string {
  return text.trim() ? words.textChoice(isolated(text.trim()), "") : words.noText;
}

function textValue({ text, option, variant, colorVariant, answer, fill }: ActiveStep): string {
  if (!text.trim()) return words.noText;
  const font = (option?.variants.length ?? 0) > 1 ? variant?.name : undefined;
  const details = [font, fill?.name ?? colorVariant?.name ?? answer.color].flatMap((one) => one || []);
  return words.textChoice(isolated(text.trim()), words.list(details.map(isolated)));
}

function uploadValue({ answer, option, variant }: ActiveStep, uploads: Uploads): string {
  const upload = uploads.get(answer.upload ?? "");
  const shape = (option?.variants.length ?? 0) > 1 ? variant?.name : undefined;
  const said = upload?.name ? isolated(upload.name) : words.noUpload;
  return words.list(shape === undefined ? [said] : [said, shape]);
}

/** What the code opens; without either, none is printed. */
function codeValue({ answer }: ActiveStep, uploads: Uploads): string {
  const written = uploads.get(answer.upload ?? "")?.name ?? shownAddress(answer.url) ?? answer.url;
  return written ? isolated(written) : words.noCode;
}

/** A web address in the letters it was typed in, although its code says it in ASCII; null where it is none. */
export function shownAddress(url: string | null): string | null {
  if (url === null || webAddress(url) === null) return null;
  return `${/^https?:/i.test(url) ? "" : "https://"}${cleaned(url)}`;
}

function illustrationValue(active: ActiveStep): string {
  const { step, answer, workflow } = active;
  const offered = step.type === "Illustration" ? optionOf(workflow, step.colorOption) : [];
  const colors = Object.values(answer.colors ?? {}).map((one) => offered.find(({ id }) => id === one)?.name ?? one);
  return words.list([chosenValue(active), ...colors]);
}

function optionOf({ options }: ActiveStep["workflow"], id: string | null) {
  return options.find((option) => option.id === id)?.variants ?? [];
}

function chosenValue({ variants, color }: ActiveStep): string {
  if (variants[0]?.color === CUSTOM_COLOR) return color ?? words.nothingChosen;
  return variants.length > 0 ? words.list(variants.map(({ name }) => name)) : words.nothingChosen;
}
