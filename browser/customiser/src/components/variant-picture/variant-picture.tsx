/** How a variant looks: its thumbnail, else its own picture or drawing, else its colour. */

import type { Variant } from "../../composing.ts";
import { useWorkbench } from "../../workbench.ts";
import { DrawingView } from "./drawing-view.tsx";
import "./variant-picture.css";

export function VariantPicture({ variant }: { variant: Variant }) {
  return (
    <span class="thumbnail" style={variant.color ? { background: variant.color } : {}}>
      <Look variant={variant} />
    </span>
  );
}

function Look({ variant: { thumbnail, asset } }: { variant: Variant }) {
  const { files } = useWorkbench().session;
  if (asset && !thumbnail && files.kind(asset) === "drawing") return <DrawingView asset={asset} />;
  const shown = thumbnail ?? (asset && files.kind(asset) !== "model" ? asset : "");
  const href = files.href(shown);
  // The name stands beside it: saying it twice would only be longer.
  return href ? <img src={href} alt="" loading="lazy" /> : null;
}

/** Whether any of these can be shown. A 3D model is no picture: browsers drew their sign for a broken one. */
export function havePictures(variants: readonly Variant[], kind: (asset: string) => string | undefined): boolean {
  return variants.some(({ thumbnail, asset }) => thumbnail !== null || (asset !== null && kind(asset) !== "model"));
}
