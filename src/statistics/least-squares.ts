import { levenbergMarquardt } from "ml-levenberg-marquardt";
import type { NumericArray } from "./numeric-array.ts";

export interface LeastSquares {
  /** All predictions at once from the parameters, which should be of order one. */
  readonly evaluate: (u: readonly number[]) => NumericArray;
  readonly data: NumericArray;
  /** Standard errors of the data. */
  readonly errors: readonly number[];
  readonly start: readonly number[];
  readonly low: number[];
  readonly high: number[];
  /** Step of the central differences. */
  readonly difference: number;
  /** A gain in chi-squared that is negligible, in addition to 1e-10 of chi-squared. */
  readonly settledBelow: number;
}

export interface Minimum {
  readonly at: readonly number[];
  readonly chiSquared: number;
  readonly settled: boolean;
}

/**
 * Levenberg–Marquardt by ml-levenberg-marquardt 5.1.0. Its weights do not work (they enter the curvature and the
 * gradient inversely, so that any weight but 1 spoils the steps): data and predictions are divided by the errors
 * instead. Its damping is one absolute number, so both are scaled to a unit mean curvature besides. It does not test
 * for convergence, so it runs in short bursts until one gains almost nothing.
 */
export function minimize(problem: LeastSquares): Minimum {
  const { evaluate, data, errors, difference } = problem;
  let at = problem.start;
  let chiSquared = sumOfSquares(data, evaluate(at), errors);
  let settled = false;
  let stalled = 0;
  for (let burst = 0; burst < 60 && Number.isFinite(chiSquared) && !settled; burst++) {
    const squares = jacobian(evaluate, at, difference, errors)
      .flat()
      .reduce((sum, v) => sum + v * v, 0);
    const curvature = squares / at.length;
    if (!(curvature > 0) || !Number.isFinite(curvature)) break;
    const unit = errors.map((e) => e * Math.sqrt(curvature));
    const step = levenbergMarquardt(
      { x: unit.map((_, i) => i), y: unit.map((e, i) => data[i] / e) },
      (u: number[]) => {
        const predicted = evaluate(u);
        return (i: number) => predicted[i] / unit[i];
      },
      {
        initialValues: at,
        minValues: problem.low,
        maxValues: problem.high,
        centralDifference: true,
        gradientDifference: difference,
        maxIterations: 4,
        errorTolerance: 1e-300,
        damping: stalled > 0 ? 1 : burst === 0 ? 1e-2 : 1e-5,
      },
    );
    const gain = chiSquared - step.parameterError * curvature;
    if (gain > 0) {
      settled = gain <= 1e-10 * chiSquared + problem.settledBelow;
      stalled = 0;
      at = step.parameterValues;
      chiSquared = sumOfSquares(data, evaluate(at), errors);
    } else settled = ++stalled === 2;
  }
  return { at, chiSquared, settled };
}

function sumOfSquares(data: NumericArray, predicted: NumericArray, errors: readonly number[]): number {
  return errors.reduce((sum, e, i) => sum + ((data[i] - predicted[i]) / e) ** 2, 0);
}

/** ∂(prediction/error)/∂u by central differences, one row per point. */
export function jacobian(
  evaluate: (u: readonly number[]) => NumericArray,
  u: readonly number[],
  difference: number,
  errors: readonly number[],
): number[][] {
  const columns = u.map((_, k) => {
    const up = evaluate(u.map((v, j) => (j === k ? v + difference : v)));
    const down = evaluate(u.map((v, j) => (j === k ? v - difference : v)));
    return errors.map((e, i) => (up[i] - down[i]) / (2 * difference * e));
  });
  return errors.map((_, i) => columns.map((column) => column[i]));
}
