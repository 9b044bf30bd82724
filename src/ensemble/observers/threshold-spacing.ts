import type { Problem } from "../../experiment/problem.ts";
import { evaluator, sampleTimes, spreadCorners } from "../../experiment/sphere-sample.ts";

/**
 * Kicks √(2Dh) that must lie between two thresholds, or between a start and a threshold. The shift of thresholds stands for the mean
 * overshoot of a walk that has come a long way; a Gaussian walk forgets where it began as exp(−2.5 x/√(2Dh)) (the zeros of
 * 1 − exp(−θ²/2) nearest to 0 are √(4πi)), and both shifts of 0.58 are taken off the way.
 */
const fewestKicks = 4;

/**
 * The longest reduced step at which shifted thresholds stand for watched paths, or infinity where nothing is close; `way` is the
 * shortest way that sets it. `ways` are those on the sphere, in rad, that spins must go between two looks that matter. A start on a rim or within it asks for nothing: it has passed.
 */
export function thresholdSpacing(
  problem: Pick<Problem, "dynamics" | "spreads" | "timeStep" | "steps" | "breakpoints">,
  ways: readonly number[],
): { readonly longest: number; readonly way: number } {
  const way = Math.min(Number.POSITIVE_INFINITY, ...ways.filter((x) => x > 0));
  if (way === Number.POSITIVE_INFINITY) return { longest: way, way };
  const evaluate = evaluator([problem.dynamics.diffusion], problem.spreads);
  const times = sampleTimes(problem.timeStep * problem.steps, problem.breakpoints, 64);
  const corners = spreadCorners(problem.spreads, 3);
  const diffusion = Math.max(
    ...times.flatMap((t) => corners.map((corner) => evaluate([0, 0, 1], t, corner)[0])),
  );
  return {
    longest: diffusion > 0 ? (way / fewestKicks) ** 2 / (2 * diffusion) : Number.POSITIVE_INFINITY,
    way,
  };
}
