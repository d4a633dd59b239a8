/** What all documents of composing share (src/spiff/composing/document.py). Lengths are points, y down, rotation clockwise degrees. */

/** Cyan, magenta, yellow and black in percent. */
export type Cmyk = readonly [number, number, number, number];

/** Where an element is drawn when it is not drawn everywhere: a placeholder never prints, a cut line is never shown. */
export type Medium = "screen" | "print";

/** How a colour is printed where its `#rrggbb` is not simply converted: as CMYK, or as the spot colour `spot`. */
export interface Ink {
  readonly cmyk: Cmyk | null;
  readonly spot: string | null;
  readonly overprint: boolean;
}
