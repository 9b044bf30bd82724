import type { Problem } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { floor, max, min, mul, sqrt } from "../../expression/expression.ts";

/** Bins of the passage time. */
export const passageBins = 256;

/**
 * Edges of the bins as shares of the run, (i/256)⁴: down to 2e-10 of the run early on, because spins that start near
 * the rim pass at once, and 1.6 % apart at its end.
 */
export const passageShares: readonly number[] = Array.from(
  { length: passageBins + 1 },
  (_, i) => (i / passageBins) ** 4,
);

/** Reduced times of the edges of the bins in which passages are counted. */
export const passageEdges = ({ steps, timeStep }: Pick<Problem, "steps" | "timeStep">): number[] =>
  passageShares.map((share) => share * steps * timeStep);

/** The bin of a share of the run. */
export const passageBin = (share: Expression): Expression =>
  min(floor(mul(passageBins, sqrt(sqrt(max(share, 0))))), passageBins - 1);
