/** Models as USDZ, which Quick Look of iOS shows in a room. In a file of its own: few ask for it. */

import type { Object3D } from "three";
import { USDZExporter } from "three/addons/exporters/USDZExporter.js";

const MOST_TEXTURE_PX = 2048;

/** The models as they look now, their textures inside; it stands on a horizontal surface, in metres. */
export async function usdzOf(models: Object3D): Promise<Blob> {
  const options = { quickLookCompatible: true, maxTextureSize: MOST_TEXTURE_PX };
  const bytes = await new USDZExporter().parseAsync(models, options);
  return new Blob([bytes as BlobPart], { type: "model/vnd.usdz+zip" });
}
