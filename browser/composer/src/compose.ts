/** `compose`: a workflow version and a shopper's answers become a scene and findings (docs/composing.md). Pure. */

import { codePoints, textOf } from "./characters.ts";
import { NOTHING_SEEN, type Seen, stepFindings, unknownSteps } from "./checking.ts";
import { complete, type FullPanel, type FullRegion, type FullTextStep } from "./complete.ts";
import { PLAIN_PATH, picture, rectangle, textOutlines } from "./drawing.ts";
import type { Font } from "./fonts.ts";
import { Fitting } from "./layout.ts";
import { Options, type Selection, selections, strokeColor } from "./selection.ts";
import { capitals } from "./spelling.ts";
import type { Answers, Element, Finding, Scene, ScenePanel, Workflow } from "./types.ts";

/** Fonts by the SHA-256 of their file. */
export type Fonts = ReadonlyMap<string, Font>;

/** What is drawn, and what keeps it from being finished. */
export interface Composition {
  readonly scene: Scene;
  readonly findings: readonly Finding[];
}

/** A font the answers select was not among the fonts handed to compose: load it first, see `fontsNeeded`. */
export class FontMissing extends Error {
  override readonly name = "FontMissing";

  constructor(readonly asset: string) {
    super(`font ${asset} is selected but was not loaded`);
  }
}

interface Drawn {
  readonly region: FullRegion;
  readonly element: Element;
}

/** A step's text as it was last set: a key stroke changes one step, the others need not be set again. */
interface Typeset {
  readonly text: string;
  readonly font: Font;
  readonly paths: readonly { readonly region: FullRegion; readonly d: string }[];
  readonly seen: Seen;
}

const typesets = new WeakMap<FullTextStep, Typeset>();

/** The scene of these answers and all findings. Equal input gives equal bytes on every machine. */
export function compose(workflow: Workflow, answers: Answers, fonts: Fonts): Composition {
  const full = complete(workflow);
  const options = new Options(full);
  const drawn: Drawn[] = [];
  const findings = selections(full, answers).flatMap((selection) => {
    const seen = selection.active ? draw(selection, fonts, drawn) : NOTHING_SEEN;
    return stepFindings(selection, seen, options);
  });
  findings.push(...unknownSteps(full, answers));
  drawn.sort((one, other) => one.region.layer - other.region.layer || one.region.layerIndex - other.region.layerIndex);
  return { scene: { panels: full.panels.map((panel) => scenePanel(panel, drawn)) }, findings };
}

/** The fonts `compose` will ask for. */
export function fontsNeeded(workflow: Workflow, answers: Answers): Set<string> {
  const needed = new Set<string>();
  for (const { active, step, variant } of selections(complete(workflow), answers)) {
    const asset = variant?.asset ?? null;
    if (active && step.type === "Text" && asset !== null) needed.add(asset);
  }
  return needed;
}

function scenePanel({ name, width, height, bleed, background }: FullPanel, drawn: readonly Drawn[]): ScenePanel {
  const elements = drawn.filter((each) => each.region.panel === name).map((each) => each.element);
  return { name, width, height, bleed, background, elements };
}

/** Add the step's elements and tell what was seen of its text. */
function draw(selection: Selection, fonts: Fonts, drawn: Drawn[]): Seen {
  const { step, color, variant } = selection;
  const asset = variant?.asset ?? null;
  if (step.type === "Text" && asset !== null) return drawText(step, selection, fontOf(fonts, asset), drawn);
  for (const region of step.regions) {
    if (step.type === "Shape" && color !== null) drawn.push({ region, element: rectangle(region, color) });
    if (step.type === "Picture" && asset !== null) drawn.push({ region, element: picture(region, asset) });
  }
  return NOTHING_SEEN;
}

function drawText(step: FullTextStep, selection: Selection, font: Font, drawn: Drawn[]): Seen {
  const text = setText(step, selection);
  let typeset = typesets.get(step);
  if (typeset === undefined || typeset.text !== text || typeset.font !== font) {
    typeset = typesetOf(step, text, font);
    typesets.set(step, typeset);
  }
  const stroke = strokeColor(step, selection);
  const strokeWidth = stroke === null ? 0 : step.strokeThickness;
  for (const { region, d } of typeset.paths) {
    drawn.push({ region, element: { ...PLAIN_PATH, d, fill: selection.color, stroke, strokeWidth } });
  }
  return typeset.seen;
}

function typesetOf(step: FullTextStep, text: string, font: Font): Typeset {
  const fitting = new Fitting(step, text, font);
  const layouts = step.regions.map((region) => ({ region, layout: fitting.into(region) }));
  const paths = layouts.map(({ region, layout }) => ({ region, d: textOutlines(step, region, layout, font) }));
  const missing = new Set(layouts.flatMap(({ layout }) => layout.lines.flatMap((line) => line.missing)));
  const seen = { missing: textOf([...missing]), fits: layouts.every(({ layout }) => layout.fits) };
  return { text, font, paths: paths.filter(({ d }) => d !== ""), seen };
}

/** The text as it is set. What is too long is cut, so that no answer can make composing slow. */
function setText(step: FullTextStep, { text, answer }: Selection): string {
  const cut = answer.text === null ? text : textOf(codePoints(text).slice(0, step.maxLength));
  return step.uppercase ? capitals(cut) : cut;
}

function fontOf(fonts: Fonts, asset: string): Font {
  const font = fonts.get(asset);
  if (font === undefined) throw new FontMissing(asset);
  return font;
}
