import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Observation } from "../../ensemble/observations.ts";
import { spinReader } from "../../ensemble/read-spins.ts";
import type { PlannedTrajectory } from "./spec.ts";

export interface ObservedTrajectory extends Observation {
  readonly type: "trajectory";
  readonly steps: readonly number[];
  /** One entry per record: x, y, z of every spin in turn. */
  readonly points: readonly Float64Array[];
}

/** Reads m of the first spins; nothing is counted on the device. */
export const instrument = (
  { name, spins }: PlannedTrajectory,
  { problem, scheme }: InstrumentContext,
): Instrument => ({
  observer: noObserver,
  sample: (plan) => spinReader(problem, plan, [...scheme.observed], spins),
  observation: (records): ObservedTrajectory => ({
    type: "trajectory",
    name,
    steps: records.map((record) => record.step),
    points: records.map((record) => record.value as Float64Array),
  }),
});
