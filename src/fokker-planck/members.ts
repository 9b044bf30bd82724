import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import { isOver } from "../linear-algebra/interruption.ts";
import { spreadValueAt, variateOf } from "../physics/spread.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { budgetOf, interruptible, interruptibleSolution, orWhyNot } from "./interruptible.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { solveFokkerPlanck } from "./solve.ts";
import type { Accuracy, SpreadAverage } from "./spread-average.ts";
import { heavyEnd } from "./spread-edges.ts";
import type { NodeFigures } from "./spread-interpolant.ts";
import { patience } from "./spread-patience.ts";
import type { SpreadSymmetry } from "./spread-symmetry.ts";
import { averageOver } from "./spread-turn.ts";

/** The Fokker–Planck equation solved for one set of parameters. */
export interface Member {
  readonly solution: FokkerPlanckSolution;
  readonly initial: Problem["initial"];
  /** An expression of the problem with this set of parameters. */
  at(of: Expression): Expression;
}

/** Number of solutions up to which an average is refined to the target accuracy, and the most solutions, by method. */
const work = {
  axial: { few: 100, most: 400 },
  "full sphere": { few: 0, most: 150 },
  "deep well": { few: 0, most: 150 },
} as const;
/** Solutions at the values of the spreads that averages need, each computed once, and averages over them. */
export class Members {
  /** The solution with every spread parameter at its mean. */
  readonly typical: Member;
  readonly #problem: Problem;
  readonly #solved: Map<string, Exact<Member>>;

  private constructor(problem: Problem, typical: Member, solved: Map<string, Exact<Member>>) {
    this.#problem = problem;
    this.typical = typical;
    this.#solved = solved;
  }

  /** Starts with all spreads at their means; returns the reason if there is no solution there. */
  static of(problem: Problem): Exact<Members> {
    const middle = problem.spreads.map(() => 0);
    const typical = memberOf(problem, middle);
    if (typical.value === null) return typical;
    return exactly(new Members(problem, typical.value, new Map([[middle.join(), typical]])));
  }

  /** The solution at standard variates of the spreads. */
  at(point: readonly number[]): Exact<Member> {
    const key = point.join();
    const member = this.#solved.get(key) ?? memberOf(this.#problem, point);
    this.#solved.set(key, member);
    return member;
  }

  /** Number of solutions so far. */
  get count(): number {
    return this.#solved.size;
  }

  /** Whether all solutions so far have converged. */
  isConverged(): boolean {
    return [...this.#solved.values()].every(({ value }) => value?.solution.converged ?? true);
  }

  /** Averages of members' figures, over the variates that a symmetry leaves. */
  average(
    symmetry: SpreadSymmetry | undefined,
    what: string,
    figures: (member: Member) => NodeFigures,
    accuracy: Pick<Accuracy, "of" | "wanted" | "enough" | "bound">,
  ): Exact<SpreadAverage> {
    const problem = this.#problem;
    const { spreads } = problem;
    const free = spreads.flatMap((_, d) => (symmetry?.idle.includes(d) ? [] : [d]));
    const whole = (point: readonly number[]): number[] => {
      const all = spreads.map((_, d) => (free.includes(d) ? point[free.indexOf(d)] : 0));
      return symmetry ? symmetry.representative(all) : all;
    };
    const timed = patience(problem, what, free, symmetry?.mirrored ?? []);
    const laws = free.map((d) => variateOf(spreads[d]));
    const figuresAt = (point: readonly number[]): NodeFigures => {
      const member = this.at(whole(point));
      return member.value === null ? member : figures(member.value);
    };
    const solved = orWhyNot(() => {
      const found = averageOver(laws, (point) => timed(() => figuresAt(point)), {
        ...accuracy,
        ...work[this.typical.solution.method],
        isOver: () => isOver(budgetOf(problem)),
      });
      // figures with an absolute error are bounded
      const isUnbounded = accuracy.of === "relative" && !("reason" in found);
      return exactly((isUnbounded && heavyEnd(laws, figuresAt, found.values)) || found);
    });
    if (solved.value === null) return solved;
    const found = solved.value;
    if ("reason" in found)
      return outOfReach(
        spreads.length === 0
          ? found.reason
          : `${what}${placeOf(problem, { ...found, point: whole(found.point) })}`,
      );
    const { points, refused } = found;
    return exactly({
      ...found,
      points: points.map(whole),
      ...(refused ? { refused: { ...refused, point: whole(refused.point) } } : {}),
    });
  }
}

/** The equation solved at standard variates of the spreads. */
function memberOf(problem: Problem, point: readonly number[]): Exact<Member> {
  const values = Object.fromEntries(
    problem.spreads.map((spread, d) => [spread.name, spreadValueAt(spread, point[d])]),
  );
  const at = (x: Expression): Expression => (point.length === 0 ? x : substitute([x], values)[0]);
  const { psi, omega, diffusion } = problem.dynamics;
  const initial =
    "energyOverKT" in problem.initial
      ? { ...problem.initial, energyOverKT: at(problem.initial.energyOverKT) }
      : problem.initial;
  const solution = interruptible(problem, () =>
    solveFokkerPlanck(
      { psi: at(psi), omega: at(omega), diffusion: at(diffusion) },
      { breakpoints: problem.breakpoints, seconds: problem.exactSeconds },
    ),
  );
  return solution.value === null
    ? solution
    : exactly({ solution: interruptibleSolution(problem, solution.value), initial, at });
}

/** Parameters that have a spread, by their paths. */
export const namesOf = ({ spreads }: Problem): string => spreads.map(({ path }) => path).join(", ");

/** The parameters at which a solution was refused, and why, as text. */
export function placeOf(
  { spreads }: Problem,
  { point, reason }: { point: readonly number[]; reason: string },
): string {
  const places = spreads.map((spread, d) => {
    const value = Number(spreadValueAt(spread, point[d]).toPrecision(4));
    return `${spread.path} ${spread.mean === 0 ? `${value} deviations from 0` : `${value} times its mean`}`;
  });
  return `, where ${places.join(" and ")}: ${reason}`;
}
