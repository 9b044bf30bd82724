import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue } from "../expression/expression.ts";
import { substitute } from "../expression/rewrite.ts";
import { gaussLegendre } from "../linear-algebra/gauss-legendre.ts";
import type { Density } from "./density.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { gaussHermite } from "./gauss-hermite.ts";
import type { FokkerPlanckSolution } from "./solution.ts";
import { solveFokkerPlanck } from "./solve.ts";
import { massesOf } from "./sphere-masses.ts";

/** What is asked of a density; a mixture over spreads answers it too. */
export type ObservedDensity = Pick<Density, "m" | "mm" | "mean" | "probabilities" | "at" | "masses">;

/** The exact side of a problem: one solution, or one for each node of the spreads. Reduced units. */
export interface Prediction {
  readonly members: readonly {
    readonly weight: number;
    readonly solution: FokkerPlanckSolution;
    readonly initial: Problem["initial"];
  }[];
  /** Densities at the given steps, ascending. */
  densities(steps: readonly number[]): Exact<readonly ObservedDensity[]>;
  stationary(): Exact<ObservedDensity>;
}

type Spread = Problem["spreads"][number];

/** Nodes and weights of the law that the ensemble draws a parameter from. */
function nodesOf(spread: Spread, count: number): { value: number; weight: number }[] {
  const { mean, deviation } = spread;
  if (spread.distribution === "uniform") {
    const { nodes, weights } = gaussLegendre(count);
    return [...nodes].map((x, i) => ({ value: mean + deviation * Math.sqrt(3) * x, weight: weights[i] / 2 }));
  }
  const { nodes, weights } = gaussHermite(count);
  const variance = Math.log1p((deviation / mean) ** 2);
  return nodes.map((x, i) => ({
    value:
      spread.distribution === "normal"
        ? mean + deviation * x
        : Math.sign(mean) * Math.abs(mean) * Math.exp(Math.sqrt(variance) * x - variance / 2),
    weight: weights[i],
  }));
}

/** Tensor product of the nodes of all spreads: values by variable name. */
function mixture(spreads: readonly Spread[]): { values: Record<string, number>; weight: number }[] {
  const count = spreads.length > 2 ? 5 : 9;
  return spreads.reduce<{ values: Record<string, number>; weight: number }[]>(
    (members, spread) =>
      members.flatMap((member) =>
        nodesOf(spread, count).map(({ value, weight }) => ({
          values: { ...member.values, [spread.name]: value },
          weight: member.weight * weight,
        })),
      ),
    [{ values: {}, weight: 1 }],
  );
}

const average = (
  weights: readonly number[],
  rows: readonly (readonly number[] | Float64Array)[],
): Float64Array => {
  const sum = new Float64Array(rows[0].length);
  rows.forEach((row, k) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[k] * row[i];
  });
  return sum;
};

/** The density of an ensemble whose members follow different densities with given weights. */
export function mix(weights: readonly number[], densities: readonly Density[]): ObservedDensity {
  if (densities.length === 1) return densities[0];
  return {
    m: [
      ...average(
        weights,
        densities.map((d) => d.m),
      ),
    ] as Density["m"],
    mm: [
      ...average(
        weights,
        densities.map((d) => d.mm),
      ),
    ] as Density["mm"],
    mean: (f) => densities.reduce((sum, d, i) => sum + weights[i] * d.mean(f), 0),
    probabilities: (binning) =>
      average(
        weights,
        densities.map((d) => d.probabilities(binning)),
      ),
    at: (m) => densities.reduce((sum, d, i) => sum + weights[i] * d.at(m), 0),
    masses: () => massesOf(weights, densities),
  };
}

/** Most solutions that are made for one problem; more spreads than that are refused with this reason. */
const mostMembers = 200;

/** Solves the Fokker–Planck equation of a problem, or says why it has none. */
export function predict(problem: Problem): Exact<Prediction> {
  if (constantValue(problem.dynamics.diffusion) === 0)
    return outOfReach("at zero temperature there is no density: every spin follows one path");
  const parts = mixture(problem.spreads);
  if (parts.length > mostMembers)
    return outOfReach(
      `${problem.spreads.length} spreads need ${parts.length} solutions, more than ${mostMembers}`,
    );
  const members: { weight: number; solution: FokkerPlanckSolution; initial: Problem["initial"] }[] = [];
  for (const { values, weight } of parts) {
    const at = (x: Expression): Expression => substitute([x], values)[0];
    const { psi, omega, diffusion } = problem.dynamics;
    const dynamics = { psi: at(psi), omega: at(omega), diffusion: at(diffusion) };
    const initial =
      "energyOverKT" in problem.initial
        ? { ...problem.initial, energyOverKT: at(problem.initial.energyOverKT) }
        : problem.initial;
    const solution = solveFokkerPlanck(dynamics, { breakpoints: problem.breakpoints });
    if (solution.value === null) return outOfReach(solution.reason);
    members.push({ weight, solution: solution.value, initial });
  }
  const weights = members.map(({ weight }) => weight);
  const known = new Map<number, ObservedDensity>();
  const evolve = (steps: readonly number[]): Exact<readonly ObservedDensity[]> => {
    const times = steps.map((step) => step * problem.timeStep);
    const runs = members.map(({ solution, initial }) => solution.evolve(initial, times));
    const failed = runs.find((run) => run.value === null);
    if (failed) return outOfReach(failed.reason as string);
    return exactly(
      steps.map((_, i) =>
        mix(
          weights,
          runs.map((run) => (run.value as readonly Density[])[i]),
        ),
      ),
    );
  };
  return exactly({
    members,
    densities(steps) {
      const missing = steps.filter((step) => !known.has(step));
      if (missing.length > 0) {
        const found = evolve(missing);
        if (found.value === null) return found;
        const densities = found.value;
        missing.forEach((step, i) => {
          known.set(step, densities[i]);
        });
      }
      return exactly(steps.map((step) => known.get(step) as ObservedDensity));
    },
    stationary() {
      const states = members.map(({ solution }) => solution.stationary());
      const failed = states.find((state) => state.value === null);
      if (failed) return outOfReach(failed.reason as string);
      return exactly(
        mix(
          weights,
          states.map((state) => state.value as Density),
        ),
      );
    },
  });
}
