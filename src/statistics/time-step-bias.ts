import type { Problem } from "../experiment/problem.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import { interruptible } from "../fokker-planck/interruptible.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import type { AllowedBias } from "./agreement.ts";
import type { Bound } from "./certificate.ts";
import { decidedPilot } from "./decided-pilot.ts";
import type { Pilot } from "./half-step-pilot.ts";
import { halfStepPilot, isFound } from "./half-step-pilot.ts";
import type { PromisedBias } from "./promised-bias.ts";
import { allowedRateBias, allowedStepBias, promisedBias } from "./promised-bias.ts";
import { rateBias } from "./rate-bias.ts";
import { startsStationary } from "./settled.ts";
import type { StepBias } from "./step-bias.ts";
import { stepBias } from "./step-bias.ts";

/** Number of a pilot's standard errors that the certificate allows. */
const forgiven = 4.5;

/** All known biases of averages by the step of a problem. */
export interface TimeStepBias {
  /** Of stationary moments, computed. */
  readonly moments: Exact<StepBias>;
  /** Of the slowest rate, relative, computed. */
  readonly rate: Exact<number>;
  /** Of the moments at recorded times, sampled. */
  readonly pilot: Exact<Pilot>;
}

/**
 * Whether the bias of a run's moments is known without a pilot: a run that is stationary from the start never has more bias than its
 * stationary state.
 */
export const isKnownAtRest = (moments: Exact<StepBias>, { value: prediction }: Exact<Prediction>): boolean =>
  prediction !== null && moments.value !== null && startsStationary(prediction);

const known = new WeakMap<Problem, TimeStepBias>();

/** The bias of a problem's step, computed once for each problem. */
export function timeStepBias(problem: Problem, prediction: Exact<Prediction>): TimeStepBias {
  const found = known.get(problem);
  if (found) return found;
  const solution = prediction.value?.typical.solution;
  const unsolved = outOfReach<never>(prediction.reason ?? "");
  const moments = solution ? interruptible(problem, () => stepBias(problem, solution)) : unsolved;
  const bias = {
    moments,
    rate: solution ? interruptible(problem, () => rateBias(problem, solution)) : unsolved,
    pilot: interruptible(problem, () =>
      isKnownAtRest(moments, prediction)
        ? halfStepPilot(problem)
        : decidedPilot(problem, promisedBias(problem).moments),
    ),
  };
  known.set(problem, bias);
  return bias;
}

/** Stores a bias that was computed elsewhere, for one of several problems that share a step. */
export const assumeBias = (problem: Problem, bias: TimeStepBias): void => void known.set(problem, bias);

/**
 * Bias that comparisons of densities allow: the computed one of the stationary state, or the one that a pilot has
 * detected at recorded times, but never more than the limit.
 */
export function forgivenBias({ moments, pilot }: TimeStepBias): AllowedBias {
  const { bias, relative } = pilot.value && isFound(pilot.value) ? pilot.value : { bias: 0, relative: 0 };
  const share = Math.min(1, allowedStepBias / bias);
  return {
    moments: Math.max(moments.value?.moments ?? 0, share * bias),
    relative: Math.max(moments.value?.relative ?? 0, share * relative),
  };
}

/** The certificate's limits on the bias. A pilot must stay below the limit plus a few of its own standard errors. */
export function biasBounds({ moments, rate, pilot }: TimeStepBias): Bound[] {
  return [
    ...(moments.value
      ? [{ name: "bias of moments by the time step", value: moments.value.moments, limit: allowedStepBias }]
      : []),
    ...(rate.value !== null
      ? [
          {
            name: "relative bias of the slowest rate by the time step",
            value: Math.abs(rate.value),
            limit: allowedRateBias,
          },
        ]
      : []),
    ...(pilot.value
      ? [
          {
            name: "bias of recorded moments by a half-step pilot",
            value: pilot.value.bias,
            limit: allowedStepBias + forgiven * pilot.value.biasError,
          },
        ]
      : []),
  ];
}

const because = ({ reason }: { readonly reason?: string | undefined }): { readonly reason?: string } =>
  reason === undefined ? {} : { reason };

/** A pilot without the list of all biases, which a result does not hold. */
const summarized = ({ all, ...found }: Pilot): Omit<Pilot, "all"> => found;

/** The bias as a result holds it: plain numbers, null with a reason. `promised` is what `step: auto` keeps to. */
export const describeBias = ({ moments, rate, pilot }: TimeStepBias, promised: PromisedBias) => ({
  value: moments.value?.moments ?? null,
  limit: allowedStepBias,
  promised,
  ...because(moments),
  rate: { value: rate.value, limit: allowedRateBias, ...because(rate) },
  halfStepPilot: { ...(pilot.value ? summarized(pilot.value) : { difference: null }), ...because(pilot) },
});
