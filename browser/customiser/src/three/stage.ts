/** What stands around the models: light as in a bright room, and a floor that takes a soft shadow. */

import {
  type Box3,
  DirectionalLight,
  Mesh,
  PlaneGeometry,
  PMREMGenerator,
  Scene,
  ShadowMaterial,
  Vector3,
  type WebGLRenderer,
} from "three";
import { RoomEnvironment } from "three/addons/environments/RoomEnvironment.js";

const [ROOM_LIGHT, SUN_LIGHT, SHADOW] = [0.75, 1.6, 0.26];
const SHADOW_MAP_PX = 1024;

export interface Stage {
  scene: Scene;
  /** Puts the floor below what is shown and the light around it. */
  fit: (bounds: Box3) => void;
}

/** A scene without models. */
export function createStage(renderer: WebGLRenderer): Stage {
  const scene = new Scene();
  const generator = new PMREMGenerator(renderer);
  scene.environment = generator.fromScene(new RoomEnvironment(), 0.04).texture;
  scene.environmentIntensity = ROOM_LIGHT;
  generator.dispose();
  const sun = createSun();
  const floor = new Mesh(new PlaneGeometry(1, 1), new ShadowMaterial({ opacity: SHADOW }));
  floor.rotation.x = -Math.PI / 2;
  floor.receiveShadow = true;
  scene.add(sun, sun.target, floor);
  return { scene, fit: (bounds) => fit(bounds, sun, floor) };
}

function createSun(): DirectionalLight {
  const sun = new DirectionalLight(0xffffff, SUN_LIGHT);
  sun.castShadow = true;
  sun.shadow.mapSize.set(SHADOW_MAP_PX, SHADOW_MAP_PX);
  sun.shadow.radius = 9;
  sun.shadow.blurSamples = 20;
  return sun;
}

function fit(bounds: Box3, sun: DirectionalLight, floor: Mesh): void {
  const [middle, size] = [bounds.getCenter(new Vector3()), bounds.getSize(new Vector3())];
  const reach = size.length() || 1;
  floor.position.set(middle.x, bounds.min.y, middle.z);
  floor.scale.setScalar(reach * 8);
  sun.target.position.copy(middle);
  sun.position.copy(middle).add(new Vector3(0.45, 1.25, 0.6).multiplyScalar(reach));
  const { camera } = sun.shadow;
  Object.assign(camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: reach * 0.1, far: reach * 4 });
  camera.updateProjectionMatrix();
  sun.shadow.bias = -0.0004;
  sun.shadow.normalBias = reach * 0.003;
}
