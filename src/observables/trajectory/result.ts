import { resistance } from "../../experiment/plan.ts";
import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { timeOf } from "../observable.ts";
import type { ObservedTrajectory } from "./count.ts";
import { levelsIn, statesOf, thresholdsIn } from "./levels.ts";
import { sampled } from "./scope.ts";
import type { PlannedTrajectory } from "./spec.ts";

export interface TrajectoryResult {
  readonly type: "trajectory";
  readonly name: string;
  readonly times: readonly number[];
  /** By spin, then time: [x, y, z]. */
  readonly m: readonly (readonly (readonly number[])[])[];
  /** By spin, then time, Ω, where there is a readout. */
  readonly resistance?: readonly (readonly number[])[];
  /** By spin, then time: the samples of the instrument, and the measured quantity. */
  readonly signal?: readonly (readonly number[])[];
  readonly signalOf?: string;
  /** By spin, then time, where an observable defines two levels: 1 up, 0 down, −1 before either was reached. */
  readonly states?: readonly (readonly number[])[];
  /** Thresholds of these levels, up and down, in the unit of the quantity drawn; absent if it has none. */
  readonly thresholds?: readonly number[];
}

/** The levels of the spins, if an observable of the experiment defines them. */
function levelsOfSpins(
  problem: Problem,
  m: TrajectoryResult["m"],
  of: Expression | undefined,
): Pick<TrajectoryResult, "states" | "thresholds"> {
  const levels = levelsIn(problem);
  if (!levels) return {};
  const thresholds = thresholdsIn(levels, of);
  return { states: statesOf(levels, m), ...(thresholds.length > 0 ? { thresholds } : {}) };
}

/** The recorded m of every spin, with resistance, samples of the instrument and levels where the experiment defines them. */
export function result(
  { name, steps, points }: ObservedTrajectory,
  { scope }: PlannedTrajectory,
  problem: Problem,
): TrajectoryResult {
  const spins = (points[0]?.length ?? 0) / 3;
  const m = Array.from({ length: spins }, (_, spin) =>
    points.map((point) => [...point.slice(3 * spin, 3 * spin + 3)]),
  );
  const { readout } = problem.experiment;
  const ohms = readout && resistance(readout);
  const evaluated = ohms && compileScalar(ohms, magnetization);
  const times = steps.map(timeOf(problem));
  const seen = scope && compileScalar(scope.of, magnetization);
  return {
    type: "trajectory",
    name,
    times,
    m,
    ...(evaluated ? { resistance: m.map((row) => row.map(([x, y, z]) => evaluated(x, y, z))) } : {}),
    ...levelsOfSpins(problem, m, scope?.of ?? ohms),
    ...(scope && seen
      ? {
          signalOf: scope.quantity,
          signal: m.map((row, spin) =>
            sampled(
              row.map(([x, y, z]) => seen(x, y, z)),
              times,
              scope,
              { seed: problem.seed, spin, name },
            ),
          ),
        }
      : {}),
  };
}
