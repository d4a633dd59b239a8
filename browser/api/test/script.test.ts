// @vitest-environment happy-dom
import { gzipSync } from "node:zlib";
import { beforeEach, expect, test, vi } from "vitest";
import { apiOptions, build } from "../../build.mjs";
import { install } from "../src/install.ts";

beforeEach(() => {
  delete window.Spiff;
});

function scriptFrom(source: string): HTMLScriptElement {
  const script = document.createElement("script");
  Object.defineProperty(script, "src", { value: source });
  return script;
}

test("a second script neither replaces the first nor announces itself", () => {
  const announced = vi.fn();
  window.addEventListener("SpiffApiReady", announced);

  install(scriptFrom("https://platform.example/api.js"));
  const first = window.Spiff;
  install(scriptFrom("https://other.example/api.js"));

  expect(window.Spiff).toBe(first);
  expect(announced).toHaveBeenCalledOnce();
});

test("imported as a module it says how it must be loaded, rather than ask the shop for products", () => {
  expect(() => install(null)).toThrow("<script src>");
  expect(window.Spiff).toBeUndefined();
});

test("everything is there when the event comes", () => {
  const members: string[][] = [];
  const look = () => members.push(Object.keys(window.Spiff ?? {}));
  window.addEventListener("SpiffApiReady", look, { once: true });

  install(scriptFrom("https://platform.example/api.js"));

  expect(members).toEqual([
    [
      "setRegion",
      "IntegrationProduct",
      "Product",
      "Transaction",
      "HostedExperience",
      "openWorkflow",
      "replayDesign",
      "Analytics",
    ],
  ]);
});

test("the built script is one classic script of at most 4 kB gzip that leaves one name behind", async () => {
  const { outputFiles } = await build({ ...apiOptions, write: false, sourcemap: false });
  const code = outputFiles?.[0]?.text ?? "";

  expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(4096);
  expect(code).not.toMatch(/\bimport\b|\bexport\b|https?:\/\//);
  vi.spyOn(document, "currentScript", "get").mockReturnValue(scriptFrom("https://platform.example/api.js"));
  const before = Object.keys(window);
  // biome-ignore lint/security/noGlobalEval: this is what a script element does
  // biome-ignore lint/complexity/noCommaOperator: an indirect eval runs in the global scope
  (0, eval)(code);
  expect(Object.keys(window).filter((name) => !before.includes(name))).toEqual(["Spiff"]);
});
