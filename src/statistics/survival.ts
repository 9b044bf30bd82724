import type { NumericArray } from "./numeric-array.ts";

/**
 * Times to an event, some cut off: `events` are the times at which it happened, `censored` those at which observation
 * ended without it. Any order. At equal times events come before censoring.
 */
export interface SurvivalTimes {
  readonly events: NumericArray;
  readonly censored: NumericArray;
}

/** Total time observed, summed over all. */
export const exposure = ({ events, censored }: SurvivalTimes): number => sumOf(events) + sumOf(censored);

function sumOf(values: NumericArray): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
