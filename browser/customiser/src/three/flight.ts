/** How the camera goes from one place to another: on a ball around what it looks at, slowing down. Pure. */

/** Angles in radians: `theta` around the upright axis from the front, `phi` down from the zenith. */
export interface Pose {
  theta: number;
  phi: number;
  radius: number;
  target: readonly [x: number, y: number, z: number];
}

const FLIGHT_MS = 900;
export const [LEAST_PHI, MOST_PHI] = [0.12, Math.PI * 0.56];

/** The pose after `ms` of the flight, the shorter way around; undefined when it has arrived. */
export function flown(from: Pose, to: Pose, ms: number): Pose | undefined {
  if (ms >= FLIGHT_MS) return undefined;
  const part = 1 - (1 - ms / FLIGHT_MS) ** 3;
  const between = (a: number, b: number): number => a + (b - a) * part;
  const around = Math.atan2(Math.sin(to.theta - from.theta), Math.cos(to.theta - from.theta));
  return {
    theta: from.theta + around * part,
    phi: between(from.phi, to.phi),
    radius: between(from.radius, to.radius),
    target: [
      between(from.target[0], to.target[0]),
      between(from.target[1], to.target[1]),
      between(from.target[2], to.target[2]),
    ],
  };
}

/** The distance at which a thing of this size is wholly seen from any side; `aspect` is the view's width by its height. */
export function fittingDistance(size: Pose["target"], aspect: number, fovDegrees: number): number {
  const [width, height, depth] = size;
  const [around, tangent] = [Math.hypot(width, depth) / 2, Math.tan((fovDegrees * Math.PI) / 360)];
  const room = 1.32;
  return Math.max(height / 2 / tangent, around / (tangent * aspect)) * room + around * 0.6;
}

export function withinLimits(phi: number): number {
  return Math.min(Math.max(phi, LEAST_PHI), MOST_PHI);
}
