import type { Problem } from "../../src/experiment/problem.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { harmonicLabels } from "../../src/fokker-planck/harmonics.ts";
import { initialCoefficients } from "../../src/fokker-planck/initial.ts";
import type { Prediction } from "../../src/fokker-planck/predict.ts";
import type { FokkerPlanckSolution } from "../../src/fokker-planck/solution.ts";
import { isDriven } from "../../src/fokker-planck/switching.ts";
import { halfStepPilot } from "../../src/statistics/half-step-pilot.ts";
import { apply, momentFunctions, slowestDecay, stepOperator } from "./operator.ts";

/** Bias of one kind of figure by a step. */
export interface Found {
  readonly figure: "moments" | "rate" | "autocovariance";
  readonly how: "transition operator" | "half-step pilot";
  readonly bias: number;
  /** Error of a sampled bias; otherwise that of the truncated operator. */
  readonly error: number;
}

/** Highest degree of the matrix, and most products with it. */
const [mostDegree, mostProducts] = [24, 2000];
/** Number of degrees beyond those of the stationary density, and size below which a coefficient of it is negligible. */
const [spare, negligible] = [4, 1e-6];
/** Spins of the large pilot over those of the one that chose the step. */
const effort = 8;
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

/** The true bias of moments at recorded times, of the slowest rate, and of autocovariances as a share of the variance. */
export function measured(problem: Problem, prediction: Prediction | null): Found[] {
  const solution = prediction?.typical.solution;
  const isAtRest = !isDriven(problem) && problem.spreads.length === 0 && problem.steps <= mostProducts;
  const degree = solution && isAtRest ? degreeOf(solution) : undefined;
  if (!solution || degree === undefined || degree > mostDegree - spare) {
    const pilot = halfStepPilot({ ...problem, seed: problem.seed + otherSeed }, effort).value;
    return pilot
      ? [{ figure: "moments", how: "half-step pilot", bias: pilot.bias, error: pilot.biasError }]
      : [];
  }
  const how = "transition operator";
  const operator = stepOperator(problem, degree + spare);
  const start = initialCoefficients(problem.initial, operator.index, laboratory);
  const times = [...new Set(problem.observables.flatMap(({ steps }) => [...(steps ?? [])]))].sort(
    (a, b) => a - b,
  );
  const exact = solution.evolve(
    problem.initial,
    times.map((step) => step * problem.timeStep),
  );
  const found: Found[] = [];
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
    found.push({ figure: "moments", how, bias, error: 1e-7 });
  }
  const { slowestRate } = solution;
  const decay = slowestDecay(operator, problem.timeStep);
  if (slowestRate.value && decay && Math.abs(decay / slowestRate.value - 1) < 0.2)
    found.push({ figure: "rate", how, bias: Math.abs(decay / slowestRate.value - 1), error: 1e-6 });
  return found;
}
