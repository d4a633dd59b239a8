/** One panel of a scene as SVG, cut to its trim. Scenes hold paths and images only, so nothing else is ever drawn. */

import { useId } from "preact/hooks";
import type { Element, ScenePanel } from "../../composing.ts";
import type { Assets } from "../../guards.ts";

interface PanelViewProps {
  panel: ScenePanel;
  assets: Assets;
  label: string;
}

export function PanelView({ panel, assets, label }: PanelViewProps) {
  const { width, height, bleed, background, elements } = panel;
  const [trimWidth, trimHeight] = [width - 2 * bleed, height - 2 * bleed];
  const view = `${bleed} ${bleed} ${trimWidth} ${trimHeight}`;
  return (
    <svg class="panel-view" style={{ "--ratio": trimWidth / trimHeight }} viewBox={view} role="img" aria-label={label}>
      {background && <rect width={width} height={height} fill={background} />}
      {elements.map((element, index) => (
        <ElementView key={index} element={element} assets={assets} />
      ))}
    </svg>
  );
}

function ElementView({ element, assets }: { element: Element; assets: Assets }) {
  const clip = useId();
  if (element.kind === "image") {
    const image = <PlacedImage element={element} href={assets[element.asset]?.href} />;
    if (!element.clip) return image;
    return (
      <>
        <clipPath id={clip}>
          <path d={element.clip} />
        </clipPath>
        <g clip-path={`url(#${clip})`}>{image}</g>
      </>
    );
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

interface PlacedImageProps {
  element: Extract<Element, { kind: "image" }>;
  href: string | undefined;
}

function PlacedImage({ element, href }: PlacedImageProps) {
  const transform = `matrix(${element.matrix.join(" ")})`;
  return <image width="1" height="1" preserveAspectRatio="none" transform={transform} href={href} />;
}
