import { Interrupted } from "../linear-algebra/interruption.ts";
import type { FitProblem, FitResult } from "./fit.ts";
import { fitLeastSquares } from "./fit.ts";
import type { ConfidenceInterval } from "./interval.ts";

/** Rise of chi-squared at the ends of a 95 % interval of one parameter. */
const rise = 3.841459;
/** Distance, in standard errors, at which the search for an end starts, and the largest one. */
const [first, farthest] = [2, 20];
/** Accuracy of an end, in standard errors. */
const accuracy = 0.005;

/**
 * Intervals from the profile of chi-squared: one parameter is held fixed and moved, the others are fitted again, until
 * chi-squared has risen by 3.84. They follow a curved valley, which linearized intervals do not. An end is null if it
 * is not found within twenty standard errors or the model fails on the way. `onEnd` is called for every finished end. W.
 * Q. Meeker, L. A. Escobar, Am. Stat. 49 (1995) 48.
 */
export function profileIntervals(
  problem: FitProblem,
  fit: FitResult,
  onEnd: (done: number, ends: number) => void = () => {},
): (
  | { readonly value: number; readonly low: number | null; readonly high: number | null }
  | ConfidenceInterval
  | null
)[] {
  let done = 0;
  const counted = <T>(end: T): T => {
    onEnd(++done, 2 * fit.values.length);
    return end;
  };
  return fit.values.map((value, k) => {
    const error = fit.standardErrors[k];
    if (fit.outcome !== "converged" || error === null || !(error > 0)) return null;
    const end = (sign: 1 | -1): number | null => {
      const distance = rootOf(
        (outer) =>
          Math.sqrt(Math.max(0, heldAt(problem, fit, k, value + sign * outer * error) - fit.chiSquared)) -
          Math.sqrt(rise),
      );
      return distance === null ? null : value + sign * distance * error;
    };
    return { value, low: counted(end(-1)), high: counted(end(1)) };
  });
}

/**
 * The distance at which a function changes sign from below, by the Illinois method (false position): chi-squared is
 * nearly a parabola, so its root is nearly linear. Null if the sign does not change or the function is NaN.
 */
function rootOf(of: (distance: number) => number): number | null {
  let [inner, below] = [0, -Math.sqrt(rise)];
  let outer = first;
  let above = of(outer);
  while (above < 0) {
    if (Math.abs(above) < accuracy) return outer;
    [inner, below] = [outer, above];
    outer *= 1.6;
    if (outer > farthest) return null;
    above = of(outer);
  }
  let side = 0;
  for (let i = 0; i < 40 && outer - inner > 2 * accuracy; i++) {
    if (Number.isNaN(above)) return null;
    if (above < accuracy) return outer;
    // beyond a bound chi-squared is infinite and carries no other information
    const at = Number.isFinite(above)
      ? (inner * above - outer * below) / (above - below)
      : (inner + outer) / 2;
    const found = of(at);
    if (Number.isNaN(found)) return null;
    if (Math.abs(found) < accuracy) return at;
    if (found < 0) {
      [inner, below] = [at, found];
      if (side < 0) above /= 2;
      side = -1;
    } else {
      [outer, above] = [at, found];
      if (side > 0) below /= 2;
      side = 1;
    }
  }
  return Number.isNaN(above) ? null : (inner + outer) / 2;
}

/** Chi-squared with parameter k held and all others at their best: infinite beyond its bounds, NaN where the model fails. */
function heldAt(problem: FitProblem, fit: FitResult, k: number, held: number): number {
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = problem.parameters[k];
  if (held < low || held > high) return Number.POSITIVE_INFINITY;
  const whole = (rest: readonly number[]): number[] => [...rest.slice(0, k), held, ...rest.slice(k)];
  // the best values of the others in the linearized model
  const along = (i: number): number => {
    const { covariance, values } = fit;
    const start = values[i] + (covariance ? (covariance[i][k] / covariance[k][k]) * (held - values[k]) : 0);
    const { low = start, high = start } = problem.parameters[i];
    return start < low || start > high ? values[i] : start;
  };
  const others = problem.parameters
    .map((parameter, i) => ({
      ...parameter,
      initial: along(i),
      scale: fit.standardErrors[i] ?? parameter.scale,
    }))
    .filter((_, i) => i !== k);
  if (others.length === 0) return chiSquaredAt(problem, held);
  return fitLeastSquares({
    ...problem,
    parameters: others,
    model: (rest) => problem.model(whole(rest)),
  }).chiSquared;
}

/** Chi-squared of the only parameter, with nothing to fit. */
function chiSquaredAt({ model, data, standardErrors }: FitProblem, held: number): number {
  try {
    return Array.from(model([held])).reduce(
      (sum, predicted, i) => sum + ((data[i] - predicted) / (standardErrors?.[i] ?? 1)) ** 2,
      0,
    );
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    return Number.NaN;
  }
}
