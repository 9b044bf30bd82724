import type { Instrument, InstrumentContext } from "../../ensemble/instrument.ts";
import { noObserver } from "../../ensemble/instrument.ts";
import type { Observation } from "../../ensemble/observations.ts";
import { seen } from "../../ensemble/observers/observer.ts";
import { spinReader } from "../../ensemble/read-spins.ts";
import type { PlannedSpectrum } from "./spec.ts";

export interface ObservedSpectrum extends Observation {
  readonly type: "spectrum";
  /** One entry per record: the value of every spin in turn. */
  readonly samples: readonly Float64Array[];
}

/** Spins whose time series a spectrum averages over. */
export const sampledSpins = 2048;

/** Reads the quantity of the first spins; nothing is counted on the device. */
export const instrument = (
  { name, of }: PlannedSpectrum,
  { problem, scheme }: InstrumentContext,
): Instrument => ({
  observer: noObserver,
  sample: (plan) => spinReader(problem, plan, [seen(scheme, of)], Math.min(sampledSpins, problem.ensemble)),
  observation: (records): ObservedSpectrum => ({
    type: "spectrum",
    name,
    samples: records.map((record) => record.value as Float64Array),
  }),
});
