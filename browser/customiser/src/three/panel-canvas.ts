/** Draws a panel onto a canvas, as `toSvg` writes it. At once: it waits for pictures only. Knows no 3D. */

import type { Element, ScenePanel } from "../composing.ts";

export type Pen = CanvasRenderingContext2D;
type ImageOf = (asset: string) => CanvasImageSource | undefined;

/** Draws all of the panel, its bleed too, over what the canvas holds. A picture that is still on its way is left out. */
export function drawPanel(pen: Pen, panel: ScenePanel, imageOf: ImageOf): void {
  pen.save();
  pen.scale(pen.canvas.width / panel.width, pen.canvas.height / panel.height);
  if (panel.background !== null) {
    pen.fillStyle = panel.background;
    pen.fillRect(0, 0, panel.width, panel.height);
  }
  for (const element of panel.elements) if (element.only !== "print") drawElement(pen, element, imageOf);
  pen.restore();
}

function drawElement(pen: Pen, element: Element, imageOf: ImageOf): void {
  pen.save();
  if (element.clip) pen.clip(new Path2D(element.clip));
  if (element.kind === "path") drawPath(pen, element);
  else {
    const image = imageOf(element.asset);
    const [a, b, c, d, e, f] = element.matrix;
    pen.transform(a, b, c, d, e, f);
    if (image) pen.drawImage(image, 0, 0, 1, 1);
  }
  pen.restore();
}

/** The outline lies below the fill (`paint-order: stroke`). */
function drawPath(pen: Pen, { d, fill, stroke, strokeWidth }: Element & { kind: "path" }): void {
  const path = new Path2D(d);
  if (stroke) {
    pen.lineJoin = "round";
    pen.lineCap = "round";
    pen.lineWidth = strokeWidth;
    pen.strokeStyle = stroke;
    pen.stroke(path);
  }
  if (fill) {
    pen.fillStyle = fill;
    pen.fill(path);
  }
}
