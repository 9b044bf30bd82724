import { bounds } from "../expression/bounds.ts";
import type { Problem } from "./problem.ts";
import { boxOf } from "./spread-box.ts";

/**
 * Kicks √(2Dh) that must lie between two thresholds, or between a start and a threshold that is sampled once a step. The shift of
 * thresholds stands for the mean overshoot of a walk that has come a long way; a Gaussian walk forgets where it began as exp(−2.5 x/√(2Dh)) (the zeros of
 * 1 − exp(−θ²/2) nearest to 0 are √(4πi)), and both shifts of 0.58 are taken off the way.
 */
export const fewestKicks = 4;

/** What a kick depends on. */
export type Kicked = Pick<Problem, "dynamics" | "spreads" | "timeStep" | "steps">;

/** The largest diffusion constant of a run, of any spin. */
export function largestDiffusion(problem: Kicked): number {
  const { high } = bounds(problem.dynamics.diffusion, boxOf(problem));
  return Number.isFinite(high.bound) ? high.bound : high.attained;
}

/**
 * The longest reduced step at which shifted thresholds stand for watched paths, or infinity where nothing is close; `way` is the
 * shortest way that sets it. `ways` are those on the sphere, in rad, that spins must go between two samples that matter.
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
