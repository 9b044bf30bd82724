import type { BenchResult } from "../../src/bench/run-bench.ts";
import type { BackendName } from "../../src/ensemble/kernel.ts";
import type { Simulation } from "../../src/ensemble/simulate.ts";
import type { EntryDescription } from "../../src/experiment/describe.ts";
import type { InputError } from "../../src/experiment/input-error.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { TermOfEquation } from "../../src/experiment/terms.ts";
import type { View } from "../../src/figures/figure.ts";
import type { PlacedFigure } from "../../src/observables/placed-figures.ts";
import type { Provenance, Result } from "../../src/result.ts";
import type { DeviceFigures } from "../../src/run/device-figures.ts";
import type { RatesRow } from "../../src/run/rates.ts";
import type { Axis } from "../../src/sweep/description.ts";
import type { PointRecord } from "../../src/sweep/record.ts";
import type { TransportResult } from "../../src/transport/transport-result.ts";
import type { Schema } from "../values/schema.ts";
import type { ContourLines } from "./contour-lines.ts";
import type { Seen } from "./measured.ts";

/*
 * Messages between the page and its workers. Experiments are sent as plain JSON; each worker reduces them itself. Steps
 * are counted from the start of the current run.
 */

export type Camera = { readonly yaw: number; readonly pitch: number };

/** What the sphere shows: spins, the density of the ensemble, or that on the left half of the picture and the exact one on the right. */
export type Shading = "spins" | "density" | "halves";

/** Lines of equal energy, φ along x and mz along y. */
export interface EnergyLines {
  /** kT between two lines; they are at multiples of it. */
  readonly every: number;
  readonly lines: ContourLines;
}

/** Options of a run. */
export interface StartRequest {
  readonly run: number;
  readonly experiment: CompletedExperiment;
  /** Number of spins, or as many as this machine can step in the time. */
  readonly spins: number | "auto";
  /** Wall-clock seconds of the run at speed 1; 0 runs without pacing. */
  readonly wallSeconds: number;
  /** Whether to start from the current state of the ensemble. */
  readonly carry: boolean;
  readonly backend: BackendName | "auto";
  /** Factor on the step of `auto`, below 1 if the exact side found the step too long. */
  readonly shrink: number;
}

export interface Started {
  readonly run: number;
  readonly experiment: CompletedExperiment;
  readonly backend: BackendName;
  readonly adapter: string;
  readonly software: boolean;
  readonly choice: string;
  readonly spins: number;
  readonly steps: number;
  /** s */
  readonly timeStep: number;
  /** The step of the previous run at which this run continues. */
  readonly carriedAt: number | null;
  readonly warnings: readonly string[];
  /** Observables that need a known start, which a continued run lacks. */
  readonly leftOut: readonly string[];
  /** Places of the figures of each observable. */
  readonly views: Readonly<Record<string, View>>;
}

export interface LiveMoments {
  readonly m: readonly number[];
  readonly mStandardError: readonly number[];
}

/** The same at a time, in the unit of the experiment. */
export interface TimedMoments extends LiveMoments {
  readonly time: number;
}

/** What the simulation tells while it runs; missing parts have not changed. */
export interface Live {
  readonly run: number;
  readonly step: number;
  readonly spinStepsPerSecond: number;
  readonly means?: LiveMoments;
  readonly bins?: Float64Array;
  /** Equal-area map, row-major [mz][φ]. */
  readonly map?: Float64Array;
  /** Figures so far of the experiment's observables. */
  readonly figures?: readonly PlacedFigure[];
}

export interface Finished {
  readonly run: number;
  readonly simulation: Simulation;
  readonly provenance: Provenance;
}

export interface ExactFrames {
  readonly run: number;
  readonly reason?: string;
  readonly method?: string;
  /** s */
  readonly times: readonly number[];
  readonly m: readonly (readonly number[])[];
  /** Probabilities of the bins of mz by frame; null if the density does not resolve them. */
  readonly bins: readonly (Float64Array | null)[];
  readonly stationary?: readonly number[];
  readonly stationaryShares?: readonly number[];
  readonly slowest?: string;
  /** s; time of the parameters to which it belongs, if these change. */
  readonly frozenAt?: number;
}

/** Exact figures of each observable of a run by index; null if there are none for a comparison with its counts. */
export interface OwnFigures {
  readonly run: number;
  readonly figures: readonly unknown[];
}

export interface ExactMap {
  readonly run: number;
  readonly step: number;
  readonly probabilities: Float64Array | null;
  readonly reason?: string;
}

/** A stable direction of a magnet, or a saddle between two of them. */
export interface RestingPoint {
  readonly mz: number;
  readonly phi: number;
  /** kT */
  readonly energy: number;
}

/** Potentials and the stationary current on a grid of mz (rows) and φ (columns). */
export interface Landscape {
  readonly mz: readonly number[];
  readonly phi: readonly number[];
  /** V/kT, Ψ/D, Ω in 1/s. */
  readonly energy: readonly (readonly number[])[] | null;
  readonly relaxation: readonly (readonly number[])[] | null;
  readonly precession: readonly (readonly number[])[];
  /** Probability per steradian, stationary, and its current along θ̂ and φ̂ (1/s per radian) on a coarser grid. */
  readonly density: readonly (readonly number[])[] | null;
  readonly current: {
    readonly mz: readonly number[];
    readonly phi: readonly number[];
    readonly up: readonly number[];
    readonly around: readonly number[];
  } | null;
  /** Lines of equal value of each, φ along x and mz along y. */
  readonly lines: Readonly<Record<"energy" | "relaxation" | "precession" | "density", ContourLines | null>>;
  readonly minima: readonly RestingPoint[];
  readonly saddles: readonly RestingPoint[];
  /** The lines of equal energy through the saddles. */
  readonly separatrix: ContourLines | null;
  /** Time of the parameters, s; null if nothing changes in time. */
  readonly time: number | null;
  readonly reason?: string | undefined;
}

/** An observable of the catalogue, and the place of its figures. */
export interface ObservableEntry extends EntryDescription {
  readonly view: View;
}

export type CheckReply =
  | { readonly ok: true; readonly experiment: CompletedExperiment }
  | { readonly ok: false; readonly problems: readonly InputError[] };

export interface BenchmarkRequest {
  /** `auto` for all available backends. */
  readonly backend: BackendName | "auto";
  /** Whether to time only the bare step loop, without statistics and other physics. */
  readonly bareOnly: boolean;
}

/** Requests by worker: name to argument and answer. */
export interface SimulationCalls {
  open: [BackendName | "auto", { backend: BackendName; adapter: string; software: boolean; choice: string }];
  canvas: [{ canvas: OffscreenCanvas; size: number } | null, unknown];
  start: [StartRequest, Started];
  pause: [boolean, unknown];
  step: [null, unknown];
  speed: [number, unknown];
  camera: [Camera, unknown];
  resize: [number, unknown];
  shading: [Shading, unknown];
  /** Exact probabilities of the cells of the map. */
  exactMap: [Float64Array | null, unknown];
  /** Exact figures that are drawn with the counts of a run until its end. */
  exactFigures: [OwnFigures, unknown];
  stop: [null, unknown];
  loseDevice: [null, unknown];
  benchmark: [BenchmarkRequest, BenchResult];
}
export interface SimulationEvents {
  live: Live;
  finished: Finished;
  failed: { readonly run: number; readonly message: string };
  /** Progress of the benchmark. */
  benchmarking: string;
}

export interface ExactCalls {
  /** Answers with the factor by which the step of `auto` must be shortened. */
  begin: [
    { run: number; experiment: CompletedExperiment; carriedAt: number | null; shrink: number },
    { shrink: number },
  ];
  frames: [{ run: number }, ExactFrames];
  /** Exact figures of the stationary state, for the time until the verdict. */
  figures: [{ run: number }, OwnFigures];
  map: [{ run: number; step: number }, ExactMap];
  /** At a time in s, where anything changes. */
  landscape: [{ readonly experiment: CompletedExperiment; readonly time: number }, Landscape];
  /** The solved stack of the first torque that has one, or null. */
  transport: [CompletedExperiment, TransportResult | null];
  compare: [
    Finished & { experiment: CompletedExperiment; shrink: number },
    { result: Result; carried: boolean; figures: readonly PlacedFigure[] },
  ];
}

/** A cell of a map: exact figures of an experiment at some settings, or why there are none. */
export interface CellRequest {
  readonly experiment: CompletedExperiment;
  readonly settings: Readonly<Record<string, number>>;
}
export type Cell = { readonly row: RatesRow } | { readonly reason: string };

/** How long a state lasts under constant parameters, s, and the probability that it is lost within a time; null with the reason. */
export interface Lasting {
  readonly meanLifetime: number | null;
  readonly probability: number | null;
  readonly reason?: string | undefined;
}

export interface CellCalls {
  cell: [CellRequest, Cell];
  /** `until`: the condition that ends the state. */
  lasting: [
    { readonly experiment: CompletedExperiment; readonly until: string; readonly seconds: number },
    Lasting,
  ];
}

/** Cells of a map to fill with ensembles: its axes, slowest first, and all cells in the order of computation. */
export interface EnsemblesRequest {
  readonly experiment: CompletedExperiment;
  readonly axes: readonly Axis[];
  readonly order: readonly number[];
  readonly backend: BackendName | "auto";
  /** Number of this worker and number of workers. */
  readonly share: { readonly index: number; readonly of: number };
}
/** An ensemble of one cell; the record holds its tests, and why figures are missing. */
export interface EnsembleCell {
  readonly seen: Seen | null;
  readonly record: PointRecord;
}

export interface EnsembleCalls {
  /** Answers after its last cell. */
  fill: [EnsemblesRequest, unknown];
}
export interface EnsembleEvents {
  filled: EnsembleCell;
}

export interface CheckerCalls {
  /** Data for the form in addition to the catalogues of physics: observables, and the JSON Schema of a stack. */
  descriptions: [null, { readonly observables: readonly ObservableEntry[]; readonly stack: Schema }];
  check: [unknown, CheckReply];
  /** The terms of a valid experiment as functions of m. */
  terms: [CompletedExperiment, readonly TermOfEquation[]];
  /** Figures that one would work out by hand for a valid experiment; null if that fails. */
  derived: [CompletedExperiment, DeviceFigures | null];
  /** Lines of equal energy at the start of a run; null at zero temperature or without an energy. */
  energyLines: [CompletedExperiment, EnergyLines | null];
  read: [string, CheckReply & { readonly written?: unknown }];
  write: [unknown, string];
  /** The report of a run as a page, with the text of plotly in it. */
  report: [{ result: Result; plotly: string }, string];
  /** result.json and arrays.npz of a run in one archive. */
  data: [Result, Uint8Array<ArrayBuffer>];
}
