import type { TraceAnalysis } from "../traces/analyse.ts";

/** The data of one trace for a report. */
export interface ShownTrace {
  readonly file: string;
  readonly column: string;
  readonly unit: string;
  readonly analysis: TraceAnalysis;
}
