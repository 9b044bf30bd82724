import { multiply } from "../linear-algebra/sparse.ts";
import type { Generator } from "./generator.ts";

/** Dormand–Prince 5(4) (1980); rows of the tableau, the last is the fifth-order solution. */
const nodes = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
const tableau = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
const errorWeights = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/**
 * Coefficients at `to` under a drive that changes with time. The method is explicit: precession limits the step, and the diffusion of the
 * resolved harmonics is no stiffer. `tolerance` is the local error relative to the coefficients' norm; no step is longer than
 * `longestStep`, so that no feature of the drive falls between two steps.
 */
export function integrateDriven(
  generator: Generator,
  start: Float64Array,
  from: number,
  to: number,
  longestStep = Number.POSITIVE_INFINITY,
  tolerance = 1e-11,
): Float64Array {
  const { parts, diffusion, laplacian } = generator;
  const derivative = (t: number, x: Float64Array, out: Float64Array): void => {
    out.fill(0);
    multiply(laplacian, x, out, diffusion(t));
    for (const { scale, matrix } of parts) {
      const s = scale(t);
      if (s !== 0) multiply(matrix, x, out, s);
    }
  };
  const n = start.length;
  const stages = tableau.map(() => new Float64Array(n));
  let x = start.slice();
  let trial = new Float64Array(n);
  let t = from;
  let step = Math.min(longestStep, (to - from) / 100);
  // drives may jump at the ends of the interval: stages stay strictly inside
  const inside = (time: number) =>
    Math.min(Math.max(time, from + 1e-12 * (to - from)), to - 1e-12 * (to - from));
  while (t < to) {
    step = Math.min(step, to - t);
    for (let stage = 0; stage < 7; stage++) {
      trial.set(x);
      tableau[stage].forEach((a, j) => {
        if (a !== 0) for (let i = 0; i < n; i++) trial[i] += step * a * stages[j][i];
      });
      derivative(inside(t + nodes[stage] * step), trial, stages[stage]);
    }
    let [error, size] = [0, 0];
    for (let i = 0; i < n; i++) {
      let e = 0;
      for (let j = 0; j < 7; j++) e += errorWeights[j] * stages[j][i];
      error += (step * e) ** 2;
      size += trial[i] ** 2;
    }
    const ratio = Math.sqrt(error / size) / tolerance;
    if (ratio <= 1) {
      t = to - t - step <= 1e-13 * (to - from) ? to : t + step;
      [x, trial] = [trial, x];
    }
    step = Math.min(longestStep, step * Math.min(4, Math.max(0.2, 0.9 * ratio ** -0.2)));
  }
  return x;
}
