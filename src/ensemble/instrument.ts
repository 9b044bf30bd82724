import type { Problem } from "../experiment/problem.ts";
import type { Scheme } from "../integrators/index.ts";
import type { Ensemble, Filling } from "./kernel.ts";
import type { Observation, Record } from "./observations.ts";
import type { Observer } from "./observers/observer.ts";

/** What is done at a record. */
export type TakeSample = (ensemble: Ensemble, step: number) => Promise<unknown>;

/** One observable as the engine sees it: counters, samples at records, and what both make at the end. */
export interface Instrument {
  readonly observer: Observer;
  /** Samples of a run; made once before the first step. */
  sample(plan: { readonly filling: Filling }): TakeSample;
  /** Whether a record can be of a sound state; without it every one can. */
  isSound?(value: unknown): boolean;
  /**
   * The observation, from the records in their order and the counts of the observer's histograms, which are missing where the device
   * was lost.
   */
  observation(records: readonly Record<unknown>[], counts: readonly Float64Array[]): Observation;
}

/** What an instrument is made with. */
export interface InstrumentContext {
  readonly problem: Problem;
  readonly scheme: Scheme;
  /** Prefix of the registers and of the views, unique in an experiment, whatever the user has named there. */
  readonly id: string;
  /** Bounds of the reduced energy over the sphere, the run and the spreads. */
  readonly energyRange: { readonly low: number; readonly high: number };
}

/** Makes the instrument of the i-th observable of a problem. */
export type InstrumentMaker = (i: number, context: InstrumentContext) => Instrument;

/** Of what counts nothing on the device. */
export const noObserver: Observer = { registers: [], watch: [], events: [], views: {} };
