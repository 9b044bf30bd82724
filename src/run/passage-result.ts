import type { Observation } from "../ensemble/observations.ts";
import { passageBins } from "../ensemble/observers/first-passage.ts";
import type { Problem } from "../experiment/problem.ts";
import type { PassageResult } from "../result.ts";
import { wilsonInterval } from "../statistics/proportion.ts";

const levels = [0.1, 0.25, 0.5, 0.75, 0.9];

/**
 * First-passage times of an ensemble that was watched from 0 to the end. All spins that have not passed are censored
 * at the end, so Kaplan and Meier's estimate is the fraction that remains.
 */
export function passageResult(
  { name, passage }: Extract<Observation, { type: "firstPassage" }>,
  problem: Problem,
): PassageResult {
  const duration = problem.steps * problem.timeStep * problem.units.time;
  const nothing = {
    type: "firstPassage",
    name,
    mean: null,
    meanStandardError: null,
    quantiles: Object.fromEntries(levels.map((level) => [level, null])),
  } as const;
  const none = { times: [], value: [], low: [], high: [] };
  if (!passage)
    return { ...nothing, passed: 0, censored: 0, survival: none, reason: "the run did not reach its end" };
  const { counts, passed, censored, sum, sumOfSquares } = passage;
  const spins = passed + censored;
  const times = Array.from({ length: passageBins + 1 }, (_, i) => (duration * i) / passageBins);
  const remaining = [spins];
  for (const count of counts) remaining.push(remaining[remaining.length - 1] - count);
  const bands = remaining.map((n) => wilsonInterval(n, spins));
  const survival = {
    times,
    value: remaining.map((n) => n / spins),
    low: bands.map(({ low }) => low),
    high: bands.map(({ high }) => high),
  };
  const quantile = (level: number): number | null => {
    const target = (1 - level) * spins;
    const i = remaining.findIndex((n) => n <= target);
    if (i < 0) return null;
    if (i === 0) return 0;
    return (
      times[i - 1] +
      ((times[i] - times[i - 1]) * (remaining[i - 1] - target)) / (remaining[i - 1] - remaining[i])
    );
  };
  const quantiles = Object.fromEntries(levels.map((level) => [level, quantile(level)]));
  if (passed === 0) return { ...nothing, passed, censored, survival, reason: "no spin passed" };
  // time watched over passages; its error as that of a ratio of sums over spins, whatever the law of the times
  const ratio = (sum + censored) / passed;
  const variance = (sumOfSquares + censored - 2 * ratio * sum + ratio * ratio * passed) / spins;
  const mean = ratio * duration;
  const meanStandardError = (duration * Math.sqrt(Math.max(variance, 0) / spins) * spins) / passed;
  return { ...nothing, passed, censored, mean, meanStandardError, quantiles, survival };
}
