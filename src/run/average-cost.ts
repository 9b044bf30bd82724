import type { Problem } from "../experiment/problem.ts";
import type { ExactEstimate } from "../fokker-planck/estimate.ts";
import { exactly } from "../fokker-planck/exact.ts";
import { orWhyNot } from "../fokker-planck/interruptible.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { predict } from "../fokker-planck/predict.ts";
import { spreadSymmetry } from "../fokker-planck/spread-symmetry.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import type { Budget } from "../linear-algebra/interruption.ts";
import { spending } from "../linear-algebra/interruption.ts";
import { observables } from "../observables/index.ts";
import { comparedSteps } from "../statistics/agreement.ts";
import { partnersOf } from "./partners.ts";

/** Estimated cost of the averages over spreads. */
export interface AverageCost {
  readonly solutions: number;
  /** Seconds of all solutions together. */
  readonly seconds: number;
}

/** Seconds of processor time that an estimate may take, and how many of them go into counting solutions. */
const [inAll, ofCounting] = [0.9, 0.6];
/**
 * Cost of all figures of one solution relative to its stationary state, if it is not measured: 33 to 53 for films and
 * tilted fields, little along an axis.
 */
const figures = { "full sphere": 50, "deep well": 50, axial: 5 } as const;

/** The first rounds are slower because their code is compiled. */
const rounds = 8;

/**
 * Number of solutions of averages over 1, 2 and 3 normal laws on the full sphere (9, 41, 181), if they are not counted.
 */
const [ofOne, foreachMore, most] = [9, 4.5, 180];
/** The same along an axis, where a solution costs almost nothing. */
const along = 100;
/**
 * Solutions for all densities relative to those for the stationary one: 1 to 2.6. Along an axis each figure that is
 * averaged by itself takes as many.
 */
const overStationary = 1.6;

/**
 * Estimated number of solutions for the averages over a problem's spreads: within a factor of two for eight experiments
 * with 1 to 3 spreads.
 */
function solutionsOf(problem: Problem, { method }: ExactEstimate, budget: Budget): number {
  let solutions = () => 0;
  const counted = orWhyNot(() =>
    spending(budget, () => {
      const found = predict(apart(problem));
      if (found.value === null) return found;
      solutions = found.value.solutions;
      return found.value.stationary();
    }),
  );
  const own =
    method === "axial" ? problem.observables.filter(({ type }) => observables[type].predict).length : 0;
  // at least as many as were counted before the seconds were over
  const seen = Math.round(overStationary * solutions() * (1 + own));
  return counted.value === null ? Math.max(seen, uncounted(problem, method, own)) : seen;
}

function uncounted(problem: Problem, method: ExactEstimate["method"], own: number): number {
  if (method === "axial") return along * (1 + own);
  const idle = spreadSymmetry(problem, [])?.idle.length ?? 0;
  const free = problem.spreads.length - idle;
  return Math.round(Math.min(most, ofOne * foreachMore ** (free - 1)));
}

/** The problem with a budget of its own. */
const apart = (problem: Problem): Problem => ({ ...problem, experiment: { ...problem.experiment } });

/** The cost of averages, by the figures of the solution in the middle of all spreads; undefined without spreads. */
export async function averageCost(
  problem: Problem,
  estimate: ExactEstimate,
): Promise<AverageCost | undefined> {
  if (problem.spreads.length === 0) return undefined;
  // counting first compiles the code that is measured next
  const counting: Budget = { seconds: ofCounting, spent: 0 };
  const solutions = solutionsOf(problem, estimate, counting);
  await breathe();
  const { spent } = counting;
  const each =
    (await secondsOfMiddle(problem, { seconds: inAll, spent })) ??
    Math.max(inAll - spent, figures[estimate.method] * estimate.seconds);
  return { solutions, seconds: solutions * each };
}

/** Seconds for the figures of one solution once the code has been compiled; undefined if they exceed the budget. */
async function secondsOfMiddle(problem: Problem, budget: Budget): Promise<number | undefined> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds && budget.spent < budget.seconds; round++) {
    await breathe();
    const before = budget.spent;
    const isWhole = orWhyNot(() => spending(budget, () => exactly(solveMiddle(problem)))).value === true;
    if (!isWhole) break;
    least = Math.min(least, budget.spent - before);
  }
  return Number.isFinite(least) ? least : undefined;
}

/** The figures of one solution that averages need. */
function solveMiddle(problem: Problem): boolean {
  const found = predict(apart(problem));
  if (found.value === null) return false;
  const { solution, initial } = found.value.typical;
  solution.stationary();
  const times = comparedSteps(problem).map((step) => step * problem.timeStep);
  const densities = solution.evolve(initial, times);
  const one: Prediction = { ...found.value, isSpread: false, densities: () => densities };
  partnersOf(problem, one);
  return true;
}
