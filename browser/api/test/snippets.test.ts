// @vitest-environment happy-dom
/** The React snippet of docs/javascript-api.md, with Preact in React's place: it has the same interface. */

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test, vi } from "vitest";
import { build } from "../../build.mjs";
import { createSpiff } from "../src/index.ts";
import { giveFramesWindows, PLATFORM, platformAnswers, shownFrame } from "./page.ts";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.join(here, "../../..");

afterEach(() => {
  vi.restoreAllMocks();
});

function snippet(title: string, language: string): string {
  const docs = readFileSync(path.join(root, "docs/javascript-api.md"), "utf8");
  const section = docs.slice(docs.indexOf(`### ${title}\n`));
  return section.split(`\`\`\`${language}\n`)[1]?.split("```")[0] ?? "";
}

async function bundled(): Promise<string> {
  const use = `import { render } from "react-dom"; globalThis.mount = (place, props) => render(<Personalise {...props} />, place);`;
  const { outputFiles } = await build({
    stdin: { contents: `${snippet("React", "jsx")}\n${use}`, loader: "jsx", resolveDir: path.join(root, "browser") },
    bundle: true,
    write: false,
    format: "iife",
    jsx: "automatic",
    jsxImportSource: "preact",
    alias: {
      react: "preact/compat",
      "react-dom": "preact/compat",
      "@spiff/api": path.join(root, "browser/api/npm/index.js"),
    },
  });
  return outputFiles?.[0]?.text ?? "";
}

test("the React component waits for its product and opens it", async () => {
  giveFramesWindows();
  platformAnswers({ id: "p1", enabled: true, name: "Mug" });
  window.Spiff = createSpiff(PLATFORM) as never;
  // biome-ignore lint/security/noGlobalEval: this is what a script element does
  // biome-ignore lint/complexity/noCommaOperator: an indirect eval runs in the global scope
  (0, eval)(await bundled());
  const { mount } = globalThis as unknown as { mount: (place: Element, props: object) => void };

  mount(document.body, { platform: PLATFORM, id: "p1", currency: "AUD", onDesigned: vi.fn() });
  const button = document.querySelector("button");
  expect(button?.disabled).toBe(true);
  await vi.waitFor(() => expect(button?.disabled).toBe(false));
  button?.click();

  await vi.waitFor(() => expect(new URL(shownFrame().src).searchParams.get("integrationProduct")).toBe("p1"));
});
