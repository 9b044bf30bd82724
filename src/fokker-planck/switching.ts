import type { PlannedObservable, Problem } from "../experiment/problem.ts";
import { variablesOf } from "../expression/expression.ts";
import { halfSpaceOf, thresholdsOf } from "./condition.ts";
import type { Dwell } from "./dwell.ts";
import { dwellTimes } from "./dwell.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Passage } from "./first-passage.ts";
import { firstPassage } from "./first-passage.ts";
import type { Prediction } from "./predict.ts";

/** Whether anything in the dynamics changes in time. */
export const isDriven = ({ dynamics }: Problem): boolean =>
  variablesOf(dynamics.psi, dynamics.omega, dynamics.diffusion).has("t");

/** First passage of a problem's ensemble: mean and survival at reduced times, averaged over spreads. */
export function predictPassage(
  problem: Problem,
  prediction: Prediction,
  observable: Extract<PlannedObservable, { type: "firstPassage" }>,
  times: readonly number[],
): Exact<Passage> {
  if (isDriven(problem)) return outOfReach("first passage under a changing drive is not computed");
  const set = halfSpaceOf(observable.until);
  if (set.value === null) return set;
  const region = { axis: set.value.axis, from: set.value.value, to: 1 };
  if (region.from <= -1) return outOfReach("no direction of m meets the condition");
  const parts: Passage[] = [];
  for (const { solution, initial } of prediction.members) {
    const found = firstPassage(solution.dynamics, region, initial, times);
    if (found.value === null) return found;
    parts.push(found.value);
  }
  const average = (of: (part: Passage) => number): number =>
    parts.reduce((sum, part, i) => sum + prediction.members[i].weight * of(part), 0);
  return exactly({
    mean: average((part) => part.mean),
    survival: times.map((_, i) => average((part) => part.survival[i])),
    errorEstimate: Math.max(...parts.map((part) => part.errorEstimate)),
  });
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
