/** A scene panel as SVG, the same bytes as the server's (docs/composing.md, SVG). Knows no file, no address. */

import { write } from "./numbers.ts";
import type { Element, ImageElement, PathElement, ScenePanel } from "./scene.ts";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** The panel as an SVG document; `href` gives the address of an asset. */
export function toSvg(panel: ScenePanel, href: (asset: string) => string): string {
  const [width, height] = [write(panel.width), write(panel.height)];
  const size = `width="${width}" height="${height}"`;
  const head = `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${width} ${height}">`;
  const background = panel.background === null ? "" : `<rect ${size} fill="${escaped(panel.background)}"/>`;
  return `${head}${background}${writtenElements(panel, href)}</svg>`;
}

/** What is shown; neighbours that are clipped alike have the clip written once. */
function writtenElements(panel: ScenePanel, href: (asset: string) => string): string {
  const shown = panel.elements.filter((element) => element.only !== "print");
  const clipOf = (index: number) => shown[index]?.clip ?? null;
  const written = shown.map((element, index) => {
    const clip = element.clip;
    if (clip === null) return writtenElement(element, href);
    const begins = index === 0 || clipOf(index - 1) !== clip;
    const ends = index === shown.length - 1 || clipOf(index + 1) !== clip;
    const id = `clip${index}`;
    const head = `<clipPath id="${id}"><path d="${escaped(clip)}"/></clipPath><g clip-path="url(#${id})">`;
    return `${begins ? head : ""}${writtenElement(element, href)}${ends ? "</g>" : ""}`;
  });
  return written.join("");
}

function writtenElement(element: Element, href: (asset: string) => string): string {
  return element.kind === "path" ? writtenPath(element) : writtenImage(element, href);
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

function writtenImage(image: ImageElement, href: (asset: string) => string): string {
  const place = `width="1" height="1" preserveAspectRatio="none" transform="matrix(${image.matrix.map(write).join(" ")})"`;
  return `<image ${place} href="${escaped(href(image.asset))}"/>`;
}

function escaped(value: string): string {
  return value.replace(/[&<>"]/g, (character) => ESCAPES[character] as string);
}
