/** The model in the shopper's own room, by a WebXR session of the kind `immersive-ar`: in its real size, on a surface. */

import { type Box3, PerspectiveCamera, type Scene, Vector3, type WebGLRenderer } from "three";

/** From a hand's breadth to the other end of a room, in metres. */
const [NEAREST, FURTHEST] = [0.02, 30];

/** What is shown, and by what; `bounds` are those of the models. */
export interface Exhibit {
  renderer: WebGLRenderer;
  scene: Scene;
  bounds: Box3;
}

/** Draws for the session until it ends. The model comes to stand on the first surface found, then where is tapped. */
export async function standInRoom(session: XRSession, exhibit: Exhibit): Promise<void> {
  const { renderer, scene } = exhibit;
  const ended = new Promise<void>((resolve) => {
    session.addEventListener("end", () => resolve(), { once: true });
  });
  renderer.xr.enabled = true;
  renderer.xr.setReferenceSpaceType("local");
  // Nothing is seen before it stands somewhere.
  scene.visible = false;
  try {
    await renderer.xr.setSession(session);
    await draw(session, exhibit);
    await ended;
  } finally {
    renderer.setAnimationLoop(null);
    renderer.xr.enabled = false;
    scene.visible = true;
  }
}

async function draw(session: XRSession, { renderer, scene, bounds }: Exhibit): Promise<void> {
  const space = renderer.xr.getReferenceSpace();
  const found = space && (await surfaceFinder(session, space));
  const foot = bounds.getCenter(new Vector3()).setY(bounds.min.y);
  const camera = new PerspectiveCamera(50, 1, NEAREST, FURTHEST);
  let surface: DOMPointReadOnly | undefined;
  // The scene stays where it is: the space it is seen in moves, until its foot lies on the surface.
  const put = (): void => {
    if (!surface || !space) return;
    const { x, y, z } = surface;
    const moved = new XRRigidTransform({ x: x - foot.x, y: y - foot.y, z: z - foot.z });
    renderer.xr.setReferenceSpace(space.getOffsetReferenceSpace(moved));
    scene.visible = true;
  };
  session.addEventListener("select", put);
  renderer.setAnimationLoop((_at, frame) => {
    surface = (frame && found?.(frame)) ?? surface;
    if (!scene.visible) put();
    renderer.render(scene, camera);
  });
}

/** Where the middle of the view meets a surface, frame by frame. */
async function surfaceFinder(session: XRSession, space: XRReferenceSpace) {
  const viewer = await session.requestReferenceSpace("viewer");
  const source = await session.requestHitTestSource?.({ space: viewer });
  return (frame: XRFrame): DOMPointReadOnly | undefined =>
    source && frame.getHitTestResults(source)[0]?.getPose(space)?.transform.position;
}
