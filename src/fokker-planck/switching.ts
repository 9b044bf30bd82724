import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { variablesOf } from "../expression/expression.ts";
import { halfSpaceOf, thresholdsOf } from "./condition.ts";
import type { Dwell } from "./dwell.ts";
import { dwellTimes } from "./dwell.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Passage, PassageRegion } from "./first-passage.ts";
import { firstPassage } from "./first-passage.ts";
import { frameAlong, inner } from "./frame.ts";
import type { InitialDensity } from "./initial.ts";
import type { Prediction } from "./predict.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { tailProbability } from "./tail-probability.ts";

/** Whether anything in the dynamics changes in time. */
export const isDriven = ({ dynamics }: Problem): boolean =>
  variablesOf(dynamics.psi, dynamics.omega, dynamics.diffusion).has("t");

/** What is known of a problem's first passage; the mean is null under a changing drive, which would have to be known for ever. */
export type PredictedPassage = Omit<Passage, "mean"> & { readonly mean: number | null };

/** First passage of a problem's ensemble: mean and survival at reduced times, averaged over spreads. */
export function predictPassage(
  problem: Problem,
  prediction: Prediction,
  observable: Extract<PlannedObservable, { type: "firstPassage" }>,
  times: readonly number[],
): Exact<PredictedPassage> {
  const set = halfSpaceOf(observable.until);
  if (set.value === null) return set;
  const region = { axis: set.value.axis, from: set.value.value, to: 1 };
  if (region.from <= -1) return outOfReach("no direction of m meets the condition");
  const parts: PredictedPassage[] = [];
  for (const { solution, initial } of prediction.members) {
    const found = isDriven(problem)
      ? drivenPassage(problem, solution, region, initial, times)
      : firstPassage(solution.dynamics, region, initial, times);
    if (found.value === null) return found;
    parts.push(found.value);
  }
  const average = (of: (part: PredictedPassage) => number): number =>
    parts.reduce((sum, part, i) => sum + prediction.members[i].weight * of(part), 0);
  return exactly({
    mean: parts.some((part) => part.mean === null) ? null : average((part) => part.mean as number),
    survival: times.map((_, i) => average((part) => part.survival[i])),
    errorEstimate: Math.max(...parts.map((part) => part.errorEstimate)),
  });
}

/** Absolute error of a survival probability under a changing drive that is accepted. */
const drivenError = 1e-4;

/** Survival under a changing drive, where the set to be reached is a cap about the common axis. */
function drivenPassage(
  problem: Problem,
  { axis, dynamics }: FokkerPlanckSolution,
  region: PassageRegion,
  initial: InitialDensity,
  times: readonly number[],
): Exact<PredictedPassage> {
  if (!axis || Math.abs(inner(axis, region.axis)) < 1 - 1e-14)
    return outOfReach("first passage under a changing drive is computed along a common axis only");
  const found = tailProbability(dynamics, frameAlong(region.axis), initial, times, {
    band: region,
    threshold: region.from,
    breakpoints: problem.breakpoints,
    absoluteTolerance: drivenError / 2,
  });
  if (found.value === null) return found;
  // spins live on one side of the threshold: the rim itself
  const alive = found.value.above;
  const errorEstimate = Math.max(...alive.map((figure) => figure.value * figure.errorEstimate));
  return errorEstimate <= drivenError
    ? exactly({ mean: null, survival: alive.map(({ value }) => value), errorEstimate })
    : outOfReach(`survival did not settle: two resolutions differ by ${errorEstimate.toExponential(1)}`);
}

/** Two-threshold dwell times of a problem in its stationary state. */
export function predictDwell(
  problem: Problem,
  prediction: Prediction,
  observable: Extract<PlannedObservable, { type: "dwell" }>,
): Exact<Dwell> {
  if (isDriven(problem)) return outOfReach("dwell times under a changing drive are not computed");
  if (prediction.members.length > 1) return outOfReach("dwell times differ from spin to spin");
  const thresholds = thresholdsOf(observable.up, observable.down);
  if (thresholds.value === null) return thresholds;
  return dwellTimes(prediction.members[0].solution, thresholds.value);
}
