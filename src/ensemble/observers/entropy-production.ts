import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { constant, mul } from "../../expression/expression.ts";
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

/** Bound of |f| over a grid of directions and times, doubled for spreads and what the grid misses. */
export function boundOf(f: Expression, problem: Problem): number {
  const value = compileScalar(f, ["mx", "my", "mz", "t", ...problem.spreads.map((p) => p.name)]);
  const means = problem.spreads.map((p) => p.mean);
  const end = problem.steps * problem.timeStep;
  const times = [0, 0.25 * end, 0.5 * end, 0.75 * end, end, ...problem.breakpoints];
  let bound = 0;
  for (let i = 0; i <= 40; i++)
    for (let j = 0; j < 40; j++) {
      const mz = -1 + i / 20;
      const rho = Math.sqrt(Math.max(0, 1 - mz * mz));
      const phi = (Math.PI * j) / 20;
      for (const t of times)
        bound = Math.max(bound, Math.abs(value(rho * Math.cos(phi), rho * Math.sin(phi), mz, t, ...means)));
    }
  return Math.max(2 * bound, 1e-12);
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
