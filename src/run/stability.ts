import { beside, tangents } from "../physics/wells/directions.ts";
import type { Point } from "../physics/wells/landscape.ts";

/** A drift on the sphere: writes dm/dt at m. */
export type Drift = (out: Float64Array, m: readonly number[]) => void;

/** A stationary direction of a drift. Small deviations change by e^{growth t} and turn by the angle `turning`·t. */
export interface StationaryState {
  readonly m: Point;
  /** Largest real part of the two eigenvalues. */
  readonly growth: number;
  /** Largest imaginary part, rad per unit of time. */
  readonly turning: number;
}

const arc = 1e-5;
const mostNewtonSteps = 40;
/** A state that moves farther than this in one change of the torque no longer exists. */
const farthest = 0.5;

/** The stationary direction that Newton's method finds from m; undefined if it finds none nearby. */
export function stateNear(drift: Drift, from: Point): StationaryState | undefined {
  let at = from;
  const [centre, ahead, behind] = [new Float64Array(3), new Float64Array(3), new Float64Array(3)];
  for (let i = 0; i < mostNewtonSteps; i++) {
    const frame = tangents(at);
    const move = (u: number, v: number): Point => beside(at, frame, u, v);
    const along = (v: Float64Array, k: 0 | 1): number =>
      v[0] * frame[k][0] + v[1] * frame[k][1] + v[2] * frame[k][2];
    drift(centre, at);
    const value = [along(centre, 0), along(centre, 1)];
    const jacobian = [0, 1].map((column) => {
      drift(ahead, column === 0 ? move(arc, 0) : move(0, arc));
      drift(behind, column === 0 ? move(-arc, 0) : move(0, -arc));
      return [0, 1].map((row) => (along(ahead, row as 0 | 1) - along(behind, row as 0 | 1)) / (2 * arc));
    });
    const [[a, c], [b, d]] = jacobian;
    const determinant = a * d - b * c;
    const size = Math.abs(a * d) + Math.abs(b * c);
    // along a ring of states the drift vanishes: no step in that direction
    const [u, v] =
      Math.abs(determinant) > 1e-9 * size
        ? [(b * value[1] - d * value[0]) / determinant, (c * value[0] - a * value[1]) / determinant]
        : [0, 0];
    const step = Math.hypot(u, v);
    if (!Number.isFinite(step) || step > farthest) return undefined;
    if (step < 1e-10) {
      const half = (a + d) / 2;
      const root = half * half - determinant;
      return {
        m: at,
        growth: half + (root > 0 ? Math.sqrt(root) : 0),
        turning: root < 0 ? Math.sqrt(-root) : 0,
      };
    }
    at = move(u, v);
  }
  return undefined;
}

/** Largest factor of the search, for either sign. */
const largestFactor = 1000;

/**
 * The factor of smallest magnitude and either sign by which the difference of two drifts must be multiplied to make the
 * state at m of the `free` one unstable or remove it; null if there is none up to a thousand.
 */
export function criticalFactor(
  { all, free }: { readonly all: Drift; readonly free: Drift },
  m: Point,
): number | null {
  const [one, two] = [new Float64Array(3), new Float64Array(3)];
  const mixed =
    (factor: number): Drift =>
    (out, at) => {
      all(one, at);
      free(two, at);
      for (let i = 0; i < 3; i++) out[i] = two[i] + factor * (one[i] - two[i]);
    };
  const isStable = (factor: number, from: Point): StationaryState | undefined => {
    const state = stateNear(mixed(factor), from);
    return state && state.growth < 0 ? state : undefined;
  };
  const towards = (sign: number): number | null => {
    let [low, from] = [0, m];
    const first = isStable(0, m);
    if (!first) return null;
    from = first.m;
    let high = Number.POSITIVE_INFINITY;
    for (let step = 0.02; low < largestFactor; step *= 1.2) {
      const state = isStable(sign * (low + step), from);
      if (!state) {
        high = low + step;
        break;
      }
      low += step;
      from = state.m;
    }
    if (!Number.isFinite(high)) return null;
    for (let i = 0; i < 50 && high - low > 1e-9 * high; i++) {
      const middle = (low + high) / 2;
      const state = isStable(sign * middle, from);
      if (state) {
        low = middle;
        from = state.m;
      } else high = middle;
    }
    return sign * high;
  };
  const [up, down] = [towards(1), towards(-1)];
  if (up === null || down === null) return up ?? down;
  return Math.abs(down) < Math.abs(up) ? down : up;
}
