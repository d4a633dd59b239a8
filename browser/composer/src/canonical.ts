/** The canonical JSON of a scene and its digest (docs/composing.md, Canonical JSON). Knows no other document. */

import type { Ink } from "./document.ts";
import { write } from "./numbers.ts";
import type { Element, PathElement, Scene, ScenePanel } from "./scene.ts";

/** The one way to write this scene. */
export function canonicalScene(scene: Scene): string {
  return `{"panels":[${scene.panels.map(writtenPanel).join(",")}]}`;
}

/** The SHA-256 of the canonical JSON in UTF-8, in hexadecimal. Needs a secure context, as all of `crypto.subtle` does. */
export async function sceneDigest(scene: Scene): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalScene(scene));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function writtenPanel(panel: ScenePanel): string {
  return object([
    ["background", string(panel.background)],
    ["bleed", write(panel.bleed)],
    ["elements", `[${panel.elements.map(writtenElement).join(",")}]`],
    ["height", write(panel.height)],
    ["name", string(panel.name)],
    ["width", write(panel.width)],
  ]);
}

function writtenElement(element: Element): string {
  if (element.kind === "image") {
    return object([
      ["asset", string(element.asset)],
      ["clip", string(element.clip)],
      ["kind", '"image"'],
      ["matrix", numbers(element.matrix)],
      ["only", string(element.only)],
    ]);
  }
  return writtenPath(element);
}

function writtenPath(element: PathElement): string {
  return object([
    ["clip", string(element.clip)],
    ["d", string(element.d)],
    ["fill", string(element.fill)],
    ["fillInk", writtenInk(element.fillInk)],
    ["kind", '"path"'],
    ["only", string(element.only)],
    ["stroke", string(element.stroke)],
    ["strokeInk", writtenInk(element.strokeInk)],
    ["strokeWidth", element.stroke === null ? null : write(element.strokeWidth)],
  ]);
}

function writtenInk(ink: Ink | null): string | null {
  if (ink === null) return null;
  return object([
    ["cmyk", ink.cmyk === null ? null : numbers(ink.cmyk)],
    ["overprint", ink.overprint ? "true" : null],
    ["spot", string(ink.spot)],
  ]);
}

function numbers(values: readonly number[]): string {
  return `[${values.map(write).join(",")}]`;
}

/** An object of members that are written already, handed over in alphabetical order; absent ones are left out. */
function object(members: readonly (readonly [string, string | null])[]): string {
  const present = members.filter(([, value]) => value !== null);
  return `{${present.map(([name, value]) => `"${name}":${value}`).join(",")}}`;
}

function string(value: string | null): string | null {
  return value === null ? null : JSON.stringify(value);
}
