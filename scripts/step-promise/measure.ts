import type { Problem } from "../../src/experiment/problem.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { harmonicLabels } from "../../src/fokker-planck/harmonics.ts";
import { initialCoefficients } from "../../src/fokker-planck/initial.ts";
import type { Prediction } from "../../src/fokker-planck/predict.ts";
import type { FokkerPlanckSolution } from "../../src/fokker-planck/solution.ts";
import { isDriven } from "../../src/physics/dynamics.ts";
import { mostEffort } from "../../src/statistics/decided-pilot.ts";
import type { PilotBias } from "../../src/statistics/half-step-pilot.ts";
import { halfStepPilot, significant } from "../../src/statistics/half-step-pilot.ts";
import { promisedBias } from "../../src/statistics/promised-bias.ts";
import { apply, momentFunctions, slowestDecay, stepOperator } from "./operator.ts";

/** Bias of one kind of figure by a step. */
export interface Found {
  readonly figure: "moments" | "rate" | "autocovariance";
  readonly how: "transition operator" | "half-step pilot";
  readonly bias: number;
  /** Error of a sampled bias; otherwise the difference between two degrees of the operator. */
  readonly error: number;
}

/** Highest degree of the matrix, and most products with it. */
const [mostDegree, mostProducts] = [24, 2000];
/** Number of degrees beyond those of the stationary density, and size below which a coefficient of it is negligible. */
const [spare, negligible] = [4, 1e-6];
/** Spins of the large pilot over those of the longest one that chooses a step. */
const effort = 4 * mostEffort;
/** A seed that differs from the run's, whose pilot chose the step. */
const otherSeed = 1_000_003;

/** Highest degree that matters in the stationary density. */
function degreeOf(solution: FokkerPlanckSolution): number | undefined {
  const density = solution.stationary().value;
  if (!density) return undefined;
  const { l } = harmonicLabels(density.index);
  return density.coefficients.reduce(
    (most, c, i) => (Math.abs(c) > negligible ? Math.max(most, l[i]) : most),
    0,
  );
}

/**
 * The true bias of moments at recorded times and of the slowest rate. From the transition operator at two degrees, whose difference is the
 * error: precession that depends on the place twists a function, which needs more degrees than the stationary density. If the error is too
 * large, from a large pilot.
 */
export function measured(problem: Problem, prediction: Prediction | null): Found[] {
  const solution = prediction?.typical.solution;
  const isAtRest =
    !isDriven(problem.dynamics) && problem.spreads.length === 0 && problem.steps <= mostProducts;
  const degree = solution && isAtRest ? degreeOf(solution) : undefined;
  if (!solution || degree === undefined || degree > mostDegree - spare) return sampled(problem);
  const [fewer, more] = [degree + spare / 2, degree + spare].map((d) => withOperator(problem, solution, d));
  const found = more.map((x) => {
    const other = fewer.find(({ figure }) => figure === x.figure);
    return { ...x, error: other ? Math.abs(x.bias - other.bias) : Number.POSITIVE_INFINITY };
  });
  const known = found.filter(({ figure, error }) => error < sharp * promisedOf(problem)[figure]);
  return known.some(({ figure }) => figure === "moments") ? known : [...known, ...sampled(problem)];
}

/** Largest error of a bias by the transition operator, as a share of the promised one. */
const sharp = 0.2;

/** Promised biases by figure. */
export const promisedOf = (problem: Problem): Record<Found["figure"], number> => {
  const { moments, rate, spectrum } = promisedBias(problem);
  return { moments, rate, autocovariance: spectrum.covariance };
};

/** The bias by a pilot with many spins that exceeds its error most. */
function sampled(problem: Problem): Found[] {
  const pilot = halfStepPilot({ ...problem, seed: problem.seed + otherSeed }, { effort }).value;
  if (!pilot) return [];
  const least = ({ bias, biasError }: PilotBias): number => Math.abs(bias) - significant * biasError;
  const { bias, biasError } = pilot.all.reduce((a, b) => (least(b) > least(a) ? b : a));
  return [{ figure: "moments", how: "half-step pilot", bias: Math.abs(bias), error: biasError }];
}

type Unchecked = Omit<Found, "error">;

/** Biases by the transition operator on harmonics up to a degree. */
function withOperator(problem: Problem, solution: FokkerPlanckSolution, degree: number): Unchecked[] {
  const how = "transition operator";
  const operator = stepOperator(problem, degree);
  const start = initialCoefficients(problem.initial, operator.index, laboratory);
  const times = [...new Set(problem.observables.flatMap(({ steps }) => [...(steps ?? [])]))].sort(
    (a, b) => a - b,
  );
  const exact = solution.evolve(
    problem.initial,
    times.map((step) => step * problem.timeStep),
  );
  const found: Unchecked[] = [];
  if (exact.value) {
    let functions = momentFunctions(operator.index);
    let [bias, at] = [0, 0];
    times.forEach((step, i) => {
      for (; at < step; at++) functions = functions.map((f) => apply(operator, f));
      const truth = [...exact.value[i].m, ...exact.value[i].mm];
      functions.forEach((f, k) => {
        const mean = f.reduce((sum, c, j) => sum + c * start[j], 0);
        bias = Math.max(bias, Math.abs(mean - truth[k]));
      });
    });
    found.push({ figure: "moments", how, bias });
  }
  const { slowestRate } = solution;
  const decay = slowestDecay(operator, problem.timeStep);
  if (slowestRate.value && decay && Math.abs(decay / slowestRate.value - 1) < 0.2)
    found.push({ figure: "rate", how, bias: Math.abs(decay / slowestRate.value - 1) });
  return found;
}
