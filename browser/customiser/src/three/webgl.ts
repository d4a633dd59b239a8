/** Whether this browser can show 3D at all, asked before anything is fetched for it. */

/** WebGL 2: switched off by some shoppers and companies, and missing on old devices. */
export function hasWebGl(): boolean {
  try {
    const context = document.createElement("canvas").getContext("webgl2");
    context?.getExtension("WEBGL_lose_context")?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
