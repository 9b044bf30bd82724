import { comparedBinnings } from "../experiment/compared-binnings.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue } from "../expression/expression.ts";
import { averagedDensities } from "./density-averages.ts";
import type { Exact } from "./exact.ts";
import { allOrNone, eachOnce, exactly, outOfReach } from "./exact.ts";
import type { Member } from "./members.ts";
import { Members, namesOf } from "./members.ts";
import type { ObservedDensity } from "./mixture.ts";
import { evolvedEach } from "./solution.ts";
import type { Accuracy, SpreadAverage } from "./spread-average.ts";
import type { NodeFigures } from "./spread-interpolant.ts";
import { spreadSymmetry } from "./spread-symmetry.ts";

export type { Member } from "./members.ts";
export type { ObservedDensity } from "./mixture.ts";

/** The exact side of a problem: one solution, or one for each of the values of the spreads that averages need. Reduced units. */
export interface Prediction {
  /** The solution with every spread parameter at its mean. */
  readonly typical: Member;
  /** Whether all solutions so far have converged. */
  isConverged(): boolean;
  /** Number of solutions so far. */
  solutions(): number;
  /** Whether spins differ in their parameters. */
  readonly isSpread: boolean;
  /** Why there is no single rate if they do. */
  readonly spreadReason: string;
  /**
   * Averages over the spreads of figures of one member, with as many solutions as `accuracy` needs. Null with the reason if a solution
   * that matters is refused; `what` names the figures in it. `seen`: the functions of m on which alone the figures depend, if they are
   * known; rotations of m that do not change these then save solutions.
   */
  average(
    what: string,
    figures: (member: Member) => NodeFigures,
    accuracy: Pick<Accuracy, "of" | "wanted" | "enough" | "bound">,
    seen?: readonly Expression[],
  ): Exact<SpreadAverage>;
  /** Densities at the given steps, ascending; `errorEstimate` is the absolute error of moments. Refused if any of them is. */
  densities(steps: readonly number[]): Exact<readonly ObservedDensity[]>;
  /** The same with a result for each step, so that one that is not resolved does not affect the others. */
  densitiesEach(steps: readonly number[]): readonly Exact<ObservedDensity>[];
  stationary(): Exact<ObservedDensity>;
}

/** Solves the Fokker–Planck equation of a problem, or returns why it has none. */
export function predict(problem: Problem): Exact<Prediction> {
  if (constantValue(problem.dynamics.diffusion) === 0)
    return outOfReach("at zero temperature there is no density: every spin follows one path");
  const { spreads } = problem;
  const found = Members.of(problem);
  if (found.value === null) return found;
  const members = found.value;
  const densitiesEach = eachOnce((steps) => {
    const times = steps.map((step) => step * problem.timeStep);
    return averagedDensities(
      problem,
      members,
      "densities",
      ({ solution, initial }) => evolvedEach(solution, initial, times),
      steps.map((step) => comparedBinnings(problem, step)),
    );
  });
  return exactly({
    typical: members.typical,
    isSpread: spreads.length > 0,
    spreadReason: `rates differ from spin to spin: ${namesOf(problem)} ${spreads.length === 1 ? "has" : "have"} a spread`,
    isConverged: () => members.isConverged(),
    solutions: () => members.count,
    average: (what, figures, accuracy, seen) =>
      members.average(seen && spreadSymmetry(problem, seen), what, figures, accuracy),
    densities: (steps) => allOrNone(exactly(densitiesEach(steps))),
    densitiesEach,
    stationary() {
      const found = averagedDensities(
        problem,
        members,
        "the stationary density",
        ({ solution }) => {
          const state = solution.stationary();
          return state.value === null ? state : exactly([state]);
        },
        [[]],
      );
      return found.value === null ? found : found.value[0];
    },
  });
}
