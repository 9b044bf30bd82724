import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { ExactDwells } from "../../src/report/dwell-times-figure.ts";
import type { BestSoFar, ExperimentFit } from "../../src/run/fit.ts";
import type { FitProgress } from "../../src/run/fit-progress.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import type { ModelValues } from "../../src/run/model-beside.ts";
import type { MeasuredTrace } from "../../src/traces/measured-trace.ts";
import type { TraceSweep } from "../../src/traces/sweep.ts";
import type { UpLevel } from "../../src/traces/up-level.ts";

/* Messages between the page and the workers of measured data. Files stay on this machine. */

/** Options for reading files that lack this information. */
export interface Reading {
  /** Signals by name; undefined if there is only one. */
  readonly columns?: readonly string[] | undefined;
  /** Time between samples, s. */
  readonly sampleTime?: number | undefined;
  /** Bandwidth, Hz; null: none; undefined: found from the trace. */
  readonly bandwidth?: number | null | undefined;
  readonly levels?: number | undefined;
  readonly up?: UpLevel | undefined;
  /** A line (Hz), and the time scale of a drift (s), which are removed first. */
  readonly mains?: number | undefined;
  readonly drift?: number | undefined;
  /** Path of the swept parameter, and its values if names do not contain them. */
  readonly swept?: string | undefined;
  readonly values?: readonly number[] | undefined;
}

export interface ReadRequest {
  readonly files: readonly File[];
  readonly reading: Reading;
}

/** Traces, or a table of measurements. */
export interface OwnData {
  readonly traces: readonly MeasuredTrace[];
  readonly measurements: readonly Measurement[];
  /** Figures over the parameter that changes between the measurements. */
  readonly sweep: TraceSweep | null;
  /** The changing parameter, as a path of the experiment. */
  readonly swept: string | null;
  /** All signals of the files. */
  readonly signals: readonly string[];
  /** As `spinsemble fit` reads it. */
  readonly table: string;
  /** For a link: the files, or only the table if these are too large; null if that is too large too. */
  readonly packed: { readonly text: string; readonly isWhole: boolean } | null;
}

/** The data, or the information needed to read them. */
export type ReadReply =
  | { readonly data: OwnData }
  | { readonly asks: string; readonly signals: readonly string[] };

export interface FitRequest {
  readonly experiment: CompletedExperiment;
  readonly data: readonly Measurement[];
  readonly free: readonly string[];
  readonly profile: boolean;
}

export interface BesideRequest {
  readonly experiment: CompletedExperiment;
  readonly data: readonly Measurement[];
  /** s; edges of the bins of the dwell times of each trace: up and down. */
  readonly edges: readonly (readonly [readonly number[], readonly number[]])[];
}

/** Exact values of the experiment for the same. */
export interface Beside {
  readonly points: readonly ModelValues[];
  readonly laws: readonly ExactDwells[];
}

export interface DataCalls {
  read: [ReadRequest, ReadReply];
  /** The files of a link. */
  unpack: [string, readonly File[]];
  fit: [FitRequest, ExperimentFit];
  beside: [BesideRequest, Beside];
}

export interface DataEvents {
  /** Text of the current work. */
  doing: string;
  better: BestSoFar;
  fitting: FitProgress;
}
