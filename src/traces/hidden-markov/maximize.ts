import { inverse, Matrix } from "ml-matrix";
import type { EvaluatedPart } from "../analysis-progress.ts";
import type { BinnedTrace } from "./binned.ts";
import type { Free } from "./parameters.ts";
import { fromVector, isPossible, natural, rateCount, toVector } from "./parameters.ts";
import type { Telegraph } from "./telegraph.ts";
import { planWalk } from "./trace-walk.ts";

export interface Maximum {
  readonly telegraph: Telegraph;
  readonly logLikelihood: number;
  readonly settled: boolean;
  /** Derivatives of each block's log-likelihood, [block][parameter] in the order of parameters.ts. */
  readonly scores: readonly Float64Array[];
  /** Fisher information of the whole trace: the sum of outer products of the scores of short blocks. */
  readonly information: Matrix;
}

/** Step of the finite differences, as a share of a parameter's typical size. */
const difference = 1e-4;

/**
 * A rate is not lowered further if it gives so few jumps in the whole trace, even if the signal were always at its
 * level.
 */
const fewestJumps = 0.1;
/** The information on the logarithm of a rate is the number of its jumps: below this value there was none. */
const seenJumps = 0.05;

export interface MaximizeOptions {
  readonly blocks: number;
  readonly fineness?: number;
  readonly iterations?: number;
  /** A smaller rise of the log-likelihood ends the search. */
  readonly settledBelow?: number;
  readonly onEvaluation?: ((part?: EvaluatedPart) => void) | undefined;
}

/**
 * Maximizes the likelihood of a telegraph signal with Levenberg's damping. Scores of successive blocks, given the past,
 * are uncorrelated, so the sum of their outer products estimates the curvature. E. K. Berndt, B. H. Hall, R. E. Hall,
 * J. A. Hausman, Ann. Econ. Soc. Meas. 3 (1974) 653.
 */
export function maximize(
  trace: BinnedTrace,
  initial: Telegraph,
  free: Free,
  { blocks, fineness = 1, iterations = 30, settledBelow = 1e-3, onEvaluation }: MaximizeOptions,
): Maximum {
  const lowest = Math.log(fewestJumps / (trace.bins.length * trace.sampleTime));
  let telegraph = initial;
  let walk = planWalk(telegraph, trace, fineness);
  const part = evaluatedPart(trace, initial, free, fineness);
  const evaluate = (of: Telegraph): Float64Array => {
    onEvaluation?.(part);
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
    const start = toVector(telegraph, free);
    const held = heldRates(start, gradient, free, lowest);
    // the remaining rise to the maximum, if the outer products were the curvature
    const left = damped(information, gradient, held, 1e-9).reduce(
      (sum, move, i) => sum + 0.5 * move * gradient[i],
      0,
    );
    if (settled || left < settledBelow) {
      settled = true;
      break;
    }
    const before = total(here);
    let rise = 0;
    for (let attempt = 0; attempt < 8; attempt++, damping *= 8) {
      const step = damped(information, gradient, held, damping);
      const along = (length: number): Telegraph =>
        fromVector(
          start.map((value, i) => {
            const moved = value + length * step[i];
            return i < rateCount(free) ? Math.max(lowest, moved) : moved;
          }),
          free,
          telegraph.pole,
        );
      const next = along(1);
      if (!isPossible(next)) continue;
      const there = evaluate(next);
      if (!(total(there) > before)) continue;
      rise = total(there) - before;
      [telegraph, here] = [next, there];
      // far from the maximum the outer products are too large, and the steps too short
      for (let length = 2; rise > 3 && length < 100; length *= 2) {
        const further = along(length);
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
    // the points are adapted to the current pole and noise
    const better = planWalk(telegraph, trace, fineness);
    if (!settled && better.size !== walk.size) {
      walk = better;
      here = evaluate(telegraph);
    }
  }
  return { telegraph, logLikelihood: total(here), settled, scores, information };
}

const evaluatedPart = (
  { bins, sampleTime, answer }: BinnedTrace,
  telegraph: Telegraph,
  free: Free,
  fineness: number,
): EvaluatedPart => ({
  duration: bins.length * sampleTime,
  fineness: telegraph.pole === null && !answer ? null : fineness,
  parameters: toVector(telegraph, free).length,
});

/**
 * Derivatives of each block's log-likelihood at a telegraph signal, where its value is `here`, and their Fisher
 * information.
 */
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

/** Rates at their lower limit that would fall further. */
const heldRates = (
  vector: readonly number[],
  gradient: Float64Array,
  free: Free,
  lowest: number,
): readonly number[] =>
  vector.flatMap((value, i) => (i < rateCount(free) && value <= lowest && gradient[i] < 0 ? [i] : []));

/** The information without these parameters: their rows and columns are zero, with 1 on the diagonal. */
function without(held: readonly number[], information: Matrix): Matrix {
  if (held.length === 0) return information;
  const rest = information.clone();
  for (const k of held) {
    for (let i = 0; i < rest.rows; i++) {
      rest.set(k, i, 0);
      rest.set(i, k, 0);
    }
    rest.set(k, k, 1);
  }
  return rest;
}

/**
 * Covariance of the estimates, from the information of a trace. Rates of jumps that do not occur carry no information
 * and get zeros: they are negligible beside the others.
 */
export function covarianceFrom(information: Matrix, free: Free): Matrix {
  const held = unseenRates(information, free);
  const covariance = inverse(without(held, information));
  for (const k of held) covariance.set(k, k, 0);
  return covariance;
}

/** Indices of rates without information in the trace. */
export const unseenRates = (information: Matrix, free: Free): readonly number[] =>
  Array.from({ length: rateCount(free) }, (_, i) => i).filter((i) => information.get(i, i) < seenJumps);

function damped(all: Matrix, slope: Float64Array, held: readonly number[], damping: number): number[] {
  const information = without(held, all);
  const gradient = held.length === 0 ? slope : slope.map((value, i) => (held.includes(i) ? 0 : value));
  const size = information.diagonal().map((value) => Math.sqrt(Math.max(value, 1e-300)));
  const unit = new Matrix(
    information
      .to2DArray()
      .map((row, i) => row.map((value, j) => value / (size[i] * size[j]) + (i === j ? damping : 0))),
  );
  const solved = inverse(unit).mmul(Matrix.columnVector(Array.from(gradient, (g, i) => g / size[i])));
  return solved.to1DArray().map((value, i) => value / size[i]);
}
