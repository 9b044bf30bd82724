import type { BackendName } from "./ensemble/kernel.ts";
import type { Outcome } from "./ensemble/observations.ts";
import type { CompletedExperiment } from "./experiment/schema.ts";
import type { TwoStates } from "./fokker-planck/two-states.ts";
import type { Certificate } from "./statistics/certificate.ts";
import type { Comparison } from "./statistics/comparison.ts";
import type { Pilot } from "./statistics/half-step-pilot.ts";
import type { PromisedBias } from "./statistics/promised-bias.ts";

/*
 * The parts of a result that are not of one observable; `result.ts` puts the whole together. SI units; every number is finite. What
 * could not be computed is null with a `reason` beside it.
 */

/** A result without the parts of single observables. */
export interface ResultBase {
  readonly experiment: CompletedExperiment;
  readonly provenance: Provenance;
  readonly outcome: Outcome | "not run";
  /** A stop came before the last figure; missing ones are null with the reason "stopped by the user". */
  readonly stopped?: true;
  readonly observables: readonly ObservableResultBase[];
  /** Dynkin's formula over windows of the run; null without an ensemble. */
  readonly dynkin: DynkinResult | null;
  /**
   * Bias of averages by the time step. `value` is that of stationary moments, `rate` the relative bias of the slowest
   * rate, both computed without sampling. `halfStepPilot` is the bias of moments at recorded times, from a few spins
   * that take h and h/2 along the same Brownian paths.
   */
  readonly timeStepBias:
    | (OwnStepBiases & {
        readonly value: number | null;
        readonly limit: number;
        /**
         * Largest bias that an automatic step allows for so many spins: of moments, and relative of the slowest rate.
         */
        readonly promised: PromisedBias;
        readonly reason?: string;
        readonly rate: { readonly value: number | null; readonly limit: number; readonly reason?: string };
        readonly halfStepPilot: PilotResult;
      })
    | null;
  readonly fokkerPlanck: ExactBase | null;
  /** Why there is no exact side. */
  readonly fokkerPlanckReason?: string;
  readonly theory: readonly TheoryResult[];
  /** Closed forms that are functions of time. */
  readonly theoryCurves: readonly TheoryCurve[];
  /** Figures that have an exact partner, each with the outcome of its test. */
  readonly figures: readonly ShownFigure[];
  readonly comparisons: readonly (Comparison & { readonly agrees: boolean | null })[];
  readonly certificate: Certificate | null;
  /** Why a run has no certificate: nothing could be compared. */
  readonly certificateReason?: string;
  /** Sentences about figures that are correct but easily misread. */
  readonly notes: readonly string[];
  /** Parts of the physics that no comparison of this run would find wrong. */
  readonly blindSpots: readonly BlindSpot[];
}

/**
 * Bias of single observables by the time step, beyond moments and rates, by kind; a kind is absent if no observable has
 * it.
 */
export interface OwnStepBiases {
  /** Bias of spectra and autocovariances, computed. */
  readonly spectra?: readonly SpectrumBiasResult[];
}

/** Bias of one spectrum by the time step; null with the reason. */
export interface SpectrumBiasResult {
  readonly name: string;
  /** Largest relative bias of the mean over one of the bands that are compared. */
  readonly band: number | null;
  /** Largest bias of a band in the standard errors that this run has in the band. */
  readonly standardErrors: number | null;
  /** Largest bias of the autocovariance, as a share of the variance. */
  readonly covariance: number | null;
  readonly reason?: string;
}

/** A part of the physics that the observables of an experiment do not test. */
export interface BlindSpot {
  /** azimuth: of a field or torque about the axis that all other terms share. */
  readonly untested: "damping" | "precession" | "sense of precession" | "azimuth";
  readonly reason: string;
  /** What would test it. */
  readonly remedy: string;
}

/** A figure of the ensemble beside its exact partner. */
export interface ShownFigure {
  readonly name: string;
  /** Name of the observable it belongs to. */
  readonly observable: string;
  /** What it is, if curves and maps over a parameter show the same. */
  readonly quantity?: "timeUp" | "timeDown" | "shareUp" | "notSwitched";
  readonly unit: string;
  readonly value: number;
  readonly standardError: number | null;
  /** Ends of a 95 % interval where the error is not symmetric. */
  readonly low?: number;
  readonly high?: number;
  /** Null, with the `reason`, where the exact figure is of another state than the run's. */
  readonly exact: number | null;
  /** (value − exact)/standardError. */
  readonly standardErrors: number | null;
  /** If not tested: the p-value that its own error, or its counts, would give; null if it has neither. */
  readonly guard?: number | null;
  /** "contradicts": no valid test, but farther from the exact figure than its error allows. */
  readonly standing: "agrees" | "disagrees" | "not tested" | "contradicts";
  /** Why it was not tested. */
  readonly reason?: string;
}

/** The largest difference between h and h/2, the bias at h that it means, and the standard errors of both. */
export interface PilotResult extends Missing, Partial<Omit<Pilot, "difference">> {
  readonly difference: number | null;
}

/** Seconds, or the natural unit where the magnet is given by delta and alpha alone. */
export type TimeUnit = "s" | "1/(γ'B_K)";

export interface Provenance {
  readonly version: string;
  /** The commit that the program was built from, with "+" where files had been changed; null where it is not known. */
  readonly commit: string | null;
  /** SHA-256 of the completed experiment, keys in order. */
  readonly experimentHash?: string;
  readonly backend: BackendName | null;
  readonly adapter: string | null;
  /** Why this backend, and why not the others. */
  readonly choice?: string;
  readonly precision: "float32" | "float64";
  /** How often the device was lost and a new one went on from the last state kept; missing: never. */
  readonly deviceLosses?: number;
  readonly seed: number;
  /** Unit of every time in the result; rates are in its inverse, frequencies likewise. */
  readonly timeUnit: TimeUnit;
  readonly integrator: string;
  /** s */
  readonly timeStep: number;
  readonly steps: number;
  readonly spinSteps: number;
  readonly wallSeconds: number;
  readonly spinStepsPerSecond: number;
  readonly warnings: readonly string[];
}

/** A figure that may be missing, with the reason. */
export interface Missing {
  readonly reason?: string;
}

/** What every observable's result has. */
export interface ObservableResultBase {
  readonly type: string;
  readonly name: string;
  /**
   * Why the exact figures, which are of the stationary state, do not apply to the counts of the run; absent where they
   * apply.
   */
  readonly unsettled?: string;
}

export interface IntervalCurve {
  readonly times: readonly number[];
  readonly value: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

export interface StateResult {
  readonly m: readonly number[];
  /** Stationary probability of the state. */
  readonly weight: number;
  /** Escape rate, 1/s. */
  readonly rate: number | null;
}

export interface TwoStatesResult {
  readonly up: StateResult;
  readonly down: StateResult;
  /** Ratio of the slowest rate to the next. */
  readonly rateRatio: number | null;
  readonly committor: TwoStates["committor"];
}

/** The exact side beyond single observables. */
export interface ExactBase {
  readonly method: string;
  readonly size: number;
  readonly lmax: number;
  readonly errorEstimate: number;
  readonly converged: boolean;
  readonly wallSeconds: number;
  /**
   * s. If the dynamics changes in time, `eigenvalues`, `twoStates`, `stationary` and the stationary entropy production
   * belong to the parameters of this time, held constant. Absent if nothing changes.
   */
  readonly frozenAt?: number;
  /**
   * Eigenvalues of −F, 1/s: those nearest to zero, by ascending real part. Modes that precess fast lie farther away,
   * though they may decay as slowly.
   */
  readonly eigenvalues: readonly { readonly re: number; readonly im: number }[] | null;
  readonly eigenvaluesReason?: string;
  /** The two states of the slowest mode, rates 1/s, and its left eigenvector as the chance to reach "up" first. */
  readonly twoStates: TwoStatesResult | null;
  readonly twoStatesReason?: string;
  readonly stationary: { readonly m: readonly number[]; readonly mm: readonly number[] } | null;
  readonly stationaryReason?: string;
  readonly evolution:
    | readonly {
        readonly time: number;
        readonly m: readonly number[];
        readonly mm: readonly number[];
        /** Probabilities of mz > 0 and mz < 0, neither as one minus the other, with the larger relative error. */
        readonly probabilityUp: number | null;
        readonly probabilityDown: number | null;
        readonly probabilityErrorEstimate: number | null;
        readonly probabilityReason?: string;
      }[]
    | null;
  readonly evolutionReason?: string;
  /**
   * Probability at the end of the run to be on the side of the equator where at least 99 % of the spins started (after
   * a pulse: the write error), however small, with its relative error; null if they started on both sides.
   */
  readonly notSwitched: {
    readonly side: "up" | "down";
    /** s */
    readonly time: number;
    readonly probability: number | null;
    readonly errorEstimate: number | null;
    readonly reason?: string;
  } | null;
  /** Why there is none, where spins were to start in one well or direction. */
  readonly notSwitchedReason?: string;
  /**
   * Exact figures of every observable that has them, by type and name; under the type alone stand those of its first
   * observable.
   */
  readonly observables: readonly ObservableResultBase[];
}

export interface TheoryResult {
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  readonly value: number | null;
  readonly validWhen: string;
  readonly inRange: boolean;
  readonly cite: string;
  readonly reason?: string;
}

/** A closed form against time: null where it has no meaning; `inRange` says where it holds. */
export interface TheoryCurve {
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  /** s */
  readonly times: readonly number[];
  readonly value: readonly (number | null)[];
  readonly inRange: readonly boolean[];
  readonly validWhen: string;
  readonly cite: string;
}

/**
 * ⟨f⟩(to) − ⟨f⟩(from) − ∫⟨L f⟩dt for f = m, m m, zero for a correct ensemble whatever its density: a test that needs no exact
 * solution. Times in the result's unit, residuals without a unit.
 */
export interface DynkinResult {
  /** Names of f, in the order of the arrays. */
  readonly functions: readonly string[];
  readonly windows: readonly {
    readonly from: number;
    readonly to: number;
    readonly spins: number;
    readonly residual: readonly number[];
    readonly standardError: readonly number[];
    readonly quadratureError: readonly number[];
    /** Known contribution of the time-stepping scheme at this step. */
    readonly schemeShift: readonly number[];
    /** Smallest relative error of each part of the dynamics that the window would show; null where it shows none. */
    readonly smallestErrorSeen: {
      readonly relaxation: number | null;
      readonly precession: number | null;
      readonly diffusion: number | null;
    };
  }[];
  /** Why there is no window. */
  readonly reason?: string;
}
