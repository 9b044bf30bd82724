import { resistance } from "../../experiment/plan.ts";
import type { Problem } from "../../experiment/problem.ts";
import { compileScalar } from "../../expression/compile.ts";
import { magnetization } from "../../expression/vector.ts";
import { timeOf } from "../observable.ts";
import type { ObservedTrajectory } from "./count.ts";
import type { PlannedTrajectory } from "./spec.ts";

export interface TrajectoryResult {
  readonly type: "trajectory";
  readonly name: string;
  readonly times: readonly number[];
  /** By spin, then time: [x, y, z]. */
  readonly m: readonly (readonly (readonly number[])[])[];
  /** By spin, then time, Ω, where there is a readout. */
  readonly resistance?: readonly (readonly number[])[];
}

/** Resistance of a direction in Ω, where the experiment has a readout. */
function resistanceOf({ experiment: { readout } }: Problem): ((m: readonly number[]) => number) | undefined {
  if (!readout) return undefined;
  const evaluate = compileScalar(resistance(readout), magnetization);
  return ([x, y, z]) => evaluate(x, y, z);
}

export function result(
  { name, steps, points }: ObservedTrajectory,
  _planned: PlannedTrajectory,
  problem: Problem,
): TrajectoryResult {
  const spins = (points[0]?.length ?? 0) / 3;
  const m = Array.from({ length: spins }, (_, spin) =>
    points.map((point) => [...point.slice(3 * spin, 3 * spin + 3)]),
  );
  const ohms = resistanceOf(problem);
  return {
    type: "trajectory",
    name,
    times: steps.map(timeOf(problem)),
    m,
    ...(ohms ? { resistance: m.map((row) => row.map(ohms)) } : {}),
  };
}
