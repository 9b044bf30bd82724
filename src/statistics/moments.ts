import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import { studentTwoSided } from "../numerics/incomplete-beta.ts";
import { noncentralChiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import { normalSurvival } from "./normal.ts";
import type { NumericArray } from "./numeric-array.ts";

export interface ScoreOptions {
  /** Largest |bias| of the estimate that is allowed, in its own unit; default 0. */
  readonly allowedBias?: number;
  /** Error bound of the exact value itself; it is added to the allowed bias. Default 0. */
  readonly exactError?: number;
  /** Degrees of freedom of a standard error that comes from a sample: Student's law then replaces the normal one. */
  readonly degreesOfFreedom?: number;
}

/**
 * One estimate with a normal error against its exact value: z = (estimate − exact)/standardError. The null hypothesis
 * is |bias| ≤ b; the p-value is that of the worst case, P(|Z + b/s| > |z|), so that a larger bias still fails. A
 * standard error of zero asks for equality within the allowed bias (and a relative 1e-12).
 */
export function compareValue(
  observable: string,
  estimate: number,
  exact: number,
  standardError: number,
  options: ScoreOptions = {},
): Comparison {
  const bias = (options.allowedBias ?? 0) + (options.exactError ?? 0);
  const difference = estimate - exact;
  if (!Number.isFinite(difference)) return notCompared(observable, "z-score", "a value is not finite");
  if (!(standardError >= 0)) return notCompared(observable, "z-score", "no standard error");
  if (standardError === 0) {
    const equal = Math.abs(difference) <= bias + 1e-12 * Math.max(1, Math.abs(exact));
    return {
      observable,
      test: "equality",
      statistic: difference,
      degreesOfFreedom: null,
      pValue: equal ? 1 : 0,
    };
  }
  const z = difference / standardError;
  const shift = bias / standardError;
  const freedom = options.degreesOfFreedom;
  const above = (t: number): number => {
    if (freedom === undefined) return normalSurvival(t);
    const half = studentTwoSided(t, freedom) / 2;
    return t >= 0 ? half : 1 - half;
  };
  const pValue = Math.min(1, above(Math.abs(z) - shift) + above(Math.abs(z) + shift));
  const test = freedom === undefined ? "z-score" : "t-score";
  return { observable, test, statistic: z, degreesOfFreedom: freedom ?? null, pValue };
}

export interface JointOptions {
  /** Largest |bias| allowed of each component; default none. At most 16 components then. */
  readonly allowedBias?: NumericArray;
  /** Directions whose variance, in units of the components' own, is below this are dropped; default 1e-9. */
  readonly degenerateBelow?: number;
}

/**
 * All moments at once: the Mahalanobis distance dᵀC⁻¹d of d = estimates − exact, chi-squared with as many degrees of
 * freedom as C has directions. `covariance` (n×n) is that of the estimates themselves: the covariance of one sample
 * over the number of samples.
 *
 * Directions without variance, such as ⟨mx²⟩+⟨my²⟩+⟨mz²⟩ = 1, are dropped: C is first scaled to unit diagonal, then
 * eigenvectors below `degenerateBelow` go. Components of no variance at all go as well.
 *
 * With allowed biases b_i the p-value is that of the worst bias in the box |δ_i| ≤ b_i: non-central chi-squared with the
 * largest δᵀC⁻¹δ, which lies at a corner. A bias well outside the box fails whatever its direction.
 */
export function compareJointly(
  observable: string,
  estimates: NumericArray,
  exact: NumericArray,
  covariance: readonly NumericArray[],
  options: JointOptions = {},
): Comparison {
  const test = "Mahalanobis";
  const n = estimates.length;
  if (exact.length !== n || covariance.length !== n || covariance.some((row) => row.length !== n))
    return notCompared(observable, test, "estimates, exact values and covariance differ in size");
  const everything = [...estimates, ...exact, ...covariance.flatMap((row) => [...row])];
  if (!everything.every(Number.isFinite)) return notCompared(observable, test, "a value is not finite");
  const kept = Array.from({ length: n }, (_, i) => i).filter((i) => covariance[i][i] > 0);
  const whitener = whiten(covariance, kept, options.degenerateBelow ?? 1e-9);
  if (whitener.length === 0) return notCompared(observable, test, "no direction has any variance");
  const project = (d: readonly number[]) => squaredLength(whitener, d);
  const statistic = project(kept.map((i) => estimates[i] - exact[i]));
  const bias = options.allowedBias;
  if (bias !== undefined && kept.length > 16)
    return notCompared(observable, test, "allowed biases need at most 16 components");
  const worst =
    bias === undefined
      ? 0
      : largestCorner(
          whitener,
          kept.map((i) => bias[i]),
        );
  return {
    observable,
    test,
    statistic,
    degreesOfFreedom: whitener.length,
    pValue: noncentralChiSquaredSurvival(statistic, whitener.length, worst),
  };
}

/** Rows w_k with Σ_k (w_k·d)² = dᵀC⁻¹d on the directions that have variance. */
function whiten(covariance: readonly NumericArray[], kept: readonly number[], floor: number): number[][] {
  if (kept.length === 0) return [];
  const deviation = kept.map((i) => Math.sqrt(covariance[i][i]));
  const correlation = kept.map((i, a) =>
    kept.map((j, b) => (covariance[i][j] + covariance[j][i]) / (2 * deviation[a] * deviation[b])),
  );
  const { values, vectors } = symmetricEigen(correlation);
  const rows: number[][] = [];
  values.forEach((value, k) => {
    if (value > floor) rows.push(kept.map((_, a) => vectors[k][a] / (deviation[a] * Math.sqrt(value))));
  });
  return rows;
}

function squaredLength(whitener: readonly number[][], d: readonly number[]): number {
  let sum = 0;
  for (const row of whitener) sum += row.reduce((dot, w, a) => dot + w * d[a], 0) ** 2;
  return sum;
}

/** The largest squared length over the corners of the box; opposite corners agree, so the first sign stays +. */
function largestCorner(whitener: readonly number[][], half: readonly number[]): number {
  let largest = 0;
  for (let signs = 0; signs < 2 ** (half.length - 1); signs++)
    largest = Math.max(
      largest,
      squaredLength(
        whitener,
        half.map((b, a) => (a > 0 && (signs >> (a - 1)) & 1 ? -b : b)),
      ),
    );
  return largest;
}

/**
 * The standard error matrix of means from sums over independent samples: covariance of the means, n×n, from
 * Σ x_i and Σ x_i x_j over `samples`. Sums must be taken about a point near the mean if the spread is small beside it.
 */
export function covarianceOfMeans(
  sums: NumericArray,
  productSums: readonly NumericArray[],
  samples: number,
): number[][] {
  return Array.from(sums, (a, i) =>
    Array.from(sums, (b, j) => (productSums[i][j] - (a * b) / samples) / (samples * (samples - 1))),
  );
}
