/** What is drawn: the only thing that is ever shown or printed (src/spiff/composing/scene.py). */

import type { Ink, Medium } from "./document.ts";

export interface PathElement {
  kind: "path";
  d: string;
  fill: string | null;
  stroke: string | null;
  strokeWidth: number;
  fillInk: Ink | null;
  strokeInk: Ink | null;
  clip: string | null;
  only: Medium | null;
}

export type Matrix = readonly [number, number, number, number, number, number];

export interface ImageElement {
  kind: "image";
  asset: string;
  matrix: Matrix;
  clip: string | null;
  only: Medium | null;
}

export type Element = PathElement | ImageElement;

export interface ScenePanel {
  name: string;
  width: number;
  height: number;
  bleed: number;
  background: string | null;
  elements: readonly Element[];
}

export interface Scene {
  panels: readonly ScenePanel[];
}
