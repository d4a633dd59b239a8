/** A drawing as it is kept, small: fetched once it is about to be seen. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Drawing } from "../../composing.ts";
import { useWorkbench } from "../../workbench.ts";

interface DrawingViewProps {
  asset: string;
  /** Colours by slot that take the place of the drawing's own. */
  colors?: ReadonlyMap<string, string>;
}

export function DrawingView({ asset, colors }: DrawingViewProps) {
  const { files } = useWorkbench().session;
  const place = useRef<HTMLSpanElement>(null);
  const seen = useSeen(place);
  useEffect(() => {
    if (seen) files.wantDrawing(asset);
  }, [seen, asset]);
  const drawing = files.drawing(asset);
  const picture = useMemo(() => drawing && <DrawnPaths drawing={drawing} colors={colors} />, [drawing, colors]);
  return (
    <span ref={place} class="drawing-view">
      {picture}
    </span>
  );
}

function DrawnPaths({ drawing, colors }: { drawing: Drawing; colors: ReadonlyMap<string, string> | undefined }) {
  const { width, height, slots, paths } = drawing;
  const known = new Map([...slots.map(({ id, color }): [string, string] => [id, color]), ...(colors ?? [])]);
  return (
    <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {paths.map(({ d, fillSlot, strokeSlot, strokeWidth }, index) => (
        <path
          key={index}
          d={d}
          fill={known.get(fillSlot ?? "") ?? "none"}
          stroke={known.get(strokeSlot ?? "")}
          stroke-width={strokeWidth}
          stroke-linejoin="round"
          stroke-linecap="round"
          paint-order="stroke"
        />
      ))}
    </svg>
  );
}

/** Whether something is or was near what can be seen; at once where a browser cannot tell. */
function useSeen(place: { current: Element | null }): boolean {
  const seen = useSignal(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (seen.value || !place.current) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        seen.value ||= entries.some(({ isIntersecting }) => isIntersecting);
      },
      { rootMargin: "200px" },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [seen.value]);
  return seen.value;
}
