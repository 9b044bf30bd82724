import { chiSquaredQuantile } from "./chi-squared-distribution.ts";
import type { ConfidenceInterval } from "./interval.ts";

/**
 * The rate of a Poisson process, or the maximum-likelihood rate of exponential times with censoring: events over total
 * time observed, with the interval of Garwood (Biometrika 28 (1936) 437), ½χ²(2n) … ½χ²(2n+2) over the time. No events
 * give [0, 3.69/exposure] at 95 %. Unit: one over that of `exposure`.
 */
export function poissonRate(events: number, exposure: number, confidence = 0.95): ConfidenceInterval {
  const tail = (1 - confidence) / 2;
  return {
    value: events / exposure,
    low: events > 0 ? chiSquaredQuantile(tail, 2 * events) / (2 * exposure) : 0,
    high: chiSquaredQuantile(1 - tail, 2 * events + 2) / (2 * exposure),
  };
}
