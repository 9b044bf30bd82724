import type { Observation } from "../ensemble/observations.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import { interruptible } from "../fokker-planck/interruptible.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { observables } from "../observables/index.ts";
import type { AllowedBias } from "../statistics/agreement.ts";
import { comparedSteps } from "../statistics/agreement.ts";
import type { Comparison } from "../statistics/comparison.ts";

/** The exact partner of each observable of a problem, in order; null for those that only use densities. */
export type Partners = readonly (Exact<unknown> | null)[];

export const partnersOf = (
  problem: Problem,
  prediction: Prediction,
  onFigure: (figure: string) => void = () => {},
): Partners =>
  problem.observables.map((planned) => {
    const { predict } = observables[planned.type];
    if (!predict) return null;
    onFigure(planned.name);
    return interruptible(problem, () => predict(planned, problem, prediction));
  });

const noPartner = "no exact figure belongs to it";

/** For each observation, why exact figures of the stationary state do not apply to it; undefined if they do. */
export const unsettledOf = (
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction,
  partners: Partners,
): (string | undefined)[] =>
  observations.map((observed, i) => {
    const planned = problem.observables[i];
    return observables[planned.type].unsettled?.(observed, {
      planned,
      problem,
      prediction,
      known: partners[i] ?? outOfReach(noPartner),
    });
  });

/** Compares every observation with its exact partner. */
export function compareObservations(
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction,
  partners: Partners,
  bias: AllowedBias,
  unsettled: readonly (string | undefined)[] = unsettledOf(problem, observations, prediction, partners),
): Comparison[] {
  const recordedSteps = comparedSteps(problem);
  const recorded = () => prediction.densitiesEach(recordedSteps);
  return observations.flatMap((observed, i) => {
    const planned = problem.observables[i];
    const known = partners[i] ?? outOfReach(noPartner);
    const found = observables[planned.type].compare?.(observed, {
      problem,
      prediction,
      planned,
      known,
      bias,
      unsettled: unsettled[i],
      recordedSteps,
      recorded,
    });
    return (found ?? []).map((comparison) => ({ ...comparison, of: planned.name }));
  });
}
