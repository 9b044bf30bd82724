import { polynomialExponential } from "../linear-algebra/chebyshev-exponential.ts";
import { combine } from "../linear-algebra/sparse.ts";
import { inner } from "../numerics/parallel.ts";
import type { Frame, Vec3 } from "./frame.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, reindexed } from "./harmonics.ts";
import { ladder } from "./ladder.ts";
import { remembering } from "./remembering.ts";

/** Coefficients below this share of the largest are rounding. */
const negligible = 1e-16;

const rotations = remembering((lmax: number) => ladder(harmonicIndex(lmax)).rotate, 2);

/**
 * Coefficients in the harmonics of the laboratory of a function given in those of a frame: Σ c Y(Fm) = exp(θ n·(m×∇)) Σ c Y(m) for F =
 * exp(θ n×). Degrees do not mix, so only coefficients that are rounding are cut off.
 */
export function rotatedToLaboratory(
  given: HarmonicIndex,
  coefficients: Float64Array,
  frame: Frame,
): { index: HarmonicIndex; coefficients: Float64Array } {
  const { l } = harmonicLabels(given);
  const floor = negligible * coefficients.reduce((size, c) => Math.max(size, Math.abs(c)), 0);
  const lmax = coefficients.reduce((top, c, i) => (Math.abs(c) > floor ? Math.max(top, l[i]) : top), 0);
  const index = harmonicIndex(lmax);
  const start = reindexed(given, index, coefficients);
  const { axis, angle } = axisAngle(frame);
  if (angle === 0 || lmax === 0) return { index, coefficients: start };
  const generator = combine(rotations(lmax).map((matrix, i) => ({ matrix, scale: axis[i] })));
  let turned = start;
  polynomialExponential(generator).series(start, [angle], (_, x) => {
    turned = x;
  });
  return { index, coefficients: turned };
}

/** Axis and angle of the rotation whose matrix has the frame's axes for rows. */
function axisAngle([x, y, z]: Frame): { axis: Vec3; angle: number } {
  const turn: Vec3 = [z[1] - y[2], x[2] - z[0], y[0] - x[1]];
  const sine = Math.hypot(...turn) / 2;
  const cosine = (x[0] + y[1] + z[2] - 1) / 2;
  const angle = Math.atan2(sine, cosine);
  if (sine > 1e-6) return { axis: [turn[0] / (2 * sine), turn[1] / (2 * sine), turn[2] / (2 * sine)], angle };
  if (cosine > 0) return { axis: [0, 0, 1], angle: 0 };
  // half a turn: (F + 1)/2 = n nᵀ
  const columns: Vec3[] = [
    [x[0] + 1, y[0], z[0]],
    [x[1], y[1] + 1, z[1]],
    [x[2], y[2], z[2] + 1],
  ];
  const best = columns.reduce((a, b) => (inner(b, b) > inner(a, a) ? b : a));
  const length = Math.hypot(...best);
  return { axis: [best[0] / length, best[1] / length, best[2] / length], angle: Math.PI };
}
