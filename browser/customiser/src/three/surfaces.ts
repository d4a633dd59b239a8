/** Gives the models' materials their look: the panel of that name, another material, or what they brought along. */

import {
  CanvasTexture,
  type Color,
  type Mesh,
  MeshStandardMaterial,
  type Object3D,
  RepeatWrapping,
  SRGBColorSpace,
  type Texture,
} from "three";
import type { ScenePanel } from "../composing.ts";
import type { Appearance } from "./appearance.ts";
import { drawPanel } from "./panel-canvas.ts";
import type { Pictures } from "./pictures.ts";
import { textureSize } from "./pixels.ts";

interface Surface {
  material: MeshStandardMaterial;
  color: Color;
  map: Texture | null;
}

export class Surfaces {
  readonly #pictures: Pictures;
  readonly #hrefOf: (asset: string) => string | undefined;
  readonly #sharpness: number;
  readonly #panels = new Map<string, CanvasTexture<HTMLCanvasElement>>();
  readonly #materials = new Map<string, CanvasTexture<HTMLImageElement>>();
  #surfaces: Surface[] = [];
  readonly #originals = new WeakMap<MeshStandardMaterial, Surface>();

  /** `sharpness` is the most samples that a texture seen at a slant may take. */
  constructor(pictures: Pictures, hrefOf: (asset: string) => string | undefined, sharpness: number) {
    this.#pictures = pictures;
    this.#hrefOf = hrefOf;
    this.#sharpness = sharpness;
  }

  /** Takes up the materials of these models. */
  take(models: Object3D): void {
    const found = new Map<MeshStandardMaterial, Surface>();
    models.traverse((part) => {
      const material = (part as Mesh).isMesh ? (part as Mesh).material : [];
      for (const one of Array.isArray(material) ? material : [material]) {
        if (one instanceof MeshStandardMaterial) found.set(one, this.#original(one));
      }
    });
    this.#surfaces = [...found.values()];
  }

  #original(material: MeshStandardMaterial): Surface {
    const known = this.#originals.get(material) ?? { material, color: material.color.clone(), map: material.map };
    this.#originals.set(material, known);
    return known;
  }

  /** Draws the panels that are on a model, and puts everything where it belongs. */
  paint({ materials, panels }: Appearance): void {
    for (const surface of this.#surfaces) {
      const { material, color, map } = surface;
      const [other, panel] = [materials.get(material.name), panels.get(material.name)];
      const texture = other ? this.#material(other) : panel && this.#panel(panel, surface);
      if (!material.map !== !(texture ?? map)) material.needsUpdate = true;
      material.map = texture ?? map;
      if (texture) material.color.set(0xffffff);
      else material.color.copy(color);
    }
  }

  #panel(panel: ScenePanel, { color, map }: Surface): CanvasTexture<HTMLCanvasElement> {
    const texture = this.#panels.get(panel.name) ?? this.#added(this.#panels, panel.name, canvasFor(panel));
    const pen = texture.image.getContext("2d");
    if (!pen) return texture;
    const { width, height } = texture.image;
    pen.fillStyle = color.getStyle(SRGBColorSpace);
    pen.fillRect(0, 0, width, height);
    if (map?.image) pen.drawImage(map.image as CanvasImageSource, 0, 0, width, height);
    drawPanel(pen, panel, (asset) => {
      const href = this.#hrefOf(asset);
      return href ? this.#pictures.get(href) : undefined;
    });
    texture.needsUpdate = true;
    return texture;
  }

  #material(href: string): Texture | undefined {
    const image = this.#pictures.get(href);
    if (!image) return undefined;
    const texture = this.#materials.get(href) ?? this.#added(this.#materials, href, image);
    [texture.wrapS, texture.wrapT] = [RepeatWrapping, RepeatWrapping];
    return texture;
  }

  #added<Image extends HTMLCanvasElement | HTMLImageElement>(
    kept: Map<string, CanvasTexture<Image>>,
    key: string,
    image: Image,
  ): CanvasTexture<Image> {
    const texture = new CanvasTexture(image);
    // glTF counts texture coordinates from the top (3.8.3).
    texture.flipY = false;
    texture.colorSpace = SRGBColorSpace;
    texture.anisotropy = this.#sharpness;
    kept.set(key, texture);
    return texture;
  }

  stop(): void {
    for (const texture of [...this.#panels.values(), ...this.#materials.values()]) texture.dispose();
  }
}

function canvasFor(panel: ScenePanel): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = textureSize(panel);
  return canvas;
}
