/**
 * Builds the browser parts into the package: `api.js` for shops and the customiser's page. The same sources give the
 * same bytes. It needs no network, and nothing outside this folder but where it writes.
 */

import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const output = path.join(here, "../src/spiff/web/static");

const engine = await readFile(path.join(here, "node_modules/harfbuzzjs/dist/harfbuzz.wasm"));
/** Named after its content, as esbuild names the others: such names are kept by browsers for good. */
const engineFile = `harfbuzz-${createHash("sha256").update(engine).digest("hex").slice(0, 8).toUpperCase()}.wasm`;
const COMPRESSED = [".js", ".css", ".wasm", ".html"];

/** One classic script: shops load it with or without `async`, from any page. */
export const apiOptions = {
  absWorkingDir: here,
  entryPoints: ["api/src/main.ts"],
  outfile: path.join(output, "api.js"),
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  sourcemap: false,
};

/** Modules that are told the name of the shaping engine's file. */
export const customiserOptions = {
  absWorkingDir: here,
  entryPoints: { main: "customiser/src/main.tsx" },
  outdir: path.join(output, "customiser"),
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  splitting: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  // The engine's glue asks for it under Node.js only.
  external: ["module"],
  define: { "process.env.NODE_ENV": '"production"', ENGINE_FILE: JSON.stringify(engineFile) },
  metafile: true,
};

/** esbuild's own build, for tests that look at the result without writing it. */
export const build = esbuild.build;

async function buildCustomiser() {
  const { metafile } = await build(customiserOptions);
  const files = Object.entries(metafile.outputs);
  const named = ([name, { entryPoint }]) => entryPoint?.endsWith("main.tsx") && name.endsWith(".js");
  const [script, { cssBundle: style } = {}] = files.find(named) ?? [];
  if (!script || !style) throw new Error("the customiser's script or style sheet was not built");
  await writePage(path.basename(script), path.basename(style));
  await writeFile(path.join(output, "customiser", engineFile), engine);
}

async function writePage(script, style) {
  const page = await readFile(path.join(here, "customiser/src/index.html"), "utf8");
  const filled = page.replace("main.js", script).replace("main.css", style);
  await writeFile(path.join(output, "customiser/index.html"), filled);
}

/** Writes each file once more as the server sends it to those who take gzip. */
async function compressAll() {
  const names = await readdir(output, { recursive: true });
  const wanted = names.filter((name) => COMPRESSED.includes(path.extname(name)));
  await Promise.all(
    wanted.map(async (name) => {
      const file = path.join(output, name);
      await writeFile(`${file}.gz`, compressed(await readFile(file)));
    }),
  );
}

/** The same bytes at any time, on any system: Node.js leaves the time out, and the system's number is overwritten. */
export function compressed(bytes) {
  const packed = gzipSync(bytes, { level: 9 });
  packed[9] = 255;
  return packed;
}

async function main() {
  await rm(path.join(output, "customiser"), { recursive: true, force: true });
  await mkdir(path.join(output, "customiser"), { recursive: true });
  await Promise.all([build(apiOptions), buildCustomiser()]);
  await compressAll();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
