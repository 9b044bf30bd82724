import type { Estimate } from "./interval.ts";
import { pairSums, ratioOfMeans } from "./means.ts";
import type { NumericArray } from "./numeric-array.ts";
import { autocorrelation } from "./spectrum.ts";

/**
 * Integral relaxation time ∫₀^∞ c(t) dt / c(0) of a decaying curve c (an autocovariance, or ⟨x(t)⟩ − x(∞) after a step),
 * by the trapezoid over equal or unequal times from times[0] = 0. The integration stops by Sokal's rule at the first time t ≥ window × the time found so far
 * (6 by default, bias e⁻⁶ for one exponential), or at the end of the curve. It is not 1/λ₁ when a field depletes a well.
 *
 * The standard error, when those of the curve are given, is that of independent errors times the square root of the
 * number of points in one relaxation time, over which errors are correlated. It is an estimate that tends to be too
 * large. A. D. Sokal, Cargèse lectures (1996) §3.
 */
export function integralRelaxationTime(
  times: NumericArray,
  values: NumericArray,
  options: { readonly standardErrors?: NumericArray; readonly window?: number } = {},
): Estimate & { readonly upTo: number } {
  const window = options.window ?? 6;
  let integral = 0;
  let last = 0;
  for (let i = 1; i < times.length; i++) {
    integral += (0.5 * (values[i] + values[i - 1]) * (times[i] - times[i - 1])) / values[0];
    last = i;
    if (integral > 0 && times[i] - times[0] >= window * integral) break;
  }
  let variance = Number.NaN;
  if (options.standardErrors !== undefined) {
    variance = 0;
    const errors = options.standardErrors;
    for (let i = 1; i <= last; i++) {
      const step = times[i] - times[i - 1];
      variance += ((errors[i] / values[0]) * step) ** 2 * Math.max(1, (2 * Math.abs(integral)) / step);
    }
    variance += (integral * (errors[0] / values[0])) ** 2;
  }
  return { value: integral, standardError: Math.sqrt(variance), upTo: times[last] };
}

/**
 * Estimated error of the trapezoid over equally spaced values: a third of the change when every other value is left
 * out. `lags` is the last of them, or one less.
 */
export function missedByTrapezoid(values: NumericArray, lags: number, interval: number): number {
  const intervals = lags + (lags % 2);
  const others = Array.from({ length: intervals / 2 + 1 }, (_, j) => values[2 * j]);
  return (
    Math.abs(trapezoid(others, intervals / 2, 2 * interval) - trapezoid(values, intervals, interval)) / 3
  );
}

/** ∫ of equally spaced values over the first `lags` intervals, by the trapezoid. */
export function trapezoid(values: NumericArray, lags: number, interval: number): number {
  let sum = (values[0] + values[lags]) / 2;
  for (let j = 1; j < lags; j++) sum += values[j];
  return sum * interval;
}

/**
 * ∫ autocovariance/variance of independent records up to a fixed lag, as the ratio of two means over records, with the standard
 * error of such a ratio. The lag must not be chosen by looking at the records; for an oscillating autocovariance Sokal's rule
 * would stop at the first swing.
 */
export function correlationTimeOf(
  records: readonly NumericArray[],
  lags: number,
  interval: number,
  mean: number,
): Estimate {
  const rows = records.map((record) => autocorrelation([record], { sampleInterval: 1, lags, mean }).value);
  return ratioOfMeans(
    pairSums(
      rows.map((row) => trapezoid(row, lags, interval)),
      rows.map((row) => row[0]),
    ),
  );
}
