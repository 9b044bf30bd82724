import type { DwellSurvival } from "../fokker-planck/dwell-survival.ts";
import { dwellSurvivalBetween } from "../fokker-planck/dwell-survival.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import { predict } from "../fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";
import { levelsOf } from "../observables/index.ts";

/**
 * The exact law of dwell times of an experiment at some settings: the probability that a dwell lasts longer than each
 * of the times (s, ascending). The reason if the experiment defines no levels or the law cannot be computed.
 */
export function dwellLaw(
  experiment: unknown,
  settings: Readonly<Record<string, number>>,
  times: readonly number[],
): Exact<DwellSurvival> {
  const checked = checkExperiment(experiment, settings, "exact");
  if (!checked.ok) return outOfReach("the experiment has problems at these settings");
  const problem = reduce(checked.experiment);
  const levels = levelsOf(problem);
  if (!levels) return outOfReach("no observable of the experiment defines up and down");
  const prediction = predict(problem);
  if (prediction.value === null) return prediction;
  const { isSpread, spreadReason, typical } = prediction.value;
  if (isSpread) return outOfReach(spreadReason);
  const reduced = times.map((t) => t / problem.units.time);
  return dwellSurvivalBetween(problem, typical.solution, levels, reduced);
}
