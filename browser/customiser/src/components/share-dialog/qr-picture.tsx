/** An address as a QR code, for the camera of a phone. */

import { qrCode } from "@spiff/composer";
import { words } from "../../words.ts";

/** What readers need around a code (ISO/IEC 18004, 9.1). */
const QUIET_MODULES = 4;

export function QrPicture({ text }: { text: string }) {
  const modules = qrCode(text);
  if (!modules) return null;
  const size = modules.length + 2 * QUIET_MODULES;
  const dark = modules.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return (
    <figure class="qr-picture">
      <svg viewBox={`${-QUIET_MODULES} ${-QUIET_MODULES} ${size} ${size}`} role="img" aria-label={words.qrPicture}>
        <rect x={-QUIET_MODULES} y={-QUIET_MODULES} width={size} height={size} fill="#fff" />
        <path d={dark} fill="#000" shape-rendering="crispEdges" />
      </svg>
      <figcaption>{words.scanToGoOn}</figcaption>
    </figure>
  );
}
