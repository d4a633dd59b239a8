/** Prints the median milliseconds of composing after a key stroke: node benchmarks/compose.mjs TITLE ROUNDS, see compose.py. */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const root = new URL("../", import.meta.url);
const modules = new URL("browser/node_modules/", root);
const { buildSync } = createRequire(new URL("browser/", root))("esbuild");
const json = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

const entryPoints = [new URL("browser/composer/src/index.ts", root).pathname];
const [bundle] = buildSync({ entryPoints, bundle: true, format: "esm", minify: true, write: false }).outputFiles;
const composer = await import(`data:text/javascript;base64,${Buffer.from(bundle.text).toString("base64")}`);

const shaper = await composer.loadShaper(readFileSync(new URL("harfbuzzjs/dist/harfbuzz.wasm", modules)));
const font = (path) => new composer.Font(shaper, readFileSync(new URL(`@expo-google-fonts/${path}`, modules)));
const fonts = new Map(Object.entries(json("fixtures/fonts.json")).map(([name, path]) => [name, font(path)]));
const drawing = (name) => [`drawing:${name}`, json(`fixtures/drawings/${name}.json`)];
const drawings = new Map(["heart-frame", "wreath", "rosette"].map(drawing));
const workflow = json("fixtures/designs/workflows/sample.json");
const { answers, context } = json("fixtures/designs/sample.json");
const resources = { fonts, drawings, context };

const [title, rounds] = [process.argv[2], Number(process.argv[3])];
const taken = [];
for (let turn = 0; turn < rounds; turn++) {
  for (let length = 1; length <= title.length; length++) {
    const typed = { ...answers, title: { variantId: "pacifico", text: turn + title.slice(0, length) } };
    const begun = performance.now();
    composer.compose(workflow, typed, resources);
    taken.push(performance.now() - begun);
  }
}
taken.sort((one, other) => one - other);
console.log(taken[Math.floor(taken.length / 2)]);
