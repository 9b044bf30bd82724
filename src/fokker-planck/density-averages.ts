import type { Problem } from "../experiment/problem.ts";
import type { Binning } from "../physics/binning.ts";
import { binCount } from "../physics/binning.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Member, Members } from "./members.ts";
import { namesOf, placeOf } from "./members.ts";
import type { ObservedDensity } from "./mixture.ts";
import { mixture } from "./mixture.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { spreadSymmetry } from "./spread-symmetry.ts";
import { turnedAbout } from "./turned-density.ts";

/** Averages of moments and probabilities with a larger error are refused. */
const largestError = 1e-2;
/** Target error of averaged moments and probabilities. */
const wantedError = 1e-6;
/** Target error as a share of the largest standard error of an ensemble. */
const shareOfNoise = 0.05;
const enoughAtAnySize = 2e-4;

/** Densities averaged over the spreads, one for each list of bins: the mean of the members' densities. */
export function averagedDensities(
  problem: Problem,
  members: Members,
  what: string,
  of: (member: Member) => Exact<readonly Exact<Density>[]>,
  binnings: readonly (readonly Binning[])[],
): Exact<readonly Exact<ObservedDensity>[]> {
  if (problem.spreads.length === 0) return of(members.typical);
  const kept = new Map<FokkerPlanckSolution, readonly (Density | null)[]>();
  const solverErrors = new Map<FokkerPlanckSolution, number>();
  // if one member lacks a density, it has no average
  const lacking: (string | undefined)[] = binnings.map(() => undefined);
  // functions that are equal for all members of a cone are averaged over the cone at once
  const symmetry = spreadSymmetry(problem, []);
  const found = members.average(
    symmetry,
    what,
    (member) => {
      const densities = of(member);
      if (densities.value === null) return densities;
      const means = densities.value.map(({ value, reason }, i) => {
        if (reason !== undefined) lacking[i] ??= reason;
        return value && symmetry ? turnedAbout(value, symmetry.axis) : value;
      });
      const error = densities.value.reduce((most, one) => Math.max(most, one.errorEstimate ?? 0), 0);
      kept.set(member.solution, means);
      solverErrors.set(member.solution, error);
      return exactly(figuresOf(means, binnings), error);
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
  const worst = errors.reduce((a, b) => Math.max(a, b), 0);
  if (worst > largestError)
    return outOfReach(
      `${what}: the average over ${namesOf(problem)}, from ${points.length} solutions, has an error of ${worst.toExponential(1)}${refused ? placeOf(problem, refused) : ""}`,
    );
  const solutions = points.map((point) => members.at(point).value?.solution);
  const ofMembers = solutions.map((solution) => (solution && kept.get(solution)) ?? null);
  const errorsOfMembers = solutions.map((solution) => (solution && solverErrors.get(solution)) ?? 0);
  const mixed = (i: number): ObservedDensity =>
    mixture(
      found.value,
      ofMembers.map((densities) => densities?.[i] ?? null),
      errorsOfMembers,
    );
  return exactly(
    lacking.map((reason, i) =>
      reason === undefined ? exactly(mixed(i), worst) : outOfReach<ObservedDensity>(reason),
    ),
  );
}

/** Number of first and second moments. */
const moments = 9;

/** The figures for which the average is refined: moments and probabilities of bins. */
function figuresOf(
  densities: readonly (Density | null)[],
  binnings: readonly (readonly Binning[])[],
): readonly number[] {
  const figures: number[] = [];
  for (const [i, density] of densities.entries()) {
    figures.push(...(density ? [...density.m, ...density.mm] : new Array<number>(moments).fill(0)));
    for (const binning of binnings[i]) {
      // bins that are not resolved have their own reason, and do not stop the others
      const found = density?.probabilities(binning).value;
      figures.push(...(found ?? new Array<number>(binCount(binning)).fill(0)));
    }
  }
  return figures;
}
