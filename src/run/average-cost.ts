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

/** What averages over spreads take, about. */
export interface AverageCost {
  readonly solutions: number;
  /** Of all solutions together. */
  readonly seconds: number;
}

/** Seconds of the processor that an estimate may take, and how many of them solutions are counted for. */
const [inAll, ofCounting] = [0.9, 0.6];
/** All figures of one solution over its stationary state, where they are not measured: 33 to 53 for films and tilted fields, few along an axis. */
const figures = { "full sphere": 50, "deep well": 50, axial: 5 } as const;

/** The first rounds are slower: their code is compiled. */
const rounds = 8;

/** Solutions of averages over 1, 2 and 3 normal laws on the full sphere (9, 41, 181), where they are not counted. */
const [ofOne, foreachMore, most] = [9, 4.5, 180];
/** The same along an axis, where one costs next to nothing. */
const along = 100;
/** Those of all densities over those of the stationary one: 1 to 2.6. Along an axis figures that are averaged by themselves take as many each. */
const overStationary = 1.6;

/** Solutions that the averages over a problem's spreads take, about: within a factor of two of eight experiments with 1 to 3 spreads. */
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
  // at least as many as were seen before the seconds were over
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
  // what is counted first has compiled the code for what is measured then
  const counting: Budget = { seconds: ofCounting, spent: 0 };
  const solutions = solutionsOf(problem, estimate, counting);
  await breathe();
  const { spent } = counting;
  const each =
    (await secondsOfMiddle(problem, { seconds: inAll, spent })) ??
    Math.max(inAll - spent, figures[estimate.method] * estimate.seconds);
  return { solutions, seconds: solutions * each };
}

/** Seconds of the figures of one solution, once the code has been compiled; undefined where they are more than the budget has. */
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

/** Figures of one solution that averages ask for. */
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
