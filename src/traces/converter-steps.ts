import { mixed } from "../random/mixed.ts";
import type { Stretches } from "./stretches.ts";

/** Samples are spread over at most this share of the range, so that levels with one code each stay separate. */
const mostOfRange = 1 / 6;
/** Differences below this part of the range are rounding. */
const rounding = 1e-6;

/** If samples are equal although smaller steps occur, the signal is clipped at its ends. */
const leastStep = 1 / 64;

/** Steps of the converter that are larger than the noise, so that most samples are equal to the one before; otherwise null. */
export function converterSteps(values: Float64Array, range: number): number | null {
  let [equal, step] = [0, range];
  for (let i = 1; i < values.length; i++) {
    const gap = Math.abs(values[i] - values[i - 1]);
    if (gap < rounding * range) equal++;
    else if (gap < step) step = gap;
  }
  return equal > values.length / 2 && step > leastStep * range ? step : null;
}

/**
 * The samples, spread at random over the steps but reproducibly: otherwise noise smaller than a step would count as
 * zero.
 */
export function spreadOver<T extends Stretches>(trace: T, step: number, range: number): T {
  const width = Math.min(step, mostOfRange * range);
  return { ...trace, values: trace.values.map((value, i) => value + width * (hashed(i) - 0.5)) };
}

/** Evenly between 0 and 1. */
const hashed = (index: number): number => mixed(index + 1) / 2 ** 32;
