import type { FitProblem, FitResult } from "./fit.ts";
import { fitLeastSquares } from "./fit.ts";
import type { ConfidenceInterval } from "./interval.ts";

/** Rise of chi-squared at the ends of a 95 % interval of one parameter. */
const rise = 3.841459;

/**
 * Intervals from the profile of chi-squared: one parameter is held, the others are fitted anew, until chi-squared has
 * risen by 3.84. They follow a curved valley, where the linearized ones do not. An end that is not found within twenty
 * standard errors is ±Infinity as null. W. Q. Meeker, L. A. Escobar, Am. Stat. 49 (1995) 48.
 */
export function profileIntervals(
  problem: FitProblem,
  fit: FitResult,
): (
  | { readonly value: number; readonly low: number | null; readonly high: number | null }
  | ConfidenceInterval
  | null
)[] {
  return fit.values.map((value, k) => {
    const error = fit.standardErrors[k];
    if (fit.outcome !== "converged" || error === null || !(error > 0)) return null;
    const at = (held: number): number => heldAt(problem, fit, k, held) - fit.chiSquared;
    const end = (sign: 1 | -1): number | null => {
      let [inner, outer] = [0, 2];
      while (!(at(value + sign * outer * error) > rise)) {
        inner = outer;
        outer *= 1.6;
        if (outer > 20) return null;
      }
      // the rise is nearly a parabola, so its root is nearly a line
      for (let i = 0; i < 8 && outer - inner > 0.01; i++) {
        const middle = (inner + outer) / 2;
        if (at(value + sign * middle * error) > rise) outer = middle;
        else inner = middle;
      }
      return value + sign * ((inner + outer) / 2) * error;
    };
    return { value, low: end(-1), high: end(1) };
  });
}

/** Chi-squared with parameter k held and all others at their best. */
function heldAt(problem: FitProblem, fit: FitResult, k: number, held: number): number {
  const { low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = problem.parameters[k];
  if (held < low || held > high) return Number.POSITIVE_INFINITY;
  const whole = (rest: readonly number[]): number[] => [...rest.slice(0, k), held, ...rest.slice(k)];
  const others = problem.parameters
    .map((parameter, i) => ({
      ...parameter,
      initial: fit.values[i],
      scale: fit.standardErrors[i] ?? parameter.scale,
    }))
    .filter((_, i) => i !== k);
  if (others.length === 0) {
    const predicted = problem.model([held]);
    const errors = problem.standardErrors;
    let sum = 0;
    for (let i = 0; i < predicted.length; i++)
      sum += ((problem.data[i] - predicted[i]) / (errors?.[i] ?? 1)) ** 2;
    return sum;
  }
  const found = fitLeastSquares({
    ...problem,
    parameters: others,
    model: (rest) => problem.model(whole(rest)),
  });
  return Number.isFinite(found.chiSquared) ? found.chiSquared : Number.POSITIVE_INFINITY;
}
