import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared, speakingOf } from "../../statistics/comparison.ts";
import { compareJointly, compareValue } from "../../statistics/moments.ts";
import type { Beside } from "../observable.ts";
import type { ObservedCycle } from "./count.ts";
import type { KnownCycle } from "./exact.ts";
import type { PlannedCycle } from "./spec.ts";
import { largestWork } from "./work.ts";

/** Fewest spins that give a covariance of eight averages. */
const fewestSpins = 1000;

/**
 * Compares averages over the periods with those of the exact density from the same start: the response jointly, and the
 * work by itself. Spins are independent, so the covariance of their averages gives the error, whatever their
 * correlation in time.
 */
export function compare(observed: ObservedCycle, beside: Beside<PlannedCycle, KnownCycle>): Comparison[] {
  const { averages, name } = observed;
  const { known, bias, problem, planned } = beside;
  const labels = [`${name}: response`, `${name}: work`] as const;
  const keys = [`${name}: response`, `${name}: work`];
  if (known.value === null)
    return labels.map((label, i) => speakingOf([keys[i]], notCompared(label, "z-score", known.reason)));
  if (averages === null || averages.spins < fewestSpins) {
    const reason =
      averages === null
        ? "the run did not get so far"
        : `the error of the means is not known with fewer than ${fewestSpins} spins`;
    return labels.map((label, i) => speakingOf([keys[i]], notCompared(label, "z-score", reason)));
  }
  const { run, loop, workError } = known.value;
  const amplitude = Math.max(...loop) - Math.min(...loop);
  const error = (known.errorEstimate ?? 0) * amplitude;
  const last = run.length - 1;
  const response = compareJointly(
    labels[0],
    averages.values.slice(0, last),
    run.slice(0, last),
    averages.covariance.slice(0, last).map((row) => row.slice(0, last)),
    // a wave's coefficient is twice a mean
    { allowedBias: run.slice(0, last).map((_, i) => (i === 0 ? 1 : 2) * bias.moments + error) },
  );
  const work = compareValue(
    labels[1],
    averages.values[last],
    run[last],
    Math.sqrt(averages.covariance[last][last]),
    {
      allowedBias: bias.moments * largestWork(problem, planned),
      exactError: workError.run * Math.abs(run[last]),
    },
  );
  return [speakingOf([keys[0]], response), speakingOf([keys[1]], work)];
}
