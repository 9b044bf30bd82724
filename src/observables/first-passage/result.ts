import type { Problem } from "../../experiment/problem.ts";
import type { PredictedPassage } from "../../fokker-planck/switching.ts";
import type { IntervalCurve, Missing } from "../../result-parts.ts";
import { testExponentialityBinned } from "../../statistics/exponentiality.ts";
import { clopperPearsonInterval, wilsonInterval } from "../../statistics/proportion.ts";
import { poissonRate } from "../../statistics/rate.ts";
import type { ResultContext } from "../observable.ts";
import { passageShares } from "./bins.ts";
import type { ObservedPassage } from "./count.ts";
import { exactRemainder, passageMeans } from "./means.ts";
import type { QuantileInterval } from "./quantile-intervals.ts";
import { quantileIntervals } from "./quantile-intervals.ts";
import type { PlannedPassage } from "./spec.ts";
import { hazardBins, levels, survivalQuantiles } from "./survival.ts";

export interface PassageResult extends Missing {
  readonly type: "firstPassage";
  readonly name: string;
  readonly passed: number;
  readonly censored: number;
  /** s; spins that did not pass count with their exact mean remaining time, null if that is not known. */
  readonly mean: number | null;
  readonly meanStandardError: number | null;
  /** s; the mean of the time to passage or to the end of the run, whichever comes first. */
  readonly restrictedMean: {
    readonly value: number;
    readonly standardError: number;
    readonly upTo: number;
  } | null;
  readonly quantiles: Readonly<Record<string, number | null>>;
  /**
   * s; 95 % intervals of the quantiles, from the binomial law and the unknown distribution inside a bin. `high` is null
   * beyond the run.
   */
  readonly quantileIntervals: Readonly<Record<string, QuantileInterval | null>>;
  readonly survival: IntervalCurve;
  /** Passages over time observed (1/s): the maximum-likelihood rate of an exponential law with its 95 % interval. */
  readonly rate: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** −d ln(survival)/dt over each of 32 bins, 1/s; times are their middles. */
  readonly hazard: IntervalCurve;
  /** Whether one exponential law describes all times. */
  readonly exponentiality: {
    readonly test: string;
    readonly statistic: number | null;
    readonly degreesOfFreedom: number | null;
    readonly pValue: number | null;
    readonly reason?: string;
  } | null;
}

/**
 * Observed hazard in groups of bins, −ln(left/before)/width as the exact one, with the 95 % interval of the fraction that is
 * left (Clopper and Pearson); bins without spins at risk, or with none left at their end, are left out.
 */
function observedHazard(times: readonly number[], remaining: readonly number[]): IntervalCurve {
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
 * First-passage times of an ensemble that was observed from 0 to the end. All spins that have not passed are censored
 * at the end, so Kaplan and Meier's estimate is the fraction that remains. `exact` gives their remaining time.
 */
export function result(
  { name, passage }: ObservedPassage,
  _planned: PlannedPassage,
  problem: Problem,
  { known: exact }: Pick<ResultContext<PredictedPassage>, "known">,
): PassageResult {
  const duration = problem.steps * problem.timeStep * problem.units.time;
  const nothing = {
    type: "firstPassage",
    name,
    mean: null,
    meanStandardError: null,
    restrictedMean: null,
    quantiles: Object.fromEntries(levels.map((level) => [level, null])),
    quantileIntervals: Object.fromEntries(levels.map((level) => [level, null])),
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
  const quantiles = survivalQuantiles(times, survival.value, duration / problem.steps);
  const internal = problem.steps * problem.timeStep;
  const means = passageMeans(passage, exact && remainderOf(exact, internal));
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
    quantileIntervals: quantileIntervals(times, remaining),
    rate,
    exponentiality: { test, statistic, degreesOfFreedom, pValue, ...(reason ? { reason } : {}) },
    ...(means.whole
      ? {}
      : {
          reason: `${censored} of ${spins} did not pass, and their mean remaining time is not known`,
        }),
  };
}

/** Also null if the survival is not known. */
const remainderOf = ({ mean, survival }: PredictedPassage, duration: number): number | null =>
  survival.value && exactRemainder({ mean: mean.value, survival: survival.value }, duration);

/** Only the part observed by now: later bins of survival and hazard are still empty. */
export function soFar(result: PassageResult, time: number): PassageResult {
  const until = ({ times, value, low, high }: IntervalCurve): IntervalCurve => {
    const known = times.filter((t) => t <= time).length;
    const [a, b, c, d] = [times, value, low, high].map((list) => list.slice(0, known));
    return { times: a, value: b, low: c, high: d };
  };
  return { ...result, survival: until(result.survival), hazard: until(result.hazard) };
}
