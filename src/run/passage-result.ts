import type { Observation } from "../ensemble/observations.ts";
import { passageShares } from "../ensemble/observers/passage-bins.ts";
import type { Problem } from "../experiment/problem.ts";
import type { PredictedPassage } from "../fokker-planck/switching.ts";
import type { Interval, PassageResult } from "../result.ts";
import { testExponentialityBinned } from "../statistics/exponentiality.ts";
import { exactRemainder, passageMeans } from "../statistics/passage-means.ts";
import { clopperPearsonInterval, wilsonInterval } from "../statistics/proportion.ts";
import { poissonRate } from "../statistics/rate.ts";

const levels = [0.1, 0.25, 0.5, 0.75, 0.9];
/** Bins of the hazard: groups of the bins in which passages are counted. */
const hazardBins = 32;

/** Times at which one minus the survival reaches each level, straight between the points; null beyond the last. */
export function survivalQuantiles(
  times: readonly number[],
  survival: readonly number[],
): Readonly<Record<string, number | null>> {
  const quantile = (level: number): number | null => {
    const target = 1 - level;
    const i = survival.findIndex((s) => s <= target);
    if (i < 0) return null;
    if (i === 0) return times[0];
    const share = (survival[i - 1] - target) / (survival[i - 1] - survival[i]);
    return times[i - 1] + (times[i] - times[i - 1]) * share;
  };
  return Object.fromEntries(levels.map((level) => [level, quantile(level)]));
}

/** Hazard −d ln S/dt of an exact survival in the bins of the observed hazard; null where nobody is left. */
export function exactHazard(
  times: readonly number[],
  survival: readonly number[],
): { times: number[]; value: (number | null)[] } {
  const group = (times.length - 1) / hazardBins;
  const edges = Array.from({ length: hazardBins + 1 }, (_, j) => j * group);
  return {
    times: edges.slice(1).map((edge, j) => (times[edge] + times[edges[j]]) / 2),
    value: edges.slice(1).map((edge, j) => {
      const [before, after] = [survival[edges[j]], survival[edge]];
      return after > 0 ? Math.log(before / after) / (times[edge] - times[edges[j]]) : null;
    }),
  };
}

/**
 * Observed hazard in groups of bins, −ln(left/before)/width as the exact one, with the 95 % interval of the fraction that is
 * left (Clopper and Pearson); bins in which nobody was watched, or after which nobody was left, are left out.
 */
function observedHazard(times: readonly number[], remaining: readonly number[]): Interval {
  const group = (times.length - 1) / hazardBins;
  const rows = Array.from({ length: hazardBins }, (_, j) => {
    const [from, to] = [j * group, (j + 1) * group];
    const width = times[to] - times[from];
    const left = clopperPearsonInterval(remaining[to], remaining[from]);
    const rate = (share: number): number => -Math.log(share) / width + 0;
    return {
      time: (times[from] + times[to]) / 2,
      value: rate(left.value),
      low: rate(left.high),
      high: rate(left.low),
    };
  }).filter(({ value, high }) => Number.isFinite(value) && Number.isFinite(high));
  return {
    times: rows.map(({ time }) => time),
    value: rows.map(({ value }) => value),
    low: rows.map(({ low }) => low),
    high: rows.map(({ high }) => high),
  };
}

/**
 * First-passage times of an ensemble that was watched from 0 to the end. All spins that have not passed are censored
 * at the end, so Kaplan and Meier's estimate is the fraction that remains. `exact` tells how long they still have to wait.
 */
export function passageResult(
  { name, passage }: Extract<Observation, { type: "firstPassage" }>,
  problem: Problem,
  exact: PredictedPassage | null,
): PassageResult {
  const duration = problem.steps * problem.timeStep * problem.units.time;
  const nothing = {
    type: "firstPassage",
    name,
    mean: null,
    meanStandardError: null,
    restrictedMean: null,
    quantiles: Object.fromEntries(levels.map((level) => [level, null])),
  } as const;
  const none = { times: [], value: [], low: [], high: [] };
  const unknown = { rate: null, exponentiality: null };
  if (!passage)
    return {
      ...nothing,
      ...unknown,
      passed: 0,
      censored: 0,
      survival: none,
      hazard: none,
      reason: "the run did not reach its end",
    };
  const { counts, passed, censored, sum } = passage;
  const spins = passed + censored;
  const times = passageShares.map((share) => duration * share);
  const remaining = [spins];
  for (const count of counts) remaining.push(remaining[remaining.length - 1] - count);
  const bands = remaining.map((n) => wilsonInterval(n, spins));
  const survival = {
    times,
    value: remaining.map((n) => n / spins),
    low: bands.map(({ low }) => low),
    high: bands.map(({ high }) => high),
  };
  const quantiles = survivalQuantiles(times, survival.value);
  const internal = problem.steps * problem.timeStep;
  const means = passageMeans(passage, exact && exactRemainder(exact, internal));
  const { value, standardError } = means.restricted;
  const restrictedMean = {
    value: value * duration,
    standardError: standardError * duration,
    upTo: duration,
  };
  const watched = { restrictedMean, passed, censored, survival, hazard: observedHazard(times, remaining) };
  const rate = poissonRate(passed, (sum + censored) * duration);
  if (passed === 0) return { ...nothing, ...watched, rate, exponentiality: null, reason: "no spin passed" };
  const { test, statistic, degreesOfFreedom, pValue, reason } = testExponentialityBinned(name, {
    edges: times,
    events: counts,
    remaining: censored,
  });
  return {
    ...nothing,
    ...watched,
    mean: means.whole && means.whole.value * duration,
    meanStandardError: means.whole && means.whole.standardError * duration,
    quantiles,
    rate,
    exponentiality: { test, statistic, degreesOfFreedom, pValue, ...(reason ? { reason } : {}) },
    ...(means.whole
      ? {}
      : {
          reason: `${censored} of ${spins} did not pass, and how long they still have to wait is not known`,
        }),
  };
}
