/** Puts the interface into the page. A second script changes nothing: what the first one gave out stays valid. */

import { createSpiff, type SpiffApi } from "./index.ts";

declare global {
  interface Window {
    Spiff?: SpiffApi;
  }
}

/** `script` is the element that is running: the platform is where it was loaded from. Modules have none. */
export function install(script: HTMLOrSVGScriptElement | null): void {
  if (window.Spiff) return;
  const source = script instanceof HTMLScriptElement && script.src;
  if (!source) throw new Error("Spiff: api.js must be loaded by <script src>; modules use loadSpiff of @spiff/api");
  window.Spiff = createSpiff(new URL(source).origin);
  window.dispatchEvent(new Event("SpiffApiReady"));
}
