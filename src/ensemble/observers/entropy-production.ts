import type { Problem } from "../../experiment/problem.ts";
import { boxOf } from "../../experiment/spread-box.ts";
import { supremum } from "../../expression/bounds.ts";
import type { Expression } from "../../expression/expression.ts";
import { abs, constant, mul } from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { mediumEntropyRate, powers } from "../../physics/powers.ts";
import type { Tally, TallyResult } from "../kernel.ts";
import type { Estimate, Production } from "../observations.ts";
import type { Observer } from "./observer.ts";
import { seen } from "./observer.ts";

/** What is averaged, in the order of the tallies. */
export const productionNames = ["total", "heatToBath", "workOfTransfer", "workOfDrive"] as const;

/**
 * Functions of m and t whose ensemble means are the entropy given to the surroundings (k_B; in a steady state this is
 * the entropy production) and the powers (kT), per reduced time.
 */
export function productionFunctions(problem: Problem): Expression[] {
  const { dynamics, energyOverKT, alpha } = problem;
  const { heatToBath, workOfTransfer, workOfDrive } = powers(dynamics, {
    energyOverKT: energyOverKT ?? constant(0),
    alpha,
  });
  return [mediumEntropyRate(dynamics), heatToBath, workOfTransfer, workOfDrive];
}

/** Bound of |f| over the sphere, the run and six deviations of spreads by intervals; doubled where these find none. */
export function boundOf(f: Expression, problem: Problem): number {
  const { bound, attained } = supremum(abs(f), boxOf(problem), { tolerance: 0.1, work: 1200 });
  return Math.max(bound < 4 * attained ? bound : 2 * attained, 1e-12);
}

/** Mean and mean square of each function, scaled by its bound. */
export function observeEntropyProduction(
  name: string,
  scheme: Scheme,
  functions: readonly Expression[],
  bounds: readonly number[],
): Observer {
  const tallies = functions.flatMap((f, i): Tally[] => {
    const relative = mul(1 / bounds[i], seen(scheme, f));
    return [
      { kind: "sum", value: relative, low: -1, high: 1 },
      { kind: "sum", value: mul(relative, relative), low: 0, high: 1 },
    ];
  });
  return { registers: [], watch: [], events: [], views: { [name]: tallies } };
}

/** The means and standard errors from the counters of `observeEntropyProduction`. */
export function readEntropyProduction(
  results: readonly TallyResult[],
  bounds: readonly number[],
): Production {
  const estimate = (i: number): Estimate => {
    const [sum, squares] = [results[2 * i], results[2 * i + 1]];
    if (sum?.kind !== "sum" || squares?.kind !== "sum") throw new Error("entropy production is a sum");
    const mean = sum.total / sum.count;
    const variance = Math.max(squares.total / sum.count - mean * mean, 0);
    return {
      mean: mean * bounds[i],
      standardError: bounds[i] * Math.sqrt(variance / Math.max(sum.count - 1, 1)),
    };
  };
  const [total, heatToBath, workOfTransfer, workOfDrive] = productionNames.map((_, i) => estimate(i));
  return { total, heatToBath, workOfTransfer, workOfDrive };
}
