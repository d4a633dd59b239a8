/** Rounding, writing and turning (docs/composing.md, Numbers). Knows nothing of what the numbers mean. */

export type Point = readonly [x: number, y: number];
/** The cosine and sine of a rotation. */
export type Turn = readonly [cosine: number, sine: number];

const FRACTIONS = Array.from({ length: 1000 }, (_, part) => String(part / 1000).slice(1));
const RADIANS = 0.017453292519943295;

/** The shortest decimal of an integer of thousandths. */
export function written(thousandths: number): string {
  if (thousandths < 0) return `-${written(-thousandths)}`;
  const part = thousandths % 1000;
  return (thousandths - part) / 1000 + (FRACTIONS[part] as string);
}

/** The value rounded to three decimals, half up, and written. */
export function write(value: number): string {
  return written(Math.floor(value * 1000 + 0.5));
}

/** Cosine and sine by fixed arithmetic, because library functions differ between machines in the last bit. */
export function turn(degrees: number): Turn {
  const quarters = Math.floor(degrees / 90 + 0.5);
  const x = (degrees - 90 * quarters) * RADIANS;
  const c = cosine(x * x);
  const s = sine(x, x * x);
  const turns: readonly Turn[] = [
    [c, s],
    [-s, c],
    [-c, -s],
    [s, -c],
  ];
  return turns[((quarters % 4) + 4) % 4] as Turn;
}

/** The point turned about the centre. */
export function turned(x: number, y: number, [cx, cy]: Point, [c, s]: Turn): Point {
  return [cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c];
}

function sine(x: number, x2: number): number {
  return x * (1 - (x2 / 6) * (1 - (x2 / 20) * (1 - (x2 / 42) * (1 - (x2 / 72) * (1 - (x2 / 110) * (1 - x2 / 156))))));
}

function cosine(x2: number): number {
  const inner = 1 - (x2 / 56) * (1 - (x2 / 90) * (1 - (x2 / 132) * (1 - x2 / 182)));
  return 1 - (x2 / 2) * (1 - (x2 / 12) * (1 - (x2 / 30) * inner));
}
