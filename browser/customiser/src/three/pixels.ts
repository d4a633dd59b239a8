/** How many pixels canvases have: sharp enough for a screen, and never more than small devices have memory for. */

export const MOST_PIXELS = 4_000_000;
const LONGEST_SIDE = 2048;
const MOST_RATIO = 2;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels of a panel's texture. */
export function textureSize({ width, height }: Size): [width: number, height: number] {
  const scale = Math.min(LONGEST_SIDE / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));
  return [Math.max(1, Math.floor(width * scale)), Math.max(1, Math.floor(height * scale))];
}

/** Pixels of the view for each of the page's, of which it has `width` times `height`; fewer than the screen has, where it is large. */
export function pixelRatio(width: number, height: number, ofScreen: number): number {
  return Math.min(ofScreen, MOST_RATIO, Math.sqrt(MOST_PIXELS / (width * height)));
}
