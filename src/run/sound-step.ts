import type { Problem } from "../experiment/problem.ts";
import { reduce } from "../experiment/reduce.ts";
import { largestStepGrowth } from "../experiment/time-step.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { predict } from "../fokker-planck/predict.ts";
import { integrators } from "../integrators/index.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { allowedRateBias, allowedStepBias, timeStepBias } from "../statistics/time-step-bias.ts";
import { startsStationary } from "./settled.ts";

/** The exact side of a problem, or why there is none. */
export const predictionOf = (problem: Problem): Exact<Prediction> =>
  problem.compare ? predict(problem) : outOfReach("the experiment says compare: none");

export interface StepLimits {
  /** Largest bias of first and second moments, stationary and at recorded times. */
  readonly moments: number;
  /** Largest relative bias of the slowest rate. */
  readonly rate: number;
}

const defaultLimits: StepLimits = { moments: allowedStepBias, rate: allowedRateBias };

/** Standard errors a pilot's bias must stand above before a step is shortened for it. */
const significant = 3;
/** Bias aimed at, as a share of the limit: the laws of growth are leading orders. */
const aim = 0.8;
const mostRounds = 6;

/** The largest bias as a share of its limit; what is not known counts as nothing. */
function worstShare({ moments, rate, pilot }: TimeStepBias, limits: StepLimits): number {
  const sampled = pilot.value ? pilot.value.bias - significant * pilot.value.biasError : 0;
  return Math.max(
    (moments.value?.moments ?? 0) / limits.moments,
    Math.abs(rate.value ?? 0) / limits.rate,
    sampled / limits.moments,
  );
}

/** Observables that look at the ensemble at recorded times and nowhere between. */
const recorded = new Set(["moments", "histogram", "entropyProduction"]);

/**
 * Whether a step may be longer than the rule of thumb: only where all that the step can spoil is known to stay below the limits. First passages
 * and dwells are looked for at every step and spectra carry a phase error over the whole run, so these keep the rule's step;
 * a run that does not start stationary needs a pilot whose error is below the limit.
 */
function mayGrow(problem: Problem, prediction: Prediction, bias: TimeStepBias, limits: StepLimits): boolean {
  return (
    bias.moments.value !== null &&
    bias.rate.value !== null &&
    problem.observables.every((o) => recorded.has(o.type) && !("gather" in o && o.gather)) &&
    (startsStationary(prediction) ||
      (bias.pilot.value !== null && significant * bias.pilot.value.biasError < limits.moments))
  );
}

/**
 * `step: auto` is checked before it is used: its bias is computed from the exact solution and verified by a half-step pilot. A step
 * whose bias is above a limit is shortened until it is not; where `grow` says so, one whose bias is far below is lengthened,
 * up to `largestStepGrowth`. Where nothing can be computed the rule's step stands.
 */
export function withSoundStep(
  first: Problem,
  limits: StepLimits = defaultLimits,
  grow = false,
): { problem: Problem; prediction: Exact<Prediction> } {
  let found = { problem: first, prediction: predictionOf(first) };
  if (first.experiment.time.step !== "auto") return found;
  const { weakOrder, stepLimit } = integrators[first.integrator];
  const most = largestStepGrowth(stepLimit);
  let scale = first.timeStep / first.timeStepLimit;
  let hasShrunk = false;
  for (let round = 0; round < mostRounds; round++) {
    const { problem, prediction } = found;
    const bias = timeStepBias(problem, prediction);
    const share = worstShare(bias, limits);
    const isTooLong = share > 1;
    const isShort = grow && !hasShrunk && share < aim / 2 && scale < most;
    if (!isTooLong && !(isShort && prediction.value && mayGrow(problem, prediction.value, bias, limits)))
      break;
    hasShrunk ||= isTooLong;
    const factor = (aim / Math.max(share, 1e-9)) ** (1 / weakOrder);
    scale = Math.min(most, scale * factor);
    const next = reduce(first.experiment, scale);
    // whole steps: what does not change the number of them changes nothing
    if (next.steps === problem.steps) break;
    found = { problem: next, prediction: predictionOf(next) };
  }
  return found;
}
