import { notCompared } from "../experiment/choices.ts";
import type { Problem } from "../experiment/problem.ts";
import { observes, ruleStep } from "../experiment/scheme.ts";
import { thresholdSpacing } from "../experiment/threshold-spacing.ts";
import { largestStepGrowth } from "../experiment/time-step.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { predict } from "../fokker-planck/predict.ts";
import { integrators } from "../integrators/index.ts";
import { reduce } from "../observables/experiment.ts";
import { observables } from "../observables/index.ts";
import { largestLikely } from "../statistics/decided-pilot.ts";
import { foundBias } from "../statistics/half-step-pilot.ts";
import type { PromisedBias } from "../statistics/promised-bias.ts";
import { promisedBias } from "../statistics/promised-bias.ts";
import { startsStationary } from "../statistics/settled.ts";
import type { TimeStepBias } from "../statistics/time-step-bias.ts";
import { isKnownAtRest, timeStepBias } from "../statistics/time-step-bias.ts";

/** The exact side of a problem, or why there is none. */
export const predictionOf = (problem: Problem): Exact<Prediction> =>
  problem.compare ? predict(problem) : outOfReach(notCompared);

/** Target bias as a share of the limit, because the laws of growth are only leading orders. */
const aim = 0.8;
const mostRounds = 6;
/** A shorter step must remove at least this share of a bias; even first order in the step halves it. */
const unchanged = 0.9;

/** The largest bias that single observables report (spectra), as a share of the promised one. */
const ownShare = (problem: Problem, { value }: Exact<Prediction>, limits: PromisedBias): number =>
  Math.max(
    0,
    ...problem.observables.map((planned) =>
      value ? (observables[planned.type].stepShare?.(planned, problem, value, limits) ?? 0) : 0,
    ),
  );

/**
 * The largest bias as a share of its limit; unknown biases count as zero. Where the bias of moments is known without a pilot, its few spins
 * are not considered.
 */
function worstShare(
  { moments, rate, pilot }: TimeStepBias,
  limits: PromisedBias,
  prediction: Exact<Prediction>,
): number {
  const sampled = pilot.value && !isKnownAtRest(moments, prediction) ? foundBias(pilot.value) : 0;
  return Math.max(
    (moments.value?.moments ?? 0) / limits.moments,
    Math.abs(rate.value ?? 0) / limits.rate,
    sampled / limits.moments,
  );
}

/**
 * The largest bias, as a share of the limit, that counts before a step becomes longer than the rule of thumb; infinite if a bias is
 * unknown. Observables that test for crossings at every step keep the rule's step, and so do those whose phases add up over the run. A
 * run that does not start stationary needs a pilot whose biases, with their errors, are below the limit.
 */
function shareBeforeGrowth(
  problem: Problem,
  { value: prediction }: Exact<Prediction>,
  { moments, rate, pilot }: TimeStepBias,
  limits: PromisedBias,
): number {
  const isKept =
    prediction === null ||
    moments.value === null ||
    rate.value === null ||
    observes(observables, problem, "crossings") ||
    observes(observables, problem, "phases") ||
    problem.observables.some(({ gather }) => gather);
  if (isKept) return Number.POSITIVE_INFINITY;
  if (startsStationary(prediction)) return 0;
  return pilot.value ? largestLikely(pilot.value, limits.moments) / limits.moments : Number.POSITIVE_INFINITY;
}

/** Distances on the sphere between the thresholds of a problem's observables, rad. */
const waysOf = (problem: Problem): number[] =>
  problem.observables.flatMap((planned) => observables[planned.type].way?.(planned, problem) ?? []);

/** Factor by which a step is shortened for thresholds that are close to each other. */
const mostCrowding = 64;

const warned = <Found extends { problem: Problem }>(found: Found, way: number): Found => ({
  ...found,
  problem: {
    ...found.problem,
    warnings: [
      ...found.problem.warnings,
      `a threshold is ${way.toPrecision(2)} rad from another one, less than four kicks of a step: the times between them have an error of about the time of one kick`,
    ],
  },
});

/** A problem whose step keeps the promised bias, and its solution. */
export interface CheckedStep {
  readonly problem: Problem;
  readonly prediction: Exact<Prediction>;
  /** The step relative to the rule's, as `reduce` takes it; null if it is unchanged. */
  readonly scale: number | null;
}

/**
 * `step: auto` is checked before it is used: its bias is computed from the exact solution and verified by a half-step
 * pilot. A step with more than the promised bias, that of spectra included, is shortened until it keeps the promise.
 * With `grow`, a step with far less bias is lengthened, up to `largestStepGrowth`. If no bias can be computed, the
 * rule's step stays. The step is also shortened until thresholds lie four kicks apart.
 */
export function withCheckedStep(
  first: Problem,
  limits: PromisedBias = promisedBias(first),
  grow = false,
): CheckedStep {
  const { experiment } = first;
  let found: CheckedStep = { problem: first, prediction: predictionOf(first), scale: null };
  if (experiment.time.step !== "auto") return found;
  const take = (scale: number): CheckedStep => {
    const problem = reduce(experiment, scale);
    return { problem, prediction: predictionOf(problem), scale };
  };
  const rule = ruleStep(observables, experiment, first.integrator, first.timeStepLimit);
  let scale = first.timeStep / rule;
  const spaced = thresholdSpacing(found.problem, waysOf(found.problem));
  const isCrowded = found.problem.timeStep > spaced.longest;
  if (isCrowded) {
    scale = Math.max(spaced.longest / rule, scale / mostCrowding);
    found = take(scale);
    if (found.problem.timeStep > 1.01 * spaced.longest) found = warned(found, spaced.way);
  }
  const { weakOrder, stepLimit } = integrators[first.integrator];
  const most = largestStepGrowth(stepLimit);
  let hasShrunk = false;
  let before: { readonly taken: typeof found; readonly share: number } | undefined;
  for (let round = 0; round < mostRounds; round++) {
    const { problem, prediction } = found;
    const bias = timeStepBias(problem, prediction);
    const spectral = ownShare(problem, prediction, limits);
    const share = Math.max(worstShare(bias, limits, prediction), spectral);
    const isTooLong = share > 1;
    // if a shorter step does not reduce the bias, it is the resolution of the computed bias
    if (before && spectral === share && share > unchanged * before.share) return before.taken;
    const mayGrow = grow && !isTooLong && !hasShrunk && scale < most;
    const whole = mayGrow ? Math.max(share, shareBeforeGrowth(problem, prediction, bias, limits)) : share;
    if (!isTooLong && !(mayGrow && whole < aim / 2)) break;
    hasShrunk ||= isTooLong;
    before = isTooLong ? { taken: found, share } : undefined;
    const factor = (aim / Math.max(whole, 1e-9)) ** (1 / weakOrder);
    scale = Math.min(most, scale * factor);
    const next = take(scale);
    // steps are whole: a factor that does not change their number changes nothing
    if (next.problem.steps === problem.steps) break;
    found = next;
  }
  return found;
}
