import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";

/**
 * Times to an event, some cut off: `events` are the times at which it happened, `censored` those at which observation
 * ended without it. Any order. At equal times events come before censoring.
 */
export interface SurvivalTimes {
  readonly events: NumericArray;
  readonly censored: NumericArray;
}

/** Total time observed, summed over all. */
export const exposure = ({ events, censored }: SurvivalTimes): number => total(events) + total(censored);
