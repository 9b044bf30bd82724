import { comparedBinnings } from "../experiment/compared-binnings.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Binning } from "../physics/binning.ts";
import { binCount } from "../physics/binning.ts";
import { spreadValueAt, variateOf } from "../physics/spread.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { interruptible, interruptibleSolution, orWhyNot } from "./interruptible.ts";
import type { ObservedDensity } from "./mixture.ts";
import { mixture } from "./mixture.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { solveFokkerPlanck } from "./solve.ts";
import type { Accuracy, SpreadAverage } from "./spread-average.ts";
import { patience } from "./spread-patience.ts";
import type { SpreadSymmetry } from "./spread-symmetry.ts";
import { spreadSymmetry } from "./spread-symmetry.ts";
import { averageOver } from "./spread-turn.ts";
import { turnedAbout } from "./turned-density.ts";

export type { ObservedDensity } from "./mixture.ts";

/** The Fokker–Planck equation solved for one set of parameters. */
export interface Member {
  readonly solution: FokkerPlanckSolution;
  readonly initial: Problem["initial"];
  /** An expression of the problem with this set of parameters. */
  at(of: Expression): Expression;
}

/** The exact side of a problem: one solution, or one for each of the values of the spreads that averages need. Reduced units. */
export interface Prediction {
  /** Every parameter with a spread in its middle. */
  readonly typical: Member;
  /** Whether all solutions made so far have converged. */
  isConverged(): boolean;
  /** Whether spins differ in their parameters. */
  readonly isSpread: boolean;
  /** Why there is no one rate where they do. */
  readonly spreadReason: string;
  /**
   * Means over the spreads of figures of one member, in as many solutions as `accuracy` takes. Null, with the reason, where a solution
   * is refused whose figures count; `what` is the name of the figures in it. `seen`: the functions of m that the figures are of, where they
   * are of these alone (m may then be turned as these allow).
   */
  average(
    what: string,
    figures: (member: Member) => Exact<ArrayLike<number>>,
    accuracy: Pick<Accuracy, "of" | "wanted" | "enough" | "bound">,
    seen?: readonly Expression[],
  ): Exact<SpreadAverage>;
  /** Densities at the given steps, ascending; `errorEstimate` is of moments, absolute. */
  densities(steps: readonly number[]): Exact<readonly ObservedDensity[]>;
  stationary(): Exact<ObservedDensity>;
}

/** Solutions up to which an average is refined to what is wanted, and the most of them, along an axis and on the full sphere. */
const work = {
  axial: { few: 100, most: 400 },
  "full sphere": { few: 0, most: 150 },
  "deep well": { few: 0, most: 150 },
} as const;
/** Averages of moments and probabilities with a larger error are not given. */
const largestError = 1e-2;
/** Error of moments and probabilities that averages are refined to. */
const wantedError = 1e-6;
/** An average's error is below this share of what one standard error of an ensemble is at most. */
const shareOfNoise = 0.05;
const enoughAtAnySize = 2e-4;

/** Solves the Fokker–Planck equation of a problem, or says why it has none. */
export function predict(problem: Problem): Exact<Prediction> {
  if (constantValue(problem.dynamics.diffusion) === 0)
    return outOfReach("at zero temperature there is no density: every spin follows one path");
  const { spreads } = problem;
  const solved = new Map<string, Exact<Member>>();
  const memberAt = (point: readonly number[]): Exact<Member> => {
    const key = point.join();
    const member = solved.get(key) ?? memberOf(problem, point);
    solved.set(key, member);
    return member;
  };
  const middle = memberAt(spreads.map(() => 0));
  if (middle.value === null) return middle;
  const typical = middle.value;

  const averageBy = (
    symmetry: SpreadSymmetry | undefined,
    what: string,
    figures: (member: Member) => Exact<ArrayLike<number>>,
    accuracy: Pick<Accuracy, "of" | "wanted" | "enough" | "bound">,
  ): Exact<SpreadAverage> => {
    const free = spreads.flatMap((_, d) => (symmetry?.idle.includes(d) ? [] : [d]));
    const whole = (point: readonly number[]): number[] => {
      const all = spreads.map((_, d) => (free.includes(d) ? point[free.indexOf(d)] : 0));
      return symmetry ? symmetry.representative(all) : all;
    };
    const timed = patience(problem, what, free, symmetry?.mirrored ?? []);
    const solved = orWhyNot(() =>
      exactly(
        averageOver(
          free.map((d) => variateOf(spreads[d])),
          (point) =>
            timed(() => {
              const member = memberAt(whole(point));
              return member.value === null ? member : figures(member.value);
            }),
          { ...accuracy, ...work[typical.solution.method] },
        ),
      ),
    );
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
  };
  const average: Prediction["average"] = (what, figures, accuracy, seen) =>
    averageBy(seen && spreadSymmetry(problem, seen), what, figures, accuracy);

  /** Densities, as many as there are lists of bins, of each member as densities of them all. */
  const densitiesOf = (
    what: string,
    of: (member: Member) => Exact<readonly Density[]>,
    binnings: readonly (readonly Binning[])[],
  ): Exact<readonly ObservedDensity[]> => {
    if (spreads.length === 0) return of(typical);
    const kept = new Map<FokkerPlanckSolution, readonly Density[]>();
    let solverError = 0;
    // what is the same for all members of a cone is averaged over it at once
    const symmetry = spreadSymmetry(problem, []);
    const found = averageBy(
      symmetry,
      what,
      (member) => {
        const densities = of(member);
        if (densities.value === null) return densities;
        const means = symmetry
          ? densities.value.map((density) => turnedAbout(density, symmetry.axis))
          : densities.value;
        kept.set(member.solution, means);
        solverError = Math.max(solverError, densities.errorEstimate ?? 0);
        return exactly(figuresOf(means, binnings));
      },
      {
        of: "absolute",
        bound: 1,
        wanted: wantedError,
        enough: Math.min(enoughAtAnySize, shareOfNoise / Math.sqrt(problem.ensemble)),
      },
    );
    if (found.value === null) return found;
    const { errors, points, refused } = found.value;
    const worst = errors.reduce((a, b) => Math.max(a, b), 0) + solverError;
    if (worst > largestError)
      return outOfReach(
        `${what}: ${points.length} solutions leave an error of ${worst.toExponential(1)} in the average over ${namesOf(problem)}${refused ? placeOf(problem, refused) : ""}`,
      );
    const members = points.map((point) => {
      const member = memberAt(point).value;
      return (member && kept.get(member.solution)) ?? null;
    });
    const mixed = (i: number): ObservedDensity =>
      mixture(
        found.value,
        members.map((densities) => densities?.[i] ?? null),
        solverError,
      );
    return exactly(
      binnings.map((_, i) => mixed(i)),
      worst,
    );
  };

  const known = new Map<number, { density: ObservedDensity; error: number }>();
  return exactly({
    typical,
    isSpread: spreads.length > 0,
    spreadReason: `rates differ from spin to spin: ${namesOf(problem)} ${spreads.length === 1 ? "has" : "have"} a spread`,
    isConverged: () => [...solved.values()].every(({ value }) => value?.solution.converged ?? true),
    average,
    densities(steps) {
      const missing = steps.filter((step) => !known.has(step));
      if (missing.length > 0) {
        const times = missing.map((step) => step * problem.timeStep);
        const found = densitiesOf(
          "densities",
          ({ solution, initial }) => solution.evolve(initial, times),
          missing.map((step) => comparedBinnings(problem, step)),
        );
        if (found.value === null) return found;
        const { value, errorEstimate = 0 } = found;
        missing.forEach((step, i) => {
          known.set(step, { density: value[i], error: errorEstimate });
        });
      }
      const asked = steps.map((step) => known.get(step) as { density: ObservedDensity; error: number });
      return exactly(
        asked.map(({ density }) => density),
        asked.reduce((most, { error }) => Math.max(most, error), 0),
      );
    },
    stationary() {
      const found = densitiesOf(
        "the stationary density",
        ({ solution }) => {
          const state = solution.stationary();
          return state.value === null ? state : exactly([state.value], state.errorEstimate);
        },
        [[]],
      );
      return found.value === null ? found : exactly(found.value[0], found.errorEstimate);
    },
  });
}

/** What the average of densities is refined for: moments and probabilities of bins. */
function figuresOf(
  densities: readonly Density[],
  binnings: readonly (readonly Binning[])[],
): readonly number[] {
  const figures: number[] = [];
  for (const [i, density] of densities.entries()) {
    figures.push(...density.m, ...density.mm);
    for (const binning of binnings[i]) {
      // bins that are not resolved have their own reason when they are asked for, and do not stop the rest
      const found = density.probabilities(binning).value;
      figures.push(...(found ?? new Array<number>(binCount(binning)).fill(0)));
    }
  }
  return figures;
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

const namesOf = ({ spreads }: Problem): string => spreads.map(({ path }) => path).join(", ");

/** Where a solution was refused, and why. */
function placeOf(
  { spreads }: Problem,
  { point, reason }: { point: readonly number[]; reason: string },
): string {
  const places = spreads.map((spread, d) => {
    const value = Number(spreadValueAt(spread, point[d]).toPrecision(4));
    return `${spread.path} ${spread.mean === 0 ? `${value} deviations from 0` : `${value} times its mean`}`;
  });
  return `, where ${places.join(" and ")}: ${reason}`;
}
