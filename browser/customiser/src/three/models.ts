/** Fetches GLB files and stands them up together. Compressed meshes and textures (Draco, Meshopt, KTX2) are not read. */

import { Group, type Mesh, type Object3D } from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";

const known = new Map<string, Promise<Object3D>>();

/** The models at these addresses as one thing; each is fetched once a page. */
export async function loadModels(addresses: readonly string[]): Promise<Group> {
  const group = new Group();
  const models = await Promise.all([...new Set(addresses)].map(loadModel));
  if (models.length > 0) group.add(...models);
  return group;
}

function loadModel(address: string): Promise<Object3D> {
  const found = known.get(address) ?? fetchModel(address);
  known.set(address, found);
  // What could not be fetched is asked for again next time.
  found.catch(() => known.delete(address));
  return found;
}

async function fetchModel(address: string): Promise<Object3D> {
  const { scene } = await new GLTFLoader().loadAsync(address);
  scene.traverse((part) => {
    if ((part as Mesh).isMesh) [part.castShadow, part.receiveShadow] = [true, true];
  });
  return scene;
}
