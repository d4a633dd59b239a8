/** Which way, if any, this device shows a model in the shopper's own room. Knows no 3D library: it is asked first. */

/** `session`: WebXR, as on Android. `quick-look`: a USDZ file that the system opens, as on iOS. */
export type RoomWay = "session" | "quick-look";

export async function roomWay(): Promise<RoomWay | undefined> {
  if (document.createElement("a").relList.supports?.("ar")) return "quick-look";
  try {
    return (await navigator.xr?.isSessionSupported("immersive-ar")) ? "session" : undefined;
  } catch {
    return undefined;
  }
}

/** To be called while a press is handled: browsers give no session otherwise. `overlay` lies over the camera's picture. */
export function requestRoom(overlay: Element): Promise<XRSession> {
  if (!navigator.xr) return Promise.reject(new Error("this device shows no rooms"));
  const wanted = { requiredFeatures: ["hit-test"], optionalFeatures: ["dom-overlay"], domOverlay: { root: overlay } };
  return navigator.xr.requestSession("immersive-ar", wanted);
}

/** Opens the file as iOS wants it: by a link of the relation `ar` around a picture. */
export function quickLook(usdz: Blob): void {
  const link = document.createElement("a");
  link.rel = "ar";
  link.href = URL.createObjectURL(usdz);
  link.download = "design.usdz";
  link.append(document.createElement("img"));
  link.click();
  // Long enough for the system to have taken the file over.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
