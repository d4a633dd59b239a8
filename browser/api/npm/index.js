/**
 * Loads Spiff from the platform of a shop, once a page. The script itself is not in this package: it is served by the
 * platform, and always fits it.
 */

let loading;

/** @type {import("./index.d.ts").loadSpiff} */
export function loadSpiff(platform, { src = `${platform}/api.js`, integrity } = {}) {
  if (window.Spiff) return Promise.resolve(window.Spiff);
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.async = true;
    if (integrity) {
      script.integrity = integrity;
      script.crossOrigin = "anonymous";
    }
    script.addEventListener("load", () => resolve(window.Spiff));
    script.addEventListener("error", () => {
      loading = undefined;
      script.remove();
      reject(new Error(`Spiff could not be loaded from ${src}`));
    });
    script.src = src;
    document.head.append(script);
  });
  return loading;
}
