/** The designs both composers are held to, read from fixtures/, and what this composer makes of one. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import {
  type Answers,
  type Context,
  canonicalScene,
  compose,
  type Drawing,
  designMetadata,
  type Exported,
  exportedData,
  type Finding,
  Font,
  loadShaper,
  optionsCost,
  type Resources,
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
  context?: Context;
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

/** The drawings of fixtures/drawings by their symbolic names. */
function drawings(): Map<string, Drawing> {
  const folder = new URL("fixtures/drawings/", ROOT);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return new Map(files.map((name) => [`drawing:${name.replace(".json", "")}`, json<Drawing>(new URL(name, folder))]));
}

const DRAWINGS = drawings();

/** All fonts and drawings there are, with the design's context. */
function resources(design: Design, fonts: Map<string, Font>): Resources {
  return { fonts, drawings: DRAWINGS, context: design.context ?? {} };
}

export async function golden(design: Design, fonts: Map<string, Font>): Promise<Golden> {
  const { workflow, answers } = design;
  const { scene, findings } = compose(workflow, answers, resources(design, fonts));
  const cost = optionsCost(workflow, answers);
  return { digest: await sceneDigest(scene), findings: [...findings], optionsCost: cost };
}

export function everything(design: Design, fonts: Map<string, Font>): Expected {
  const { workflow, answers } = design;
  const { scene, findings } = compose(workflow, answers, resources(design, fonts));
  return {
    scene: canonicalScene(scene),
    findings: [...findings],
    optionsCost: optionsCost(workflow, answers),
    exportedData: exportedData(workflow, answers, resources(design, fonts)),
    designMetadata: designMetadata(workflow, answers, resources(design, fonts)),
    svg: scene.panels.map((panel) => toSvg(panel, (asset) => `/assets/${asset}`)),
  };
}
