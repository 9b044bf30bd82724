import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { thresholdsOf } from "./condition.ts";
import type { DwellThresholds } from "./dwell.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { firstPassage } from "./first-passage.ts";
import type { Vec3 } from "./frame.ts";
import { areParallel, frameAlong, outOfFrame } from "./frame.ts";
import { interruptible } from "./interruptible.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/** The law of two-threshold dwells: the probability that one lasts longer than each of the times asked for. */
export interface DwellSurvival {
  readonly up: readonly number[];
  readonly down: readonly number[];
  /** Largest difference of a probability between two resolutions. */
  readonly errorEstimate: number;
}

/**
 * A dwell begins on one threshold and ends on the other: where all turns about their axis it is the first passage from a
 * point, whatever the azimuth. Elsewhere the density of entries along the threshold would have to be known.
 */
export function dwellSurvival(
  { axis: common, dynamics }: FokkerPlanckSolution,
  { axis, up, down }: DwellThresholds,
  times: readonly number[],
): Exact<DwellSurvival> {
  if (!common || !areParallel(common, axis))
    return outOfReach(
      "the distribution of dwell times is computed only if dynamics and thresholds share an axis; their means do not need that",
    );
  const frame = frameAlong(axis);
  const on = (z: number): Vec3 => outOfFrame(frame, [Math.sqrt((1 - z) * (1 + z)), 0, z]);
  const lasting = (from: number, to: number, begin: number) =>
    firstPassage(dynamics, { axis, from, to }, { kind: "direction", m: on(begin) }, times, {
      tolerance: 1e-4,
    });
  const [above, below] = [lasting(down, 1, up), lasting(-1, up, down)];
  if (above.value === null) return above;
  if (below.value === null) return below;
  return exactly({
    up: above.value.survival,
    down: below.value.survival,
    errorEstimate: Math.max(above.value.errorEstimate, below.value.errorEstimate),
  });
}

/** The same between the conditions on m that begin and end "up", of a problem whose user may stop it. */
export function dwellSurvivalBetween(
  problem: Pick<Problem, "experiment" | "exactSeconds">,
  solution: FokkerPlanckSolution,
  { up, down }: { readonly up: Expression; readonly down: Expression },
  times: readonly number[],
): Exact<DwellSurvival> {
  const thresholds = thresholdsOf(up, down);
  if (thresholds.value === null) return thresholds;
  const { value } = thresholds;
  return interruptible(problem, () => dwellSurvival(solution, value, times));
}
