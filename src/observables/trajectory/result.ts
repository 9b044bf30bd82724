import { resistance } from "../../experiment/plan.ts";
import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import { magnetization } from "../../expression/vector.ts";
import { timeOf } from "../observable.ts";
import type { ObservedTrajectory } from "./count.ts";
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
  /** By spin, then time: what the instrument gives, and what it measures. */
  readonly signal?: readonly (readonly number[])[];
  readonly signalOf?: string;
}

/** Resistance of a direction in Ω, where the experiment has a readout. */
function resistanceOf({ experiment: { readout } }: Problem): ((m: readonly number[]) => number) | undefined {
  if (!readout) return undefined;
  const evaluate = compileScalar(resistance(readout), magnetization);
  return ([x, y, z]) => evaluate(x, y, z);
}

export function result(
  { name, steps, points }: ObservedTrajectory,
  { scope }: PlannedTrajectory,
  problem: Problem,
): TrajectoryResult {
  const spins = (points[0]?.length ?? 0) / 3;
  const m = Array.from({ length: spins }, (_, spin) =>
    points.map((point) => [...point.slice(3 * spin, 3 * spin + 3)]),
  );
  const ohms = resistanceOf(problem);
  const times = steps.map(timeOf(problem));
  const seen = scope && compileScalar(scope.of, magnetization);
  return {
    type: "trajectory",
    name,
    times,
    m,
    ...(ohms ? { resistance: m.map((row) => row.map(ohms)) } : {}),
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
