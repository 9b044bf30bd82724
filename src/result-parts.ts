import type { BackendName } from "./ensemble/kernel.ts";
import type { Outcome } from "./ensemble/observations.ts";
import type { CompletedExperiment } from "./experiment/schema.ts";
import type { TwoStates } from "./fokker-planck/two-states.ts";
import type { Certificate } from "./statistics/certificate.ts";
import type { Comparison } from "./statistics/comparison.ts";
import type { PromisedBias } from "./statistics/promised-bias.ts";

/*
 * The parts of a result that are not of one observable; `result.ts` puts the whole together. SI units; every number is finite. What
 * could not be computed is null with a `reason` beside it.
 */

/** A result as those see it who know no observable. */
export interface ResultBase {
  readonly experiment: CompletedExperiment;
  readonly provenance: Provenance;
  readonly outcome: Outcome | "not run";
  /** There where a stop came before the last figure; those that are missing are null with the reason "stopped by the user". */
  readonly stopped?: true;
  readonly observables: readonly ObservableResultBase[];
  /** Dynkin's formula over windows of the run; null without an ensemble. */
  readonly dynkin: DynkinResult | null;
  /**
   * What the time step does to averages: `value` is the bias of stationary moments, `rate` the relative one of the slowest rate,
   * both computed without sampling; `halfStepPilot` the bias of moments at recorded times, from a few spins that take h and
   * h/2 along the same Brownian paths.
   */
  readonly timeStepBias:
    | (OwnStepBiases & {
        readonly value: number | null;
        readonly limit: number;
        /** What an automatic step keeps to at this size of the ensemble: of moments, and relative of the slowest rate. */
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
  /** Closed forms as functions of time, where they are. */
  readonly theoryCurves: readonly TheoryCurve[];
  /** Figures of the ensemble that stand beside an exact figure, each with what became of its test. */
  readonly figures: readonly ShownFigure[];
  readonly comparisons: readonly (Comparison & { readonly agrees: boolean | null })[];
  readonly certificate: Certificate | null;
  /** Why a run has no certificate: nothing could be compared. */
  readonly certificateReason?: string;
  /** Sentences about figures that are right and easily misread. */
  readonly notes: readonly string[];
  /** What no comparison of this run can see, however wrong it is. */
  readonly blindSpots: readonly BlindSpot[];
}

/** What the time step does to single observables beyond moments and rates, by kind; a kind is missing where none was asked for. */
export interface OwnStepBiases {
  /** Bias of spectra and autocovariances, computed. */
  readonly spectra?: readonly SpectrumBiasResult[];
}

/** What the time step does to one spectrum; null with the reason. */
export interface SpectrumBiasResult {
  readonly name: string;
  /** Largest relative bias of the mean over one of the bands that are compared. */
  readonly band: number | null;
  /** The largest one in standard errors that this run has in its band. */
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
  readonly unit: string;
  readonly value: number;
  readonly standardError: number | null;
  /** Ends of a 95 % interval where the error is not symmetric. */
  readonly low?: number;
  readonly high?: number;
  /** Null where the exact figure at hand is of another state than the run's, with the `reason`. */
  readonly exact: number | null;
  /** (value − exact)/standardError. */
  readonly standardErrors: number | null;
  /** Where it was not tested: the p-value that its own error, or its counts, would give; null without any. */
  readonly guard?: number | null;
  /** "contradicts": no valid test, but farther off than the error allows. */
  readonly standing: "agrees" | "disagrees" | "not tested" | "contradicts";
  /** Why it was not tested. */
  readonly reason?: string;
}

/** The largest difference between h and h/2, the bias at h that it means, and the standard errors of both. */
export interface PilotResult extends Missing {
  readonly difference: number | null;
  readonly standardError?: number;
  readonly bias?: number;
  readonly biasError?: number;
  readonly spins?: number;
  readonly steps?: number;
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
  /** Why the exact figures, which are of the stationary state, are not of what the run has counted; absent where they are. */
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
  /** 1/s, of leaving it. */
  readonly rate: number | null;
}

export interface TwoStatesResult {
  readonly up: StateResult;
  readonly down: StateResult;
  /** Slowest rate over the next. */
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
   * s; where anything in the dynamics changes in time: the time at whose parameters, held for ever, `eigenvalues`, `twoStates`, `stationary`
   * and the stationary entropy production are. Absent where nothing changes.
   */
  readonly frozenAt?: number;
  /** Of −F, 1/s: those nearest to zero, by ascending real part. Modes that precess fast are farther away, and may decay as slowly. */
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
   * Probability at the end of the run to be on the side of the equator where all spins, or 99 % of them, started (the write error,
   * after a pulse), however small, with its relative error; null where they started on both sides.
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
  /** Exact figures of every observable that has them, by its type and name; under their types stand those of the first of each. */
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

/** A closed form against time; null where it has no meaning, and out of range where `inRange` says so. */
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
    /** What the time-stepping scheme is known to add at its step. */
    readonly schemeShift: readonly number[];
    /** Smallest relative error of each part of the dynamics that the window shows; null where it sees none. */
    readonly smallestErrorSeen: {
      readonly relaxation: number | null;
      readonly precession: number | null;
      readonly diffusion: number | null;
    };
  }[];
  /** Why there is no window. */
  readonly reason?: string;
}
