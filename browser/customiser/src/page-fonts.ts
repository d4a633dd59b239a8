/** Makes fetched fonts known to the page, which shows the choice of them in themselves. Knows no composer. */

/** The CSS family under which the page knows a font. */
export function fontFamily(asset: string): string {
  return `spiff-${asset.slice(0, 16)}`;
}

/** Shows a font in the page. Where the browser refuses it, the page's own font stays. */
export function showInPage(asset: string, bytes: Uint8Array<ArrayBuffer>): void {
  new FontFace(fontFamily(asset), bytes).load().then(
    (face) => document.fonts.add(face),
    () => undefined,
  );
}
