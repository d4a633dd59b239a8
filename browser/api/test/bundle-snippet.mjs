/**
 * Bundles a component as a shop would: its source from standard input, `react` or `vue` as the argument, the script on
 * standard output. It leaves `mount(place, props)` behind. Used by tests/journeys/test_snippets.py.
 */

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compileScript, parse } from "vue/compiler-sfc";

const browser = path.join(path.dirname(fileURLToPath(import.meta.url)), "../..");
const given = readFileSync(0, "utf8");

const KINDS = {
  // Twice in development, as React does it to find what does not clean up behind itself.
  react: () => ({
    contents: `${given}
      import { StrictMode } from "react";
      import { createRoot } from "react-dom/client";
      globalThis.mount = (place, props) =>
        createRoot(place).render(<StrictMode><Personalise {...props} /></StrictMode>);`,
    loader: "jsx",
  }),
  vue: () => ({
    contents: `${compiled(given)}
      import { createApp } from "vue";
      globalThis.mount = (place, props) => createApp(Personalise, props).mount(place);`,
    loader: "js",
  }),
};

function compiled(source) {
  const { descriptor, errors } = parse(source, { filename: "Personalise.vue" });
  if (errors.length > 0) throw errors[0];
  const { content } = compileScript(descriptor, { id: "personalise", inlineTemplate: true });
  return content.replace("export default", "const Personalise =");
}

const { outputFiles } = await build({
  stdin: { ...KINDS[process.argv[2]](), resolveDir: browser },
  bundle: true,
  write: false,
  format: "iife",
  jsx: "automatic",
  alias: { "@spiff/api": path.join(browser, "api/npm/index.js") },
  define: {
    "process.env.NODE_ENV": '"development"',
    __VUE_OPTIONS_API__: "false",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
  },
});
process.stdout.write(outputFiles[0].text);
