import type { Problem } from "../experiment/problem.ts";
import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { areParallel } from "../numerics/parallel.ts";
import type { Band } from "./band-basis.ts";
import { thresholdsOf } from "./condition.ts";
import type { DwellThresholds } from "./dwell.ts";
import { belt } from "./dwell.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Passage } from "./first-passage.ts";
import { firstPassage, passageOutOf } from "./first-passage.ts";
import type { Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong, outOfFrame } from "./frame.ts";
import type { PointMass } from "./initial-well.ts";
import { instantaneous } from "./instantaneous.ts";
import { interruptible } from "./interruptible.ts";
import { survivalSeconds } from "./passage-survival.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

/**
 * The law of two-threshold dwells on either side: the probability that one lasts longer than each of the given times. Errors are the
 * largest difference of a probability between two resolutions.
 */
export interface DwellSurvival {
  readonly up: Exact<readonly number[]>;
  readonly down: Exact<readonly number[]>;
}

/** Tolerance of means and laws; more digits do not matter in a figure or in a test with some thousand dwells. */
const tolerance = 1e-4;
/** Most seconds for a law if the experiment sets no limit for the exact side, and otherwise its share of the limit. */
const [usualSeconds, shareOfSeconds] = [2, 1 / 6];
/** Largest relative difference between the mean of a law and the mean of all dwells. */
const largestDifference = 1e-3;

/**
 * A dwell starts on one threshold and ends on the other, so it is the first passage from the distribution of starts. If the problem is
 * symmetric about the axis of the thresholds, all points of the threshold are equal starts; otherwise starts are distributed along it as the
 * current of the other label.
 */
export function dwellSurvival(
  solution: FokkerPlanckSolution,
  thresholds: DwellThresholds,
  times: readonly number[],
  mostSeconds = usualSeconds,
): Exact<DwellSurvival> {
  return areAboutOneAxis(solution, thresholds)
    ? exactly(fromAnyPoint(solution, thresholds, times))
    : fromEntries(solution, thresholds, times, mostSeconds);
}

/** Whether the dynamics is symmetric about the axis of the thresholds; then dwells are also independent of each other. */
export const areAboutOneAxis = ({ axis: common }: FokkerPlanckSolution, { axis }: DwellThresholds): boolean =>
  common !== undefined && areParallel(common, axis);

function fromAnyPoint(
  { dynamics }: FokkerPlanckSolution,
  { axis, up, down }: DwellThresholds,
  times: readonly number[],
): DwellSurvival {
  const frame = frameAlong(axis);
  const on = (z: number): Vec3 => outOfFrame(frame, [Math.sqrt((1 - z) * (1 + z)), 0, z]);
  const lasting = (from: number, to: number, begin: number) =>
    firstPassage(dynamics, { axis, from, to }, { direction: on(begin) }, times, { tolerance }).survival;
  return { up: lasting(down, 1, up), down: lasting(-1, up, down) };
}

const tooExpensive = (reason: string): string =>
  `the law of dwell times: ${reason}; it may take a sixth of the seconds under exact:`;

function fromEntries(
  solution: FokkerPlanckSolution,
  { axis, up, down }: DwellThresholds,
  times: readonly number[],
  mostSeconds: number,
): Exact<DwellSurvival> {
  const frame = frameAlong(axis);
  const held = instantaneous(solution.dynamics, solution.time);
  const setting = {
    dynamics: dynamicsInFrame(frame, held),
    diffusion: compileScalar(held.diffusion, [])(),
    axial: false,
  };
  const between = belt(solution, { ...setting, band: { from: down, to: up }, tolerance: 1e-6 }, frame);
  if (between.value === null) return between;
  const { entries, transitionRate, occupationUp, errorEstimate, seconds } = between.value;
  // the bands of both labels are larger than the belt between the thresholds
  const least = survivalSeconds({ seconds }, { seconds: 0 });
  if (least > mostSeconds)
    return outOfReach(tooExpensive(`survival would take more than ${Math.ceil(least)} s`));
  const passage = (band: Band, masses: readonly PointMass[]) =>
    passageOutOf({ ...setting, band, tolerance }, { masses }, times, mostSeconds);
  const lasting = ({ mean, survival }: Passage, share: number): DwellSurvival["up"] => {
    if (survival.value === null) return outOfReach(tooExpensive(survival.reason));
    if (mean.value === null) return outOfReach(tooExpensive(mean.reason));
    // two independent results: the mean of the law, and the time under a label over the number of exits from it
    const apart = Math.abs((mean.value * transitionRate) / share - 1);
    return apart <= largestDifference
      ? exactly(
          survival.value,
          Math.max(survival.errorEstimate ?? 0, mean.errorEstimate ?? 0, errorEstimate, apart),
        )
      : outOfReach(
          `the mean of the law of dwell times and that of all dwells differ by ${apart.toExponential(1)}`,
        );
  };
  const above = passage({ from: down, to: 1 }, entries.up);
  const upper = lasting(above, occupationUp);
  // if one side takes too long the other is not started
  return exactly({
    up: upper,
    down: above.isTooExpensive
      ? outOfReach(upper.reason ?? "")
      : lasting(passage({ from: -1, to: up }, entries.down), 1 - occupationUp),
  });
}

/** The same between two conditions on m that start and end "up"; the user may stop it. */
export function dwellSurvivalBetween(
  problem: Pick<Problem, "experiment" | "exactSeconds">,
  solution: FokkerPlanckSolution,
  { up, down }: { readonly up: Expression; readonly down: Expression },
  times: readonly number[],
): Exact<DwellSurvival> {
  const thresholds = thresholdsOf(up, down);
  if (thresholds.value === null) return thresholds;
  const { value } = thresholds;
  const mostSeconds = problem.exactSeconds === undefined ? undefined : shareOfSeconds * problem.exactSeconds;
  return interruptible(problem, () => dwellSurvival(solution, value, times, mostSeconds));
}
