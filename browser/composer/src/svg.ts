/** A scene panel as SVG, the same bytes as the server's (docs/composing.md, SVG). Knows no file, no address. */

import { write } from "./numbers.ts";
import type { Element, ImageElement, PathElement, ScenePanel } from "./types.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The panel as an SVG document; `href` gives the address of an asset. */
export function toSvg(panel: ScenePanel, href: (asset: string) => string): string {
  const [width, height] = [write(panel.width), write(panel.height)];
  const size = `width="${width}" height="${height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">`;
  const background = panel.background === null ? "" : `<rect ${size} fill="${escaped(panel.background)}"/>`;
  const elements = panel.elements.map((element, index) => writtenElement(element, index, href));
  return `${head}${background}${elements.join("")}</svg>`;
}

function writtenElement(element: Element, index: number, href: (asset: string) => string): string {
  return element.kind === "path" ? writtenPath(element) : writtenImage(element, index, href);
}

function writtenPath(path: PathElement): string {
  const fill = path.fill === null ? "none" : escaped(path.fill);
  return `<path d="${escaped(path.d)}" fill="${fill}"${stroke(path)}/>`;
}

function stroke(path: PathElement): string {
  if (path.stroke === null) return "";
  const ends = 'stroke-linejoin="round" stroke-linecap="round" paint-order="stroke"';
  return ` stroke="${escaped(path.stroke)}" stroke-width="${write(path.strokeWidth)}" ${ends}`;
}

function writtenImage(image: ImageElement, index: number, href: (asset: string) => string): string {
  const place = `width="1" height="1" preserveAspectRatio="none" transform="matrix(${image.matrix.map(write).join(" ")})"`;
  const tag = `<image ${place} href="${escaped(href(image.asset))}"/>`;
  if (image.clip === null) return tag;
  const clip = `<clipPath id="clip${index}"><path d="${escaped(image.clip)}"/></clipPath>`;
  return `${clip}<g clip-path="url(#clip${index})">${tag}</g>`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);
}
