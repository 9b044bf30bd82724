import { chiSquaredSurvival } from "./chi-squared-distribution.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared } from "./comparison.ts";
import type { CountsComparison, CountsOptions } from "./counts.ts";
import { compareCounts } from "./counts.ts";
import { lowerIncompleteGamma, upperIncompleteGamma } from "./incomplete-gamma.ts";
import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";
import { groupSparseBins, sumGroups } from "./sparse-bins.ts";
import type { SurvivalTimes } from "./survival.ts";

/**
 * Passages counted in time bins against an exact S(t), all watched for the same time: chi-squared of the counts and the
 * survivors. `survivalAtEdges` holds S at the edges, one more than the bins; whoever passed before the first edge (S(0) < 1
 * when some start inside the set) belongs to the first bin. This is the sharper test; use it whenever nobody is censored early.
 */
export function compareSurvivalCounts(
  observable: string,
  counts: NumericArray,
  survivalAtEdges: NumericArray,
  samples: number,
  options: Omit<CountsOptions, "samples"> = {},
): CountsComparison {
  const probabilities = Array.from(
    counts,
    (_, i) => (i === 0 ? 1 : survivalAtEdges[i]) - survivalAtEdges[i + 1],
  );
  return compareCounts(observable, counts, probabilities, { ...options, samples });
}

/**
 * One-sample log-rank test: the number of events against its expectation Σ H(t_i), H = −ln S, under any censoring. Sees
 * a wrong rate, not a wrong shape. The p-value is the doubled tail of a Poisson law of that mean.
 * N. Breslow, Appl. Stat. 24 (1975) 167.
 */
export function oneSampleLogRank(
  observable: string,
  times: SurvivalTimes,
  exactSurvival: (time: number) => number,
): Comparison {
  const test = "one-sample log-rank";
  let expected = 0;
  for (const group of [times.events, times.censored])
    for (let i = 0; i < group.length; i++) expected -= Math.log(exactSurvival(group[i]));
  if (!Number.isFinite(expected))
    return notCompared(observable, test, "the exact survival reached 0 while some were watched");
  const observed = times.events.length;
  if (expected === 0 && observed === 0) return notCompared(observable, test, "nothing was watched");
  const statistic = (observed - expected) / Math.sqrt(expected);
  const above = observed > 0 ? lowerIncompleteGamma(observed, expected) : 1;
  const below = upperIncompleteGamma(observed + 1, expected);
  const pValue = Math.min(1, 2 * Math.min(above, below));
  return { observable, test, statistic, degreesOfFreedom: null, pValue };
}

/**
 * Observed and expected events in time bins under any censoring: Σ (O_j − E_j)²/E_j with
 * E_j = Σ_i [H(min(t_i, b_j+1)) − H(min(t_i, b_j))], chi-squared with one degree of freedom per bin because
 * the increments of a counting process about its compensator are uncorrelated. Sparse bins are merged.
 * N. L. Hjort, Ann. Stat. 18 (1990) 1221.
 */
export function compareSurvivalTimes(
  observable: string,
  times: SurvivalTimes,
  exactSurvival: (time: number) => number,
  edges: NumericArray,
): Comparison {
  const test = "chi-squared of events in time";
  const hazards = Array.from(edges, (t) => -Math.log(exactSurvival(t)));
  const bins = edges.length - 1;
  const observed = new Array<number>(bins).fill(0);
  const expected = new Array<number>(bins).fill(0);
  for (const group of [times.events, times.censored])
    for (let i = 0; i < group.length; i++) {
      const own = -Math.log(exactSurvival(group[i]));
      for (let j = 0; j < bins && (j === 0 || group[i] > edges[j]); j++) {
        const inside = group[i] <= edges[j + 1];
        expected[j] += Math.max(0, (inside ? own : hazards[j + 1]) - (j === 0 ? 0 : hazards[j]));
        if (inside && group === times.events) observed[j]++;
      }
    }
  if (!expected.every(Number.isFinite))
    return notCompared(observable, test, "the exact survival reached 0 while some were watched");
  const starts = groupSparseBins(expected, 10);
  const groupExpected = sumGroups(expected, starts);
  if (total(expected) < 10) return notCompared(observable, test, "fewer than 10 events are expected");
  const statistic = sumGroups(observed, starts).reduce(
    (sum, o, g) => sum + (o - groupExpected[g]) ** 2 / groupExpected[g],
    0,
  );
  const degreesOfFreedom = groupExpected.length;
  return {
    observable,
    test,
    statistic,
    degreesOfFreedom,
    pValue: chiSquaredSurvival(statistic, degreesOfFreedom),
  };
}
