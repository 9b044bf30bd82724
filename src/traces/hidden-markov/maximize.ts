import { inverse, Matrix } from "ml-matrix";
import type { BinnedTrace } from "./binned.ts";
import type { Free } from "./parameters.ts";
import { fromVector, isPossible, natural, toVector } from "./parameters.ts";
import type { Telegraph } from "./telegraph.ts";
import { planWalk } from "./trace-walk.ts";

export interface Maximum {
  readonly telegraph: Telegraph;
  readonly logLikelihood: number;
  readonly settled: boolean;
  /** Derivatives of each block's log-likelihood, [block][parameter] in the order of parameters.ts. */
  readonly scores: readonly Float64Array[];
  /** Information of the whole trace: the sum of outer products of the scores of short blocks. */
  readonly information: Matrix;
}

/** Derivatives are taken over this share of a parameter's natural size. */
const difference = 1e-4;

export interface MaximizeOptions {
  readonly blocks: number;
  readonly fineness?: number;
  readonly iterations?: number;
  /** Rises of the log-likelihood below this are no more progress. */
  readonly settledBelow?: number;
  readonly onEvaluation?: (() => void) | undefined;
}

/**
 * Climbs to the likeliest telegraph signal with Levenberg's damping. Scores of successive blocks, given the past, are
 * uncorrelated, so the sum of their outer products estimates the curvature. E. K. Berndt, B. H. Hall, R. E. Hall,
 * J. A. Hausman, Ann. Econ. Soc. Meas. 3 (1974) 653.
 */
export function maximize(
  trace: BinnedTrace,
  initial: Telegraph,
  free: Free,
  { blocks, fineness = 1, iterations = 30, settledBelow = 1e-3, onEvaluation }: MaximizeOptions,
): Maximum {
  let telegraph = initial;
  let walk = planWalk(telegraph, trace, fineness);
  const evaluate = (of: Telegraph): Float64Array => {
    onEvaluation?.();
    return walk.likelihoods(of, blocks);
  };
  const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
  let here = evaluate(telegraph);
  let damping = 1e-3;
  let settled = false;
  let scores: Float64Array[] = [];
  let information = new Matrix(0, 0);
  for (let iteration = 0; iteration < iterations; iteration++) {
    ({ scores, information } = slopes(telegraph, free, here, evaluate));
    const gradient = scores.reduce(
      (sum, row) => sum.map((g, i) => g + row[i]),
      new Float64Array(scores[0].length),
    );
    // the rise that is left to the top, were the outer products the curvature
    const left = damped(information, gradient, 1e-9).reduce(
      (sum, move, i) => sum + 0.5 * move * gradient[i],
      0,
    );
    if (settled || left < settledBelow) {
      settled = true;
      break;
    }
    const before = total(here);
    const start = toVector(telegraph, free);
    let rise = 0;
    for (let attempt = 0; attempt < 8; attempt++, damping *= 8) {
      const step = damped(information, gradient, damping);
      const next = fromVector(
        start.map((value, i) => value + step[i]),
        free,
        telegraph.pole,
      );
      if (!isPossible(next)) continue;
      const there = evaluate(next);
      if (!(total(there) > before)) continue;
      rise = total(there) - before;
      [telegraph, here] = [next, there];
      // far from the top the outer products are too large, and the steps too short
      for (let length = 2; rise > 3 && length < 100; length *= 2) {
        const further = fromVector(
          start.map((value, i) => value + length * step[i]),
          free,
          telegraph.pole,
        );
        if (!isPossible(further)) break;
        const beyond = evaluate(further);
        if (!(total(beyond) > total(here))) break;
        [telegraph, here] = [further, beyond];
      }
      rise = total(here) - before;
      damping = Math.max(1e-6, damping / 20);
      break;
    }
    settled = rise < settledBelow;
    // the points follow what is now known of pole and noise
    const better = planWalk(telegraph, trace, fineness);
    if (!settled && better.size !== walk.size) {
      walk = better;
      here = evaluate(telegraph);
    }
  }
  return { telegraph, logLikelihood: total(here), settled, scores, information };
}

/** Derivatives of each block's log-likelihood at a telegraph signal where it is `here`, and the information in them. */
export function slopes(
  telegraph: Telegraph,
  free: Free,
  here: Float64Array,
  evaluate: (telegraph: Telegraph) => Float64Array,
): { scores: Float64Array[]; information: Matrix } {
  const vector = toVector(telegraph, free);
  const sizes = natural(telegraph, free);
  const scores = Array.from(here, () => new Float64Array(vector.length));
  vector.forEach((_, i) => {
    const step = difference * sizes[i];
    const moved = evaluate(
      fromVector(
        vector.map((value, j) => (i === j ? value + step : value)),
        free,
        telegraph.pole,
      ),
    );
    for (let b = 0; b < here.length; b++) scores[b][i] = (moved[b] - here[b]) / step;
  });
  return { scores, information: outerProducts(scores) };
}

/** Σ s sᵀ. */
export function outerProducts(scores: readonly Float64Array[]): Matrix {
  const n = scores[0].length;
  const sum = Matrix.zeros(n, n);
  for (const row of scores)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum.set(i, j, sum.get(i, j) + row[i] * row[j]);
  return sum;
}

function damped(information: Matrix, gradient: Float64Array, damping: number): number[] {
  const size = information.diagonal().map((value) => Math.sqrt(Math.max(value, 1e-300)));
  const unit = new Matrix(
    information
      .to2DArray()
      .map((row, i) => row.map((value, j) => value / (size[i] * size[j]) + (i === j ? damping : 0))),
  );
  const solved = inverse(unit).mmul(Matrix.columnVector(Array.from(gradient, (g, i) => g / size[i])));
  return solved.to1DArray().map((value, i) => value / size[i]);
}
