import type { Dynamics } from "../physics/dynamics.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { generator, withDiffusionOf } from "./generator.ts";
import type { ResolutionAnswer } from "./resolution.ts";
import { resolved } from "./resolution.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { largestError } from "./sphere-agreement.ts";
import type { SphereProblem } from "./sphere-problem.ts";
import { inHarmonics } from "./sphere-problem.ts";

/**
 * Solves dynamics with nearly the same numbers in the harmonics of another solution, starting from its modes. The truncation error is
 * nearly the same in both, so a difference quotient has a smaller error than with two independent choices of harmonics.
 */
export function nearbySolution(
  dynamics: Dynamics,
  solution: FokkerPlanckSolution,
  near: ResolutionAnswer,
  { held, limits }: SphereProblem,
): Exact<FokkerPlanckSolution> {
  const prepared = inHarmonics(dynamics, { ...held, ...limits });
  if (prepared.value === null) return prepared;
  const { lmax, mmax, height } = near.generator.index;
  const { separated } = prepared.value;
  const isSameDrift = dynamics.psi === solution.dynamics.psi && dynamics.omega === solution.dynamics.omega;
  const own = isSameDrift
    ? withDiffusionOf(separated, near.generator)
    : generator(separated, lmax, mmax, false, height);
  const { mode, stationary } = resolved(own, { ...held, ...prepared.value }, near);
  const { slowestRate } = solution;
  const error = Math.max(slowestRate.errorEstimate ?? 0, mode.rounding);
  const alone = outOfReach<never>("one resolution alone has no errors");
  return exactly({
    ...solution,
    dynamics,
    slowestRate:
      mode.rate.re > 0 && error <= largestError
        ? exactly(mode.rate.re, error)
        : outOfReach<number>(slowestRate.reason ?? "rounding leaves no digits of the slowest rate"),
    stationary: () => {
      const known = solution.stationary();
      return known.value === null ? known : exactly(stationary, known.errorEstimate);
    },
    slowestLeft: mode.left,
    eigenvalues: () => alone,
    evolve: () => alone,
    generator: () => exactly(own),
    nearby: () => alone,
  });
}
