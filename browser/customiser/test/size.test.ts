import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { build, compressed, customiserOptions } from "../../build.mjs";

const LIMIT_BYTES = 120_000;
const LIMIT_3D_BYTES = 180_000;
/** Of the viewer, of the 3D library, and what only those need who look at the model in their own room. */
const FOR_3D = /\/(viewer|room|usdz)-[0-9A-Z]+\.js$/;
const isLibrary = (text: string): boolean => text.includes("WebGLRenderer");
const isFor3d = ({ path, text }: { path: string; text: string }): boolean => FOR_3D.test(path) || isLibrary(text);

test("the customiser before fonts, shaping engine and 3D is at most 120 kB gzip, and needs nothing from elsewhere", async () => {
  const { outputFiles = [] } = await build({ ...customiserOptions, write: false });

  const first = outputFiles.filter((file) => !isFor3d(file));
  const sizes = first.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.length).toBeGreaterThanOrEqual(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMIT_BYTES);
  for (const { text } of first) expect(text.match(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g)).toBeNull();
});

test("3D is files of its own, and all of the 3D library is in them", async () => {
  const { outputFiles = [], metafile } = await build({ ...customiserOptions, write: false });

  const files = outputFiles.filter(isFor3d);
  const sizes = files.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMIT_3D_BYTES);
  const holding = Object.entries(metafile?.outputs ?? {}).filter(([, { inputs }]) =>
    Object.entries(inputs).some(
      ([name, { bytesInOutput }]) => name.includes("node_modules/three/") && bytesInOutput > 0,
    ),
  );
  const names = files.map(({ path }) => path.split("/").at(-1));
  expect(holding.length).toBeGreaterThanOrEqual(3);
  for (const [name] of holding) expect(names).toContain(name.split("/").at(-1));
});

test("what a room needs is fetched by those alone who want to see one", async () => {
  const { metafile } = await build({ ...customiserOptions, write: false });

  const eager = Object.entries(metafile?.outputs ?? {}).flatMap(([name, { imports }]) =>
    imports.filter(({ kind, path }) => kind !== "dynamic-import" && /\/(room|usdz)-/.test(path)).map(() => name),
  );
  expect(eager).toEqual([]);
});

test("the same sources give the same bytes", async () => {
  const [first, second] = [
    await build({ ...customiserOptions, write: false }),
    await build({ ...customiserOptions, write: false }),
  ];

  const named = (result: typeof first): [string, string][] =>
    (result.outputFiles ?? []).map(({ path, hash }) => [path, hash]);
  expect(named(first)).toEqual(named(second));
});

test("what is compressed names no time and no system, and unpacks to what it was", () => {
  const bytes = new TextEncoder().encode("spiff ".repeat(100));

  const packed = compressed(bytes);

  expect([...packed.slice(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(packed[9]).toBe(255);
  expect(new Uint8Array(gunzipSync(packed))).toEqual(bytes);
});

test("the page asks for a shaping engine whose name holds its hash", async () => {
  const { outputFiles = [] } = await build({ ...customiserOptions, write: false });

  expect(outputFiles.some(({ text }) => /harfbuzz-[0-9A-F]{8}\.wasm/.test(text))).toBe(true);
});
