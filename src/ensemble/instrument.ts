import type { Problem } from "../experiment/problem.ts";
import type { Scheme } from "../integrators/index.ts";
import type { Ensemble, Filling } from "./kernel.ts";
import type { Observation, Record } from "./observations.ts";
import type { Observer } from "./observers/observer.ts";

/** Takes the sample for one record. */
export type TakeSample = (ensemble: Ensemble, step: number) => Promise<unknown>;

/** One observable in the engine: counters, samples at records, and the observation made of both at the end. */
export interface Instrument {
  readonly observer: Observer;
  /** Samples of a run; made once before the first step. */
  sample(plan: { readonly filling: Filling }): TakeSample;
  /** Whether the state of a record is valid (the run is stable); missing: always. */
  isSound?(value: unknown): boolean;
  /**
   * The observation, from the records in order and the counts of the observer's histograms. The counts are missing if the device was
   * lost.
   */
  observation(records: readonly Record<unknown>[], counts: readonly Float64Array[]): Observation;
}

/** The inputs of an instrument. */
export interface InstrumentContext {
  readonly problem: Problem;
  readonly scheme: Scheme;
  /** Prefix of the registers and of the views, unique in an experiment, independent of the user's names. */
  readonly id: string;
  /** Bounds of the reduced energy over the sphere, the run and the spreads. */
  readonly energyRange: { readonly low: number; readonly high: number };
}

/** Makes the instrument of the i-th observable of a problem. */
export type InstrumentMaker = (i: number, context: InstrumentContext) => Instrument;

/** The observer of an instrument that counts nothing on the device. */
export const noObserver: Observer = { registers: [], watch: [], events: [], views: {} };
