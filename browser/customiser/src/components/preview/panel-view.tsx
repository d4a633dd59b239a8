/** One panel of a scene as SVG. Scenes hold paths and images only, so nothing else is ever drawn. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { Element, ScenePanel } from "../../composing.ts";

/** Left, top, width and height in points of the panel. */
export type Box = readonly [left: number, top: number, width: number, height: number];

interface PanelViewProps {
  panel: ScenePanel;
  href: (asset: string) => string | undefined;
  /** What is said of it; without a label it is only decoration. */
  label?: string;
  /** The part that is seen; all inside the trim where nothing is said. */
  view?: Box;
  /** What lies over the design, in points of the panel. */
  children?: ComponentChildren;
}

export function PanelView({ panel, href, label, view = trimOf(panel), children }: PanelViewProps) {
  const { width, height, background, elements } = panel;
  return (
    <svg
      class="panel-view"
      style={{ "--ratio": view[2] / view[3] }}
      viewBox={view.join(" ")}
      role="img"
      aria-label={label}
      aria-hidden={label === undefined}
    >
      {background && <rect width={width} height={height} fill={background} />}
      {clipped(elements).map(({ clip, elements: inside }, index) => (
        <Clipped key={index} clip={clip} elements={inside} href={href} />
      ))}
      {children}
    </svg>
  );
}

/** What is left of a panel when it is cut. */
export function trimOf({ width, height, bleed }: ScenePanel): Box {
  return [bleed, bleed, width - 2 * bleed, height - 2 * bleed];
}

interface Neighbours {
  clip: string | null;
  elements: Element[];
}

/** What is shown, neighbours with the same clip together. */
function clipped(elements: readonly Element[]): Neighbours[] {
  const groups: Neighbours[] = [];
  for (const element of elements) {
    const last = groups.at(-1);
    if (element.only === "print") continue;
    if (last && last.clip === element.clip) last.elements.push(element);
    else groups.push({ clip: element.clip, elements: [element] });
  }
  return groups;
}

function Clipped({ clip, elements, href }: Neighbours & { href: PanelViewProps["href"] }) {
  const id = useId();
  const shown = elements.map((element, index) => <ElementView key={index} element={element} href={href} />);
  if (!clip) return <>{shown}</>;
  return (
    <>
      <clipPath id={id}>
        <path d={clip} />
      </clipPath>
      <g clip-path={`url(#${id})`}>{shown}</g>
    </>
  );
}

function ElementView({ element, href }: { element: Element; href: PanelViewProps["href"] }) {
  if (element.kind === "image") {
    const transform = `matrix(${element.matrix.join(" ")})`;
    return <image width="1" height="1" preserveAspectRatio="none" transform={transform} href={href(element.asset)} />;
  }
  return (
    <path
      d={element.d}
      fill={element.fill ?? "none"}
      stroke={element.stroke ?? undefined}
      stroke-width={element.stroke ? element.strokeWidth : undefined}
      stroke-linejoin="round"
      stroke-linecap="round"
      paint-order="stroke"
    />
  );
}
