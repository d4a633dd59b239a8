/** Puts the interface into the page. A second script changes nothing: what the first one gave out stays valid. */

import { createSpiff, type SpiffApi } from "./index.ts";

declare global {
  interface Window {
    Spiff?: SpiffApi;
  }
}

/** `script` is the element that is running: the platform is where it was loaded from. */
export function install(script: HTMLOrSVGScriptElement | null): void {
  if (window.Spiff) return;
  const source = script instanceof HTMLScriptElement ? script.src : "";
  window.Spiff = createSpiff(new URL(source || location.href).origin);
  window.dispatchEvent(new Event("SpiffApiReady"));
}
