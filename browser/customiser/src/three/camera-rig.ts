/** The camera and the hands on it: dragging, pinching, the wheel, keys, and flights to where a step wants it. */

import { type Box3, PerspectiveCamera, Spherical, Vector3 } from "three";
import { OrbitControls } from "three/addons/controls/OrbitControls.js";
import type { Camera } from "./appearance.ts";
import { fittingDistance, flown, LEAST_PHI, MOST_PHI, type Pose, withinLimits } from "./flight.ts";

const FOV = 28;
const [NEAREST, FURTHEST] = [0.25, 2.5];
const HOME: Camera = { latDeg: 16, lonDeg: 34 };
const DEGREE = Math.PI / 180;

export class CameraRig {
  readonly camera = new PerspectiveCamera(FOV);
  readonly #controls: OrbitControls;
  readonly #still: boolean;
  readonly #changed: () => void;
  #size: Pose["target"] = [1, 1, 1];
  #middle = new Vector3();
  #wish: Camera = HOME;
  #flight: { from: Pose; to: Pose; begun: number } | undefined;

  /** `still` people get no flights and no swing; `changed` hears when there is something to draw. */
  constructor(canvas: HTMLCanvasElement, still: boolean, changed: () => void) {
    this.#still = still;
    this.#changed = changed;
    const controls = new OrbitControls(this.camera, canvas);
    Object.assign(controls, { enablePan: false, enableDamping: !still, autoRotateSpeed: 1.6 });
    Object.assign(controls, { minPolarAngle: LEAST_PHI, maxPolarAngle: MOST_PHI });
    controls.addEventListener("change", changed);
    controls.addEventListener("start", () => {
      this.#flight = undefined;
      changed();
    });
    this.#controls = controls;
  }

  get turning(): boolean {
    return this.#controls.autoRotate;
  }

  set turning(on: boolean) {
    this.#controls.autoRotate = on;
    this.#changed();
  }

  /** Another thing is shown, or another view of it: everything is seen again. `at` is now in milliseconds. */
  frame(bounds: Box3, aspect: number, at: number, first: boolean): void {
    const size = bounds.getSize(new Vector3());
    this.#size = [size.x, size.y, size.z];
    this.#middle = bounds.getCenter(new Vector3());
    this.camera.aspect = aspect;
    const whole = this.#whole();
    Object.assign(this.camera, { near: whole / 50, far: whole * 10 });
    this.camera.updateProjectionMatrix();
    Object.assign(this.#controls, { minDistance: whole * NEAREST, maxDistance: whole * FURTHEST });
    // A flight that began before anything was there went to where nothing of any size would be seen.
    this.#flight = undefined;
    if (first) this.#put(this.#wanted());
    else this.lookAt(this.#wish, at);
  }

  /** Flies to where a step wants to be seen from; without a wish, to where all is seen. */
  lookAt(wish: Camera | undefined, at: number): void {
    this.#wish = wish ?? HOME;
    this.#fly(this.#wanted(), at);
  }

  /** Turns by radians and comes nearer by a factor, as keys and buttons do. */
  move(around: number, down: number, nearer: number, at: number): void {
    const from = this.#flight?.to ?? this.#pose();
    const [least, most] = [this.#controls.minDistance, this.#controls.maxDistance];
    const radius = Math.min(Math.max(from.radius / nearer, least), most);
    this.#fly({ ...from, theta: from.theta + around, phi: withinLimits(from.phi + down), radius }, at);
  }

  /** Goes on with flights and swings. Says whether there is more to come. */
  advance(at: number): boolean {
    const flight = this.#flight;
    if (flight) {
      const pose = flown(flight.from, flight.to, at - flight.begun);
      if (!pose) this.#flight = undefined;
      this.#put(pose ?? flight.to);
    }
    const swings = this.#controls.update();
    return this.#flight !== undefined || swings || this.turning;
  }

  stop(): void {
    this.#controls.dispose();
  }

  #fly(to: Pose, at: number): void {
    if (this.#still) this.#put(to);
    else this.#flight = { from: this.#pose(), to, begun: at };
    this.#changed();
  }

  #whole(): number {
    return fittingDistance(this.#size, this.camera.aspect, FOV);
  }

  #wanted(): Pose {
    const { latDeg = 0, lonDeg = 0, radius = 1, target } = this.#wish;
    const { x, y, z } = this.#middle;
    return {
      theta: lonDeg * DEGREE,
      phi: withinLimits((90 - latDeg) * DEGREE),
      radius: this.#whole() * radius,
      target: target ? [target.x ?? 0, target.y ?? 0, target.z ?? 0] : [x, y, z],
    };
  }

  #pose(): Pose {
    const { target } = this.#controls;
    const { theta, phi, radius } = new Spherical().setFromVector3(this.camera.position.clone().sub(target));
    return { theta, phi, radius, target: [target.x, target.y, target.z] };
  }

  #put({ theta, phi, radius, target }: Pose): void {
    this.#controls.target.set(...target);
    this.camera.position.setFromSpherical(new Spherical(radius, phi, theta)).add(this.#controls.target);
    this.camera.lookAt(this.#controls.target);
  }
}
