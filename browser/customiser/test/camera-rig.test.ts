// @vitest-environment happy-dom
import { Box3, Vector3 } from "three";
import { expect, test } from "vitest";
import { CameraRig } from "../src/three/camera-rig.ts";
import { fittingDistance } from "../src/three/flight.ts";

const MUG = new Box3(new Vector3(-0.05, 0, -0.05), new Vector3(0.05, 0.1, 0.05));

test("a wish from before the model came does not leave the model far away", () => {
  const rig = new CameraRig(document.createElement("canvas"), false, () => undefined);
  rig.lookAt({ latDeg: 14, lonDeg: 4 }, 0);
  rig.frame(MUG, 1, 10, true);
  rig.advance(2000);

  const distance = rig.camera.position.distanceTo(new Vector3(0, 0.05, 0));
  expect(distance).toBeCloseTo(fittingDistance([0.1, 0.1, 0.1], 1, 28), 3);
});
