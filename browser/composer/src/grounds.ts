/** What lies beneath what is drawn, and what can be told from it (docs/composing.md, Preflight). Knows no steps. */

import { type Box, overlap, regionBox, within } from "./boxes.ts";
import type { FullPanel, FullRegion } from "./complete.ts";
import { rectangle } from "./drawing.ts";
import type { Drawn } from "./kinds.ts";
import type { Element } from "./scene.ts";
import { writtenColor } from "./selection.ts";

/** Below it words are hardly seen: navy on navy has 1, white on cream 1.1, a dark red on navy 1.4. */
const LEAST_CONTRAST = 1.5;

/** What is printed on each panel, lowest first: of each region the highest element, which is what is seen. */
export class Grounds {
  readonly #backgrounds: ReadonlyMap<string, string | null>;
  readonly #printed: ReadonlyMap<string, Drawn[]>;

  constructor(panels: readonly FullPanel[], ordered: readonly Drawn[]) {
    this.#backgrounds = new Map(panels.map(({ name, background }) => [name, writtenColor(background)]));
    this.#printed = new Map(panels.map(({ name }) => [name, []]));
    for (const each of ordered) {
      const printed = this.#printed.get(each.region.panel);
      if (printed === undefined || each.element.only === "screen") continue;
      if (printed.at(-1)?.region === each.region) printed.pop();
      printed.push(each);
    }
  }

  /** The one colour that lies right beneath a box which is drawn with this region; null where none is known. */
  beneath(region: FullRegion, box: Box): string | null {
    const printed = this.#printed.get(region.panel) ?? [];
    const own = printed.findIndex((each) => each.region === region);
    const below = own < 0 ? printed : printed.slice(0, own);
    const highest = below.filter((each) => overlap(regionBox(each.region), box)).at(-1);
    return highest === undefined ? (this.#backgrounds.get(region.panel) ?? null) : plain(highest, box);
  }
}

/** The colour of a region that is nothing but filled, if it goes on below all of the box. */
function plain({ region, element }: Drawn, box: Box): string | null {
  if (element.kind !== "path" || region.rotation !== 0 || !within(box, regionBox(region))) return null;
  return element.d === rectangle(region) ? element.fill : null;
}

/** Whether some of it can be told from a ground of this colour; of a picture nobody knows, so it may. */
export function standsOut(element: Element, ground: string): boolean {
  if (element.kind === "image") return true;
  return [element.fill, element.stroke].some((color) => color !== null && contrast(color, ground) >= LEAST_CONTRAST);
}

/** As WCAG 2.2 has it, with squares in place of its powers, which machines compute differently. */
function contrast(one: string, other: string): number {
  const [first, second] = [luminance(one), luminance(other)];
  return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
}

function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255) as [
    number,
    number,
    number,
  ];
  return 0.2126 * (red * red) + 0.7152 * (green * green) + 0.0722 * (blue * blue);
}
