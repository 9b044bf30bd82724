import type { TraceAnalysis } from "./analysis.ts";

/** One trace of one file, analysed. */
export interface MeasuredTrace {
  readonly file: string;
  readonly column: string;
  readonly unit: string;
  /** Value of the swept parameter. */
  readonly setting?: { readonly name: string; readonly value: number };
  readonly analysis: TraceAnalysis;
}
