import { bounds } from "../expression/bounds.ts";
import type { Problem } from "./problem.ts";
import { boxOf } from "./spread-box.ts";

/**
 * Kicks √(2Dh) that must lie between two thresholds, or between a start and a threshold that is sampled once a step. The shift of a
 * threshold is the mean overshoot of a walk that has come from far away. A Gaussian walk forgets its start as exp(−2.5 x/√(2Dh)) (the
 * zeros of 1 − exp(−θ²/2) nearest to 0 are √(4πi)), and both shifts of 0.58 shorten the distance x.
 */
export const fewestKicks = 4;

/** The properties of a problem that set the size of a kick. */
export type Kicked = Pick<Problem, "dynamics" | "spreads" | "timeStep" | "steps">;

/** The largest diffusion constant of a run, of any spin. */
export function largestDiffusion(problem: Kicked): number {
  const { high } = bounds(problem.dynamics.diffusion, boxOf(problem));
  return Number.isFinite(high.bound) ? high.bound : high.attained;
}

/**
 * The longest reduced step at which shifted thresholds replace the detection of crossings between steps; infinite if no distance limits
 * it. `ways` are the angles, rad, between two thresholds or between start and threshold; `way` is the smallest, which sets the step.
 */
export function thresholdSpacing(
  problem: Kicked,
  ways: readonly number[],
): { readonly longest: number; readonly way: number } {
  const way = Math.min(Number.POSITIVE_INFINITY, ...ways.filter((x) => x > 0));
  if (way === Number.POSITIVE_INFINITY) return { longest: way, way };
  const diffusion = largestDiffusion(problem);
  return {
    longest: diffusion > 0 ? (way / fewestKicks) ** 2 / (2 * diffusion) : Number.POSITIVE_INFINITY,
    way,
  };
}
