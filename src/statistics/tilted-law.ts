import { Matrix, solve } from "ml-matrix";
import type { WhiteLaw } from "./known-law.ts";

/** Smoothing of |s| in standard errors, from coarse to fine. */
const smoothings = [1, 0.03, 1e-3];
/**
 * Beyond this exponent over all samples a p-value is zero for all purposes; the means may then lie outside the convex
 * hull of the nodes.
 */
const hopeless = 800;
const mostRounds = 60;

/**
 * sup_u [u·y − Σ b_i |(Wᵀu)_i| − ln M(u)], M the moment-generating function of the possible law about its mean, by damped Newton.
 * Any u that it stops at gives a lower bound. The box is in the functions' own units, W has the rows `directions`.
 */
export function largestExponent(
  law: WhiteLaw,
  y: readonly number[],
  box: readonly number[],
  samples: number,
): number {
  const { directions } = law;
  const isBoxed = box.some((b) => b > 0);
  const scale = box.map((_, i) => Math.hypot(...directions.map((w) => w[i])) / Math.sqrt(samples));
  const { slope: origin } = objective(law, y, box, undefined, new Float64Array(y.length));
  // if the means are as expected the supremum lies at zero, whatever share of a uniform density is mixed in
  const centred = y.map((x, k) => x + (x - origin[k]));
  let u: Float64Array = new Float64Array(y.length);
  let best = 0;
  for (const smoothing of isBoxed ? smoothings : [1]) {
    const width = isBoxed ? scale.map((s) => smoothing * s) : undefined;
    const evaluate = (at: Float64Array): Objective => objective(law, centred, box, width, at);
    let now = evaluate(u);
    for (let round = 0; round < mostRounds; round++) {
      best = Math.max(best, now.exact);
      if (best * samples > hopeless) return best;
      const step = solve(new Matrix(now.curvature), Matrix.columnVector(now.slope)).to1DArray();
      const gain = step.reduce((sum, s, k) => sum + s * now.slope[k], 0);
      if (!(gain * samples > 1e-5)) break;
      let share = 1;
      let next: Objective;
      let to: Float64Array;
      do {
        to = u.map((x, k) => x + share * step[k]);
        next = evaluate(to);
        share /= 2;
      } while (!(next.smooth >= now.smooth + 2e-4 * share * gain) && share > 1e-6);
      if (!(next.smooth > now.smooth)) break;
      [u, now] = [to, next];
    }
    best = Math.max(best, now.exact);
  }
  return best;
}

interface Objective {
  /** With |s| smoothed, and exactly. */
  readonly smooth: number;
  readonly exact: number;
  readonly slope: number[];
  /** Second derivatives with the sign reversed. */
  readonly curvature: number[][];
}

function objective(
  { possible, directions, values }: WhiteLaw,
  y: readonly number[],
  box: readonly number[],
  width: readonly number[] | undefined,
  u: Float64Array,
): Objective {
  const d = u.length;
  const exponent = new Float64Array(possible.length);
  let top = Number.NEGATIVE_INFINITY;
  for (let q = 0, at = 0; q < possible.length; q++) {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += u[k] * values[at++];
    exponent[q] = sum;
    if (sum > top && possible[q] > 0) top = sum;
  }
  let whole = 0;
  const first = new Float64Array(d);
  const second = new Float64Array(d * d);
  for (let q = 0; q < possible.length; q++) {
    const p = possible[q] * Math.exp(exponent[q] - top);
    if (p < 1e-18) continue;
    whole += p;
    const at = q * d;
    for (let k = 0; k < d; k++) {
      const weighted = p * values[at + k];
      first[k] += weighted;
      for (let j = 0; j <= k; j++) second[k * d + j] += weighted * values[at + j];
    }
  }
  const mean = first.map((x) => x / whole);
  let value = u.reduce((sum, s, k) => sum + s * y[k], 0) - top - Math.log(whole);
  const slope = y.map((x, k) => x - mean[k]);
  // rounding may leave the matrix singular where the tilted law is a point
  const curvature = slope.map((_, k) =>
    slope.map(
      (_, j) =>
        second[Math.max(k, j) * d + Math.min(k, j)] / whole - mean[k] * mean[j] + (j === k ? 1e-12 : 0),
    ),
  );
  let exact = value;
  for (let i = 0; width && i < box.length; i++) {
    const [b, epsilon] = [box[i], width[i]];
    if (b === 0 || epsilon === 0) continue;
    const s = u.reduce((sum, x, k) => sum + x * directions[k][i], 0);
    const root = Math.hypot(s, epsilon);
    value -= b * (root - epsilon);
    exact -= b * Math.abs(s);
    for (let k = 0; k < d; k++) {
      slope[k] -= (b * s * directions[k][i]) / root;
      for (let j = 0; j < d; j++)
        curvature[k][j] += (b * epsilon ** 2 * directions[k][i] * directions[j][i]) / root ** 3;
    }
  }
  return { smooth: value, exact, slope, curvature };
}

/** Largest correction: if the series in 1/n gives more, it has no meaning. */
const mostCorrection = 1.5;

/**
 * Mean of the likelihood ratio over its degrees of freedom to order 1/n, 1 + (3ρ²₁₃ + 2ρ²₂₃ − 3ρ₄)/(12 n d) of the
 * standardized cumulants; never below one. P. McCullagh, Tensor Methods in Statistics (1987) §7.
 */
export function bartlettFactor({ mass, values, directions }: WhiteLaw, samples: number): number {
  const d = directions.length;
  const third = new Float64Array(d * d * d);
  let fourth = 0;
  for (let q = 0; q < mass.length; q++) {
    if (mass[q] < 1e-15) continue;
    const at = q * d;
    let square = 0;
    for (let i = 0; i < d; i++) {
      const a = values[at + i];
      square += a * a;
      for (let j = 0; j <= i; j++) {
        const b = mass[q] * a * values[at + j];
        for (let k = 0; k <= j; k++) third[(i * d + j) * d + k] += b * values[at + k];
      }
    }
    fourth += mass[q] * square * square;
  }
  const of = (i: number, j: number, k: number): number => {
    const [a, b, c] = [i, j, k].sort((x, y) => y - x);
    return third[(a * d + b) * d + c];
  };
  let [rho13, rho23] = [0, 0];
  for (let i = 0; i < d; i++) {
    let trace = 0;
    for (let j = 0; j < d; j++) {
      trace += of(i, j, j);
      for (let k = 0; k < d; k++) rho23 += of(i, j, k) ** 2;
    }
    rho13 += trace * trace;
  }
  const rho4 = fourth - d * (d + 2);
  const excess = (3 * rho13 + 2 * rho23 - 3 * rho4) / (12 * samples * d);
  return Math.min(mostCorrection, Math.max(1, 1 + excess));
}
