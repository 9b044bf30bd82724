import { gatheredProbabilities } from "../../fokker-planck/gathered-density.ts";
import { timeText } from "../../statistics/agreement.ts";
import type { Comparison } from "../../statistics/comparison.ts";
import { notCompared } from "../../statistics/comparison.ts";
import { compareCounts } from "../../statistics/counts.ts";
import { compareGathered } from "../../statistics/gathered-counts.ts";
import { againstDensities } from "../against-densities.ts";
import type { Beside } from "../observable.ts";
import type { ObservedHistogram } from "./count.ts";
import type { PlannedHistogram } from "./spec.ts";

type Exact = Beside<PlannedHistogram, never>;

/** Counts gathered over many samples. */
function compareGatherings(
  { name }: ObservedHistogram,
  groups: readonly Float64Array[],
  { planned, problem, prediction, bias }: Exact,
): Comparison[] {
  if (!planned.gather) return [];
  const exact = gatheredProbabilities(prediction, planned.gather, problem.steps, planned.binning);
  if (exact.value === null) return [notCompared(name, "t-scores", exact.reason)];
  const { probabilities, errors } = exact.value;
  // if values outside the bins are not counted, fractions refer to those inside
  const inside = probabilities.reduce((sum, p) => sum + p, 0);
  return [
    compareGathered(
      `${name}, gathered`,
      groups,
      probabilities.map((p) => p / inside),
      { errors, allowedBias: bias.relative },
    ),
  ];
}

/** Compares each record, or all gathered counts, with the exact density. */
export function compare(observed: ObservedHistogram, beside: Exact): Comparison[] {
  const { name, groups } = observed;
  if (groups) return compareGatherings(observed, groups, beside);
  const { planned, problem, bias } = beside;
  return againstDensities(observed, beside, (record, density) => {
    const label = `${name} at ${timeText(problem, record.step)}`;
    const known = density.probabilities(planned.binning);
    if (known.value === null) return [notCompared(label, "chi-squared", known.reason)];
    return [
      compareCounts(label, record.value, known.value, {
        samples: problem.ensemble,
        allowedBias: bias.relative,
        probabilityError: known.errorEstimate,
      }),
    ];
  });
}
