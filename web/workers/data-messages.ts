import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { ExactDwells } from "../../src/report/dwell-times-figure.ts";
import type { BestSoFar, ExperimentFit } from "../../src/run/fit.ts";
import type { FitProgress } from "../../src/run/fit-progress.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import type { ModelValues } from "../../src/run/model-beside.ts";
import type { MeasuredTrace } from "../../src/traces/measured-trace.ts";
import type { TraceSweep } from "../../src/traces/sweep.ts";

/* What the page and the workers of measured data say to each other. Files stay on this machine. */

/** How files are to be read, where they do not say it themselves. */
export interface Reading {
  /** Signals by name; undefined where there is only one. */
  readonly columns?: readonly string[] | undefined;
  /** Between samples, s. */
  readonly sampleTime?: number | undefined;
  /** Hz; null: none; undefined: found from the trace. */
  readonly bandwidth?: number | null | undefined;
  readonly levels?: number | undefined;
  /** A line (Hz) and what changes over a time (s) or more slowly, which are removed first. */
  readonly mains?: number | undefined;
  readonly drift?: number | undefined;
  /** Path of what was swept, and its values where the names do not hold them. */
  readonly swept?: string | undefined;
  readonly values?: readonly number[] | undefined;
}

export interface ReadRequest {
  readonly files: readonly File[];
  readonly reading: Reading;
}

/** Traces, or a table of what was measured. */
export interface OwnData {
  readonly traces: readonly MeasuredTrace[];
  readonly measurements: readonly Measurement[];
  /** Over what changes between the measurements. */
  readonly sweep: TraceSweep | null;
  /** What changes: a path of the experiment. */
  readonly swept: string | null;
  /** All signals of the files. */
  readonly signals: readonly string[];
  /** As `spinsemble fit` reads it. */
  readonly table: string;
  /** For a link: the files, or the table alone where these are too large; null where that is too large too. */
  readonly packed: { readonly text: string; readonly isWhole: boolean } | null;
}

/** The data, or what has to be known before they can be read. */
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

/** What the experiment says of the same. */
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
  /** What is being done. */
  doing: string;
  better: BestSoFar;
  fitting: FitProgress;
}
