import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { build, customiserOptions } from "../../build.mjs";

const LIMIT_BYTES = 120_000;

test("the customiser before fonts and shaping engine is at most 120 kB gzip, and needs nothing from elsewhere", async () => {
  const { outputFiles = [] } = await build({ ...customiserOptions, write: false });

  const sizes = outputFiles.map(({ contents }) => gzipSync(contents, { level: 9 }).length);
  expect(sizes.length).toBeGreaterThanOrEqual(2);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(LIMIT_BYTES);
  for (const { text } of outputFiles) expect(text.match(/https?:\/\/(?!www\.w3\.org\/)[\w.-]+/g)).toBeNull();
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
