import { betaQuantile } from "../numerics/incomplete-beta.ts";
import type { ConfidenceInterval } from "./interval.ts";
import { standardErrorsFor } from "./normal.ts";

/**
 * Wilson's score interval of a probability from `successes` of `trials`: near the nominal coverage on average, sensible
 * at 0 and at all. E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.
 */
export function wilsonInterval(successes: number, trials: number, confidence = 0.95): ConfidenceInterval {
  const z = standardErrorsFor(confidence);
  const p = successes / trials;
  const squared = (z * z) / trials;
  const centre = (p + squared / 2) / (1 + squared);
  const half = (z * Math.sqrt((p * (1 - p)) / trials + squared / (4 * trials))) / (1 + squared);
  return {
    value: p,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

/**
 * The Clopper–Pearson interval of a probability: coverage never below the nominal one. With no successes in n trials
 * the upper end is 1 − (α/2)^(1/n), about 3.7/n: what a write-error count of zero proves.
 * C. J. Clopper, E. S. Pearson, Biometrika 26 (1934) 404.
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  confidence = 0.95,
): ConfidenceInterval {
  const tail = (1 - confidence) / 2;
  const failures = trials - successes;
  return {
    value: successes / trials,
    low: successes === 0 ? 0 : betaQuantile(tail, successes, failures + 1),
    high: failures === 0 ? 1 : betaQuantile(1 - tail, successes + 1, failures),
  };
}
