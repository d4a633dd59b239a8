import { expect, test } from "vitest";
import type { ActiveStep, ScenePanel } from "../src/composing.ts";
import { appearanceOf, cameraOf } from "../src/three/appearance.ts";
import { fittingDistance, flown, type Pose } from "../src/three/flight.ts";
import { MOST_PIXELS, pixelRatio, textureSize } from "../src/three/pixels.ts";

const href = (asset: string): string | undefined => (asset === "lost" ? undefined : `/files/${asset}`);
const panel: ScenePanel = { name: "wrap", width: 600, height: 270, bleed: 0, background: null, elements: [] };

function active(step: object, ...assets: string[]): ActiveStep {
  const common = { stepName: "a", stepTitle: "A", regions: [], lookAtAnimation: null };
  const variants = assets.map((asset) => ({ id: asset, name: asset, asset }));
  return { step: { ...common, ...step }, variants } as unknown as ActiveStep;
}

test("without steps of its own kind a product is shown as its model, with its panels", () => {
  const shown = appearanceOf("/mug.glb", [active({ type: "Picture" }, "waves")], [panel], href);

  expect(shown.models).toEqual(["/mug.glb"]);
  expect(shown.materials.size).toBe(0);
  expect(shown.panels.get("wrap")).toBe(panel);
});

test("a chosen model stands beside the product's, or in its place", () => {
  const beside = active({ type: "Model", replaceProductModel: false }, "box");
  const instead = active({ type: "Model", replaceProductModel: true }, "jug");

  expect(appearanceOf("/mug.glb", [beside], [], href).models).toEqual(["/mug.glb", "/files/box"]);
  expect(appearanceOf("/mug.glb", [instead, beside], [], href).models).toEqual(["/files/jug", "/files/box"]);
});

test("a model that replaces the product's does not, as long as none is chosen or its file is not known", () => {
  const empty = active({ type: "Model", replaceProductModel: true });
  const lost = active({ type: "Model", replaceProductModel: true }, "lost");

  expect(appearanceOf("/mug.glb", [empty, lost], [], href).models).toEqual(["/mug.glb"]);
});

test("a chosen material takes the place of those its step names, the last one wins", () => {
  const clay = active({ type: "Material", targetMaterials: ["clay", "rim"] }, "white");
  const rim = active({ type: "Material", targetMaterials: ["rim"] }, "gold");

  const shown = appearanceOf("/mug.glb", [clay, rim], [panel], href);

  expect([...shown.materials]).toEqual([
    ["clay", "/files/white"],
    ["rim", "/files/gold"],
  ]);
});

test("the view looks where the step with the focus says, else the first of the scene that says something", () => {
  const steps = [
    active({ stepName: "a" }),
    active({ stepName: "b", lookAtAnimation: { lonDeg: 10 } }),
    active({ stepName: "c", lookAtAnimation: { lonDeg: 20 } }),
  ];

  expect(cameraOf(steps, "c")).toEqual({ lonDeg: 20 });
  expect(cameraOf(steps, "a")).toEqual({ lonDeg: 10 });
  expect(cameraOf(steps, undefined)).toEqual({ lonDeg: 10 });
  expect(cameraOf([active({})], "a")).toBeUndefined();
});

test.each([
  [600, 270],
  [14_400, 14_400],
  [1, 14_400],
  [0.5, 0.5],
])("the texture of a panel of %f by %f points keeps its shape, and has at most four million pixels", (width, height) => {
  const [across, down] = textureSize({ width, height });

  expect(across * down).toBeLessThanOrEqual(MOST_PIXELS);
  expect(Math.abs(across - (down * width) / height)).toBeLessThanOrEqual(Math.max(1, width / height));
  expect(Math.min(across, down)).toBeGreaterThanOrEqual(1);
});

test.each([
  [390, 300, 3],
  [1280, 720, 2],
  [3840, 2160, 2],
])("a view of %d by %d at %d pixels each has at most four million, and at most four for each of the page's", (width, height, ofScreen) => {
  const ratio = pixelRatio(width, height, ofScreen);

  expect(Math.floor(width * ratio) * Math.floor(height * ratio)).toBeLessThanOrEqual(MOST_PIXELS);
  expect(ratio).toBeLessThanOrEqual(2);
});

test("a small view is as sharp as its screen", () => {
  expect(pixelRatio(390, 300, 1.5)).toBe(1.5);
});

const HERE: Pose = { theta: (170 * Math.PI) / 180, phi: 1, radius: 4, target: [0, 0, 0] };
const THERE: Pose = { theta: (-170 * Math.PI) / 180, phi: 1.2, radius: 2, target: [1, 0, 0] };

test("the camera flies the shorter way around, and arrives", () => {
  const between = flown(HERE, THERE, 100);

  expect(between?.theta).toBeGreaterThan(HERE.theta);
  expect(between?.theta).toBeLessThan((190 * Math.PI) / 180);
  expect(between?.radius).toBeLessThan(HERE.radius);
  expect(flown(HERE, THERE, 10_000)).toBeUndefined();
});

test("a narrow view looks from further away", () => {
  const size = [0.3, 0.1, 0.1] as const;

  expect(fittingDistance(size, 0.5, 28)).toBeGreaterThan(fittingDistance(size, 2, 28));
  expect(fittingDistance([0.3, 0.9, 0.1], 2, 28)).toBeGreaterThan(fittingDistance(size, 2, 28));
});
