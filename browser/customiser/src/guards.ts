/** Looks at what came over the border, from the server or from storage, before anything else reads it. */

import { isRecord } from "@spiff/protocol";
import type { Answer, Answers, Drawing, Finding, Step, Workflow } from "./composing.ts";
import type { Upload } from "./uploads.ts";

export interface WorkflowLink {
  id: string;
  name: string;
  version: number;
  href: string;
}

/** Colours as `#rrggbb`, by their names in docs/customiser.md; the radius of corners in pixels. */
export interface Theme {
  dark: boolean;
  colors: Record<string, string>;
  radius: number | null;
  density: string;
  typeface: string;
  /** A font to be used before the typeface. */
  fontUrl: string | null;
  logoUrl: string | null;
}

/** What a shopper agrees to before finishing. `digest` names it, and is sent when they do. */
export interface Terms {
  text: string;
  link: string | null;
  digest: string;
}

export interface Product {
  id: string;
  enabled: boolean;
  name: string;
  currency: string;
  /** How much one unit of it is in other currencies, as decimals; a server of the last version tells none. */
  rates?: Record<string, string>;
  basePrice: number;
  /** The address of a GLB; absent where the product is not shown in 3D. */
  modelUrl?: string | null;
  workflows: WorkflowLink[];
  /** The shop it is sold through. */
  integration?: { name: string };
  /** The shop's own look. */
  theme?: Theme | null;
  terms?: Terms | null;
}

export interface Asset {
  href: string;
  kind: string;
  name: string;
}

export type Assets = Record<string, Asset>;

export interface WorkflowVersion {
  id: string;
  version: number;
  workflow: Workflow;
  assets: Assets;
}

export interface Price {
  baseCost: number;
  optionsCost: number;
  currency: string;
}

const TEXTS: (keyof Answer)[] = [
  "variantId",
  "text",
  "colorVariantId",
  "color",
  "strokeVariantId",
  "fillVariantId",
  "upload",
  "url",
];
const STEP_TYPES: Record<Step["type"], true> = {
  Text: true,
  Frame: true,
  Illustration: true,
  Picture: true,
  Shape: true,
  Question: true,
  Patchwork: true,
  Module: true,
  DigitalContent: true,
  SilentIllustration: true,
  ProductOverlay: true,
  Material: true,
  Model: true,
  Information: true,
};

export function isAnswers(value: unknown): value is Answers {
  return isRecord(value) && Object.values(value).every(isAnswer);
}

function isAnswer(value: unknown): value is Answer {
  if (!isRecord(value)) return false;
  const { variantIds, colors, placement, seed, customiseAllText } = value;
  return (
    TEXTS.every((name) => isOptional(value[name], "string")) &&
    (isAbsent(variantIds) || (Array.isArray(variantIds) && variantIds.every((one) => typeof one === "string"))) &&
    (isAbsent(colors) || isRecordOf(colors, "string")) &&
    (isAbsent(placement) || isRecordOf(placement, "number")) &&
    isOptional(seed, "number") &&
    isOptional(customiseAllText, "boolean")
  );
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function isOptional(value: unknown, type: "string" | "number" | "boolean"): boolean {
  return isAbsent(value) || typeof value === type;
}

function isRecordOf(value: unknown, type: "string" | "number"): boolean {
  return isRecord(value) && Object.values(value).every((one) => isOptional(one, type));
}

/** An upload as the door for files, and the transaction, describe it. */
export function isUpload(value: unknown): value is Upload {
  return isRecord(value) && hasTexts(value, "sha256", "kind", "name", "address");
}

/** A drawing as it is kept (docs/assets.md, Drawings). */
export function isDrawing(value: unknown): value is Drawing {
  return (
    isRecord(value) &&
    typeof value.width === "number" &&
    typeof value.height === "number" &&
    isListOf(value.slots, (slot) => hasTexts(slot, "id", "color")) &&
    isListOf(value.paths, (path) => hasTexts(path, "d"))
  );
}

export function isProduct(value: unknown): value is Product {
  return (
    isRecord(value) &&
    hasTexts(value, "id", "name", "currency") &&
    typeof value.basePrice === "number" &&
    Array.isArray(value.workflows) &&
    value.workflows.every(isWorkflowLink)
  );
}

export function isWorkflowLink(value: unknown): value is WorkflowLink {
  return isRecord(value) && hasTexts(value, "id", "href") && typeof value.version === "number";
}

export function isWorkflowVersion(value: unknown): value is WorkflowVersion {
  return (
    isRecord(value) &&
    typeof value.id === "string" &&
    isWorkflow(value.workflow) &&
    isRecord(value.assets) &&
    Object.values(value.assets).every((asset) => isRecord(asset) && hasTexts(asset, "href", "kind"))
  );
}

function isWorkflow(value: unknown): value is Workflow {
  if (!isRecord(value)) return false;
  const { panels, options, steps, scenes } = value;
  return (
    isListOf(panels, (panel) => hasTexts(panel, "name") && typeof panel.width === "number") &&
    isListOf(options, (option) => hasTexts(option, "id") && isListOf(option.variants, (one) => hasTexts(one, "id"))) &&
    isListOf(steps, (step) => hasTexts(step, "stepName", "stepTitle") && String(step.type) in STEP_TYPES) &&
    isListOf(scenes, (scene) => hasTexts(scene, "name") && Array.isArray(scene.stepNames))
  );
}

function isListOf(value: unknown, fits: (one: Record<string, unknown>) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isRecord(one) && fits(one));
}

export function isPrice(value: unknown): value is Price {
  return (
    isRecord(value) &&
    typeof value.baseCost === "number" &&
    typeof value.optionsCost === "number" &&
    typeof value.currency === "string"
  );
}

/** Findings as the server writes them into a refusal: `/answers/{stepName}/{field}` (RFC 6901). */
export function refusedFindings(errors: unknown): Finding[] {
  if (!Array.isArray(errors)) return [];
  return errors.flatMap((error: unknown) => {
    if (!isRecord(error) || !hasTexts(error, "pointer", "code")) return [];
    const [, answers, stepName, field] = String(error.pointer).split("/").map(unescapePointer);
    if (answers !== "answers" || !stepName) return [];
    return [{ stepName, field: field ?? "", code: String(error.code), detail: String(error.value ?? "") }];
  });
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}

function hasTexts(value: Record<string, unknown>, ...names: string[]): boolean {
  return names.every((name) => typeof value[name] === "string");
}
