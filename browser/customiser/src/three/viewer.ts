/** The 3D view on a canvas: what it shows follows `show`, and it draws only when something changed and is seen. */

import { Box3, type Group, NeutralToneMapping, VSMShadowMap, WebGLRenderer } from "three";
import type { Appearance, Camera } from "./appearance.ts";
import { CameraRig } from "./camera-rig.ts";
import { loadModels } from "./models.ts";
import { createPictures } from "./pictures.ts";
import { pixelRatio } from "./pixels.ts";
import { createStage } from "./stage.ts";
import { Surfaces } from "./surfaces.ts";

export interface ViewerOptions {
  canvas: HTMLCanvasElement;
  /** The shopper wants no motion. */
  still: boolean;
  hrefOf: (asset: string) => string | undefined;
  /** All models stand there, painted. */
  shown: () => void;
  /** Nothing can be shown any more: no WebGL, or a model that cannot be read. */
  failed: () => void;
}

export class Viewer {
  readonly #options: ViewerOptions;
  readonly #renderer: WebGLRenderer;
  readonly #rig: CameraRig;
  readonly #surfaces: Surfaces;
  readonly #stage: ReturnType<typeof createStage>;
  readonly #pictures = createPictures(() => this.#repaint());
  readonly #watch: { disconnect: () => void }[];
  #models: Group | undefined;
  #addresses = "";
  #appearance: Appearance | undefined;
  #unpainted = false;
  #seen = true;
  #asked = 0;
  #stopped = false;

  /** Raises where the browser refuses WebGL after all. */
  constructor(options: ViewerOptions) {
    this.#options = options;
    const { canvas, still, hrefOf } = options;
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true });
    this.#renderer.toneMapping = NeutralToneMapping;
    this.#renderer.shadowMap.enabled = true;
    this.#renderer.shadowMap.type = VSMShadowMap;
    // Neither a key stroke nor the camera moves a shadow: it is drawn anew with other models only.
    this.#renderer.shadowMap.autoUpdate = false;
    this.#rig = new CameraRig(canvas, still, () => this.#ask());
    this.#surfaces = new Surfaces(this.#pictures, hrefOf, this.#renderer.capabilities.getMaxAnisotropy());
    this.#stage = createStage(this.#renderer);
    this.#watch = this.#watching(canvas);
    canvas.addEventListener("webglcontextlost", this.#lost);
  }

  /** Shows this from now on; models that are new are fetched first. */
  show(appearance: Appearance): void {
    this.#appearance = appearance;
    const addresses = appearance.models.join(" ");
    if (addresses === this.#addresses) this.#repaint();
    else void this.#exchange(appearance.models, addresses);
  }

  lookAt(camera: Camera | undefined): void {
    this.#rig.lookAt(camera, performance.now());
  }

  /** Turns by radians, and comes nearer by a factor. */
  move(around: number, down: number, nearer = 1): void {
    this.#rig.move(around, down, nearer, performance.now());
  }

  get turning(): boolean {
    return this.#rig.turning;
  }

  set turning(on: boolean) {
    this.#rig.turning = on;
  }

  /** Stands, in its real size, in the room that the session shows; resolves when the shopper comes back. */
  async enterRoom(session: XRSession): Promise<void> {
    const { standInRoom } = await import("./room.ts");
    const bounds = new Box3().setFromObject(this.#group());
    await standInRoom(session, { renderer: this.#renderer, scene: this.#stage.scene, bounds });
    this.#frame(true);
  }

  /** What is shown as a USDZ file, which Quick Look of iOS puts into a room. */
  async usdz(): Promise<Blob> {
    const { usdzOf } = await import("./usdz.ts");
    const models = this.#group();
    if (this.#appearance) this.#surfaces.paint(this.#appearance);
    return usdzOf(models);
  }

  #group(): Group {
    if (!this.#models) throw new Error("no model is shown yet");
    return this.#models;
  }

  stop(): void {
    this.#stopped = true;
    cancelAnimationFrame(this.#asked);
    for (const one of this.#watch) one.disconnect();
    this.#renderer.domElement.removeEventListener("webglcontextlost", this.#lost);
    this.#pictures.stop();
    this.#surfaces.stop();
    this.#rig.stop();
    this.#stage.scene.environment?.dispose();
    this.#renderer.dispose();
    this.#renderer.forceContextLoss();
  }

  readonly #lost = (): void => this.#options.failed();

  async #exchange(models: readonly string[], addresses: string): Promise<void> {
    this.#addresses = addresses;
    try {
      const group = await loadModels(models);
      if (this.#stopped || addresses !== this.#addresses) return;
      const first = this.#models === undefined;
      this.#models?.removeFromParent();
      this.#models = group;
      this.#stage.scene.add(group);
      this.#surfaces.take(group);
      this.#frame(first);
      this.#repaint();
      this.#options.shown();
    } catch (error) {
      console.error(error);
      if (!this.#stopped) this.#options.failed();
    }
  }

  #frame(first: boolean): void {
    const { clientWidth, clientHeight } = this.#renderer.domElement;
    if (!this.#models || clientWidth === 0 || clientHeight === 0 || this.#renderer.xr.isPresenting) return;
    this.#renderer.setPixelRatio(pixelRatio(clientWidth, clientHeight, devicePixelRatio));
    this.#renderer.setSize(clientWidth, clientHeight, false);
    const bounds = new Box3().setFromObject(this.#models);
    this.#stage.fit(bounds);
    this.#renderer.shadowMap.needsUpdate = true;
    this.#rig.frame(bounds, clientWidth / clientHeight, performance.now(), first);
    this.#ask();
  }

  #watching(canvas: HTMLCanvasElement): { disconnect: () => void }[] {
    const size = new ResizeObserver(() => this.#frame(true));
    const sight = new IntersectionObserver(([entry]) => {
      this.#seen = entry?.isIntersecting ?? true;
      this.#ask();
    });
    size.observe(canvas);
    sight.observe(canvas);
    return [size, sight];
  }

  #repaint(): void {
    this.#unpainted = true;
    this.#ask();
  }

  /** Draws with the next frame; browsers give none to pages that are not seen. */
  #ask(): void {
    // In a room the session gives the frames.
    if (this.#asked || !this.#seen || this.#stopped || this.#renderer.xr.isPresenting) return;
    this.#asked = requestAnimationFrame((at) => this.#draw(at));
  }

  #draw(at: number): void {
    this.#asked = 0;
    if (!this.#models || !this.#appearance) return;
    if (this.#unpainted) this.#surfaces.paint(this.#appearance);
    this.#unpainted = false;
    const more = this.#rig.advance(at);
    this.#renderer.render(this.#stage.scene, this.#rig.camera);
    if (more) this.#ask();
  }
}
