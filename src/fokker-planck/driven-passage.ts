import type { Problem } from "../experiment/problem.ts";
import { areParallel } from "../numerics/parallel.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { cleanSurvival } from "./clean-probabilities.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Passage, PassageRegion } from "./first-passage.ts";
import { noPassage } from "./first-passage.ts";
import { frameAlong } from "./frame.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { soonAfterStart } from "./soon-after-start.ts";
import { tailProbability } from "./tail-probability.ts";

/** Target absolute error of a survival probability under a changing drive, and the largest that is accepted (and stated). */
const wantedError = 5e-5;
const drivenError = 1e-3;

/** Mean passage and survival under a drive. */
export interface DrivenPassage extends Passage {
  /** The survival at the times at which most spins pass, if that is early in the run. */
  readonly early?: SurvivalAt;
}

/** Why a passage under a drive has no mean. */
export const knownForever = "the mean depends on the drive at all later times";

/** Survival under a changing drive, for a target set that is a cap about the common axis. */
export function drivenPassage(
  problem: Problem,
  { axis, dynamics }: FokkerPlanckSolution,
  alive: PassageRegion,
  initial: InitialLaw,
  times: readonly number[],
): DrivenPassage {
  if (!axis || !areParallel(axis, alive.axis))
    return noPassage("first passage under a changing drive is computed along a common axis only");
  if (alive.from > -1 && alive.to < 1)
    return noPassage("first passage under a changing drive is computed past one threshold only");
  const [x, y, z] = alive.axis;
  const region: PassageRegion = alive.to >= 1 ? alive : { axis: [-x, -y, -z], from: -alive.to, to: 1 };
  const survivalAt = (times: readonly number[]): Exact<DrivenSurvival> =>
    drivenSurvival(problem, dynamics, region, initial, times);
  const found = survivalAt(times);
  if (found.value === null) return noPassage(found.reason);
  const { survival, error } = found.value;
  const whole = meanOfSurvival(times, survival, error);
  const early = whole ? undefined : earlySurvival(times, survival, survivalAt);
  const summed = whole ?? early;
  return {
    mean: summed ? exactly(summed.mean, Math.max(error, summed.errorEstimate)) : outOfReach(knownForever),
    survival: exactly(survival, error),
    ...(early ? { early } : {}),
  };
}

/** A survival with its times. */
export interface SurvivalAt {
  readonly times: readonly number[];
  readonly survival: readonly number[];
}

interface EarlySurvival extends MeanOfSurvival, SurvivalAt {}

interface DrivenSurvival {
  readonly survival: readonly number[];
  readonly error: number;
}

function drivenSurvival(
  problem: Problem,
  dynamics: Dynamics,
  region: PassageRegion,
  initial: InitialLaw,
  times: readonly number[],
): Exact<DrivenSurvival> {
  const found = tailProbability(dynamics, frameAlong(region.axis), initial, times, {
    band: region,
    threshold: region.from,
    breakpoints: problem.breakpoints,
    absoluteTolerance: wantedError,
  });
  if (found.value === null) return found;
  // spins that have not passed are on one side of the threshold, which is the rim
  const { above, beside } = found.value;
  const { values, error: errorEstimate } = soonAfterStart(
    {
      values: above.map(({ value }) => value),
      error: Math.max(...above.map((figure) => figure.value * figure.errorEstimate)),
    },
    times,
    { alive: Math.max(...above.map(({ value }) => value)), lost: "direction" in initial ? 0 : beside },
  );
  if (errorEstimate > drivenError)
    return outOfReach(
      `the survival did not converge: two resolutions differ by ${errorEstimate.toExponential(1)}`,
    );
  const clean = cleanSurvival(values, times, errorEstimate);
  if (clean.value === null) return clean;
  return exactly({ survival: clean.value, error: clean.errorEstimate ?? errorEstimate });
}

/** Time cells for integrating a survival that ends early, and the number of tries to find the end. */
const earlyCells = 256;
const closerViews = 4;
/** A survival below this has ended. */
const ended = 1e-5;

/** For a survival that reaches zero long before the last time: the survival at times up to there, and its mean. */
function earlySurvival(
  times: readonly number[],
  survival: readonly number[],
  survivalAt: (times: readonly number[]) => Exact<DrivenSurvival>,
): EarlySurvival | undefined {
  let seen = { times, survival };
  for (let view = 0; view < closerViews; view++) {
    const end = seen.times[seen.survival.findIndex((s) => s < ended)];
    if (!(end > 0)) return undefined;
    const closer = Array.from({ length: earlyCells + 1 }, (_, i) => (end * i) / earlyCells);
    const found = survivalAt(closer);
    if (found.value === null) return undefined;
    seen = { times: closer, survival: found.value.survival };
    const mean = meanOfSurvival(closer, seen.survival, found.value.error);
    if (mean) return { ...seen, ...mean };
  }
  return undefined;
}

/** Largest accepted relative error of a mean under a changing drive. */
const meanError = 1e-3;
/** Factor by which halved spacing reduces the error of Simpson's rule, minus one. */
const halving = 15;

/** ∫ S dt with its relative error. */
export interface MeanOfSurvival {
  readonly mean: number;
  readonly errorEstimate: number;
}

/**
 * ∫ S dt over ascending times, by parabolas through three at a time; null if most spins have not passed at the end, or if the remaining
 * spins (assumed to survive as long again) or the spacing could change it by more than 0.1 %.
 */
export function meanOfSurvival(
  times: readonly number[],
  survival: readonly number[],
  errorEstimate: number,
): MeanOfSurvival | null {
  const cells = times.length - 1;
  if (cells < 4 || cells % 4 !== 0) return null;
  const integral = (stride: number): number => {
    let sum = 0;
    for (let i = 0; i < cells; i += 2 * stride) {
      const [a, b, c] = [i, i + stride, i + 2 * stride].map((k) => ({ t: times[k], s: survival[k] }));
      const [h, k] = [b.t - a.t, c.t - b.t];
      sum += ((h + k) / 6) * ((2 - k / h) * a.s + ((h + k) ** 2 / (h * k)) * b.s + (2 - h / k) * c.s);
    }
    return sum;
  };
  const mean = integral(1);
  const duration = times[cells] - times[0];
  const spacing = Math.abs(mean - integral(2));
  const rest = (survival[cells] + errorEstimate) * duration;
  return spacing + rest <= meanError * mean
    ? { mean, errorEstimate: (spacing / halving + rest) / mean }
    : null;
}
