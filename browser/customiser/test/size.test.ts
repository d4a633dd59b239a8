import { gunzipSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { build, compressed, customiserOptions } from "../../build.mjs";

const LIMIT_BYTES = 120_000;
const LIMIT_3D_BYTES = 180_000;
const isFor3d = ({ path }: { path: string }): boolean => /\/viewer-[0-9A-Z]+\.js$/.test(path);

test("the customiser before fonts, shaping engine and 3D is at most 120 kB gzip, and needs nothing from elsewhere", async () => {
  const { outputFiles = [] } = await build({ ...customiserOptions, write: false });

  const first = outputFiles.filter((file) => !isFor3d(file));
  const sizes = first.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.length).toBeGreaterThanOrEqual(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMIT_BYTES);
  for (const { text } of first) expect(text.match(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g)).toBeNull();
});

test("3D is one file of its own, and all of the 3D library is in it", async () => {
  const { outputFiles = [], metafile } = await build({ ...customiserOptions, write: false });

  const [viewer, ...more] = outputFiles.filter(isFor3d);
  expect(more).toEqual([]);
  expect(gzipSync(viewer?.contents ?? "", { level: 9 }).length).toBeLessThanOrEqual(LIMIT_3D_BYTES);
  const holding = Object.entries(metafile?.outputs ?? {}).filter(([, { inputs }]) =>
    Object.entries(inputs).some(
      ([name, { bytesInOutput }]) => name.includes("node_modules/three/") && bytesInOutput > 0,
    ),
  );
  expect(holding.map(([name]) => isFor3d({ path: name }))).toEqual([true]);
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
