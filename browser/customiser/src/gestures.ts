/** Fingers and the mouse on a surface: what they do from one moment to the next. It knows nothing of what is moved. */

import type { Motion, Point } from "./placement.ts";

/** Where the pointers of one surface are, in its own units. */
export class Pointers {
  readonly #places = new Map<number, Point>();

  get count(): number {
    return this.#places.size;
  }

  down(id: number, place: Point): void {
    this.#places.set(id, place);
  }

  up(id: number): void {
    this.#places.delete(id);
  }

  /** The motion that a pointer's new place makes with the others; undefined for one that is not down. */
  move(id: number, place: Point): Motion | undefined {
    if (!this.#places.has(id)) return undefined;
    const before = this.#firstTwo();
    this.#places.set(id, place);
    return motionBetween(before, this.#firstTwo());
  }

  #firstTwo(): Point[] {
    return [...this.#places.values()].slice(0, 2);
  }
}

/** One pointer moves; two also enlarge and turn. */
export function motionBetween(before: readonly Point[], after: readonly Point[]): Motion {
  const [from, to] = [middle(before), middle(after)];
  const [one, other] = [spread(before), spread(after)];
  if (!one || !other) return { from, to, scale: 1, turn: 0 };
  const turn = ((other.angle - one.angle) * 180) / Math.PI;
  return { from, to, scale: other.length / one.length, turn };
}

function middle(points: readonly Point[]): Point {
  const sum = points.reduce<Point>(([x, y], [px, py]) => [x + px, y + py], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

function spread([first, second]: readonly Point[]): { length: number; angle: number } | undefined {
  if (!first || !second) return undefined;
  const [dx, dy] = [second[0] - first[0], second[1] - first[1]];
  const length = Math.hypot(dx, dy);
  return length > 0 ? { length, angle: Math.atan2(dy, dx) } : undefined;
}

/** How much a turn of the wheel enlarges; trackpads send many small ones. */
export function wheelScale({ deltaY, deltaMode }: Pick<WheelEvent, "deltaY" | "deltaMode">): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * 16;
  return Math.exp(-Math.min(Math.max(pixels, -120), 120) / 400);
}
