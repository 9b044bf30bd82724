import type { Problem } from "../../experiment/problem.ts";
import { thresholdSpacing } from "../../experiment/threshold-spacing.ts";
import type { ObservedDwell } from "./count.ts";
import { way } from "./count.ts";
import type { PlannedDwell } from "./spec.ts";

/**
 * Dwells are not counted if the step exceeds by more than this factor the longest one that keeps thresholds four kicks
 * apart.
 */
const mostCrowded = 2;
/** Visits last whole numbers of steps; a minimum of fewer steps is too coarse. */
const fewestSteps = 4;
/** Share of a mean that may be unknown. */
const mostUnknown = 0.02;

/** Share of a mean dwell that may be missing, from crossings that began before the run and time without a label. */
export function unknownShare(
  { missed, unlabelled, occupationUp, ...found }: ObservedDwell,
  side: "up" | "down",
): number {
  const share = side === "up" ? (occupationUp ?? 1) : 1 - (occupationUp ?? 0);
  const count = found[side]?.count ?? 0;
  return (count > 0 ? missed[side] / count : 0) + (share > 0 ? unlabelled / share : 0);
}

/** Why a mean dwell of an ensemble is biased by more than a test can allow, or undefined. */
export function withheld(
  observed: ObservedDwell,
  planned: PlannedDwell,
  problem: Problem,
  side: "up" | "down",
): string | undefined {
  const between = way(planned);
  const { longest } = thresholdSpacing(problem, between === undefined ? [] : [between]);
  if (problem.timeStep > mostCrowded * longest)
    return `the thresholds are ${(between as number).toPrecision(2)} rad apart, too close for steps of ${problem.timeStep.toPrecision(2)}: at most ${longest.toPrecision(2)} (both reduced) are needed to count crossings`;
  if (planned.minimumSteps !== undefined && planned.minimumSteps < fewestSteps)
    return `minimum is only ${planned.minimumSteps} steps, and at least ${fewestSteps} are needed: time.step must be shorter`;
  const unknown = observed[side] ? unknownShare(observed, side) : 0;
  return unknown > mostUnknown
    ? `up to ${(100 * unknown).toPrecision(2)} % of it began before the run, which is too short beside the time that spins spend between the thresholds`
    : undefined;
}
