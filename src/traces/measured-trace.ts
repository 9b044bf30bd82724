import type { TraceAnalysis } from "./analysis.ts";

/** One trace of one file, analysed. */
export interface MeasuredTrace {
  readonly file: string;
  readonly column: string;
  readonly unit: string;
  /** The swept value that it was taken at. */
  readonly setting?: { readonly name: string; readonly value: number };
  readonly analysis: TraceAnalysis;
}
