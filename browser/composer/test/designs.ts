/** The designs both composers are held to, read from fixtures/, and what this composer makes of one. */

import { readdirSync, readFileSync } from "node:fs";
import {
  type Answers,
  canonicalScene,
  compose,
  designMetadata,
  type Exported,
  exportedData,
  type Finding,
  Font,
  loadShaper,
  optionsCost,
  sceneDigest,
  toSvg,
  type Workflow,
} from "../src/index.ts";

export const ROOT = new URL("../../../", import.meta.url);
const DESIGNS = new URL("fixtures/designs/", ROOT);
const MODULES = new URL("browser/node_modules/", ROOT);

export interface Design {
  name: string;
  workflow: Workflow;
  answers: Answers;
}

export interface Golden {
  digest: string;
  findings: Finding[];
  optionsCost: number;
}

/** What the server's composer says of a generated design. */
export interface Expected {
  scene: string;
  findings: Finding[];
  optionsCost: number;
  exportedData: Record<string, Exported>;
  designMetadata: Record<string, string>;
  svg: string[];
}

export function json<Value>(path: string | URL): Value {
  return JSON.parse(readFileSync(path, "utf8")) as Value;
}

/** The fonts of fixtures/fonts.json by their symbolic names. */
export async function loadFonts(): Promise<Map<string, Font>> {
  const shaper = await loadShaper(readFileSync(new URL("harfbuzzjs/dist/harfbuzz.wasm", MODULES)));
  const names = json<Record<string, string>>(new URL("fixtures/fonts.json", ROOT));
  const file = (path: string) => readFileSync(new URL(`@expo-google-fonts/${path}`, MODULES));
  return new Map(Object.entries(names).map(([name, path]) => [name, new Font(shaper, file(path))]));
}

/** All hand-written designs by file name, their workflows filled in. */
export function handWritten(): [string, Design][] {
  const names = readdirSync(DESIGNS).filter((name) => name.endsWith(".json") && name !== "golden.json");
  return names.sort().map((name) => {
    const design = json<Omit<Design, "workflow"> & { workflow: string }>(new URL(name, DESIGNS));
    const workflow = json<Workflow>(new URL(`workflows/${design.workflow}.json`, DESIGNS));
    return [name.replace(".json", ""), { ...design, workflow }];
  });
}

export function goldens(): Record<string, Golden> {
  return json(new URL("golden.json", DESIGNS));
}

export async function golden({ workflow, answers }: Design, fonts: Map<string, Font>): Promise<Golden> {
  const { scene, findings } = compose(workflow, answers, fonts);
  const cost = optionsCost(workflow, answers);
  return { digest: await sceneDigest(scene), findings: [...findings], optionsCost: cost };
}

export function everything({ workflow, answers }: Design, fonts: Map<string, Font>): Expected {
  const { scene, findings } = compose(workflow, answers, fonts);
  return {
    scene: canonicalScene(scene),
    findings: [...findings],
    optionsCost: optionsCost(workflow, answers),
    exportedData: exportedData(workflow, answers),
    designMetadata: designMetadata(workflow, answers),
    svg: scene.panels.map((panel) => toSvg(panel, (asset) => `/assets/${asset}`)),
  };
}
