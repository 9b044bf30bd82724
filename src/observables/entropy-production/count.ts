import { boundOf } from "../../ensemble/bound-of.ts";
import { equalSpins } from "../../ensemble/equal-spins.ts";
import { errorOfMean } from "../../ensemble/error-of-mean.ts";
import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Tally, TallyResult } from "../../ensemble/kernel.ts";
import type { MeanEstimate, Observation, Record } from "../../ensemble/observations.ts";
import type { Observer } from "../../ensemble/observers/observer.ts";
import { seen } from "../../ensemble/observers/observer.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { Expression } from "../../expression/expression.ts";
import { constant, mul } from "../../expression/expression.ts";
import type { Scheme } from "../../integrators/index.ts";
import { mediumEntropyRate, powers } from "../../physics/powers.ts";
import type { PlannedProduction } from "./spec.ts";

/** Entropy given to the surroundings (k_B) and powers (kT), per reduced time. */
export interface Production {
  readonly total: MeanEstimate;
  readonly heatToBath: MeanEstimate;
  readonly workOfTransfer: MeanEstimate;
  readonly workOfDrive: MeanEstimate;
}

/** The averaged functions, in the order of the tallies. */
const productionNames = ["total", "heatToBath", "workOfTransfer", "workOfDrive"] as const;

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

/** Mean and mean square of each function, scaled by its bound. */
function observe(
  id: string,
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
  return { ...noObserver, views: { [id]: tallies } };
}

/** The means and standard errors from the counters of `observe`. */
function read(results: readonly TallyResult[], bounds: readonly number[], areEqual: boolean): Production {
  const estimate = (i: number): MeanEstimate => {
    const [sum, squares] = [results[2 * i], results[2 * i + 1]];
    if (sum?.kind !== "sum" || squares?.kind !== "sum") throw new Error("entropy production is a sum");
    const mean = sum.total / sum.count;
    const { count } = sum;
    const meanSquare = squares.total / count;
    return {
      mean: mean * bounds[i],
      standardError:
        bounds[i] * errorOfMean({ mean, meanSquare, count, range: 2, rangeOfSquares: 1, areEqual }),
    };
  };
  const [total, heatToBath, workOfTransfer, workOfDrive] = productionNames.map((_, i) => estimate(i));
  return { total, heatToBath, workOfTransfer, workOfDrive };
}

export interface ObservedProduction extends Observation {
  readonly type: "entropyProduction";
  readonly records: readonly Record<Production>[];
}

export function instrument(
  { name }: PlannedProduction,
  { id, scheme, problem }: InstrumentContext,
): Instrument {
  const functions = productionFunctions(problem);
  const bounds = functions.map((f) => boundOf(f, problem));
  return {
    observer: observe(id, scheme, functions, bounds),
    sample: () => async (ensemble, step) =>
      read(await ensemble.observe(id), bounds, equalSpins(problem, step)),
    observation: (records): ObservedProduction => ({
      type: "entropyProduction",
      name,
      records: records as Record<Production>[],
    }),
  };
}
