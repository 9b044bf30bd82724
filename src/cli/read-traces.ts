import { openAnalyst } from "../run/analyse-beside.ts";
import { chosenColumns, sampleTimeOf } from "../traces/chosen-columns.ts";
import type { StepResponse } from "../traces/instrument/step-response.ts";
import type { MeasuredTrace } from "../traces/measured-trace.ts";
import { openTrace } from "../traces/readers/open.ts";
import { collect } from "../traces/stretches.ts";
import { TraceError } from "../traces/trace-error.ts";
import { fileSource } from "./file-source.ts";
import type { NoiseFor } from "./read-instrument.ts";
import { rewriteLine } from "./rewritten-line.ts";

export interface ReadTracesOptions {
  readonly sampleTime?: number;
  readonly bandwidth?: number | null | undefined;
  readonly response?: StepResponse | undefined;
  readonly noiseFor?: NoiseFor | undefined;
  readonly mains?: number | undefined;
  readonly drift?: number | undefined;
  readonly keepsTrace?: boolean | undefined;
  readonly column?: string;
  readonly levels?: number;
  readonly raw?: string;
  readonly signal: AbortSignal;
}

/** The traces that were read, all or, after a signal, those that were finished. */
export interface ReadTraces {
  readonly traces: readonly MeasuredTrace[];
  /** Files of which traces are missing. */
  readonly missing: readonly string[];
}

/** Reads and analyses every file in turn, with a line of progress on a terminal. Throws TraceError. */
export async function readTraces(files: readonly string[], options: ReadTracesOptions): Promise<ReadTraces> {
  const { signal } = options;
  const found: MeasuredTrace[] = [];
  const show = (text: string): void => {
    if (process.stderr.isTTY) rewriteLine(process.stderr, text);
  };
  let name = "";
  let steps = 0;
  const analyst = await openAnalyst({
    signal,
    onEvaluation: () => show(`${name}: likelihood ${++steps}`),
  });
  let at = 0;
  try {
    for (; at < files.length; at++) {
      const file = files[at];
      const source = await fileSource(file);
      try {
        const opened = await openTrace(source, options);
        for (const column of chosenColumns(file, opened, options.column)) {
          name = `${file}: ${column.name}`;
          const collected = await collect(
            column,
            (done, samples) => show(`${name}: ${Math.round(100 * done)} % read, ${samples} samples`),
            signal,
          );
          const sampleTime = sampleTimeOf(name, column, collected.sampleTime, options.sampleTime);
          steps = 0;
          const analysis = await analyst
            .analyse(collected, collected.total, sampleTime, {
              ...options,
              noise: options.noiseFor?.(sampleTime),
            })
            .catch((error) => {
              throw error instanceof TraceError ? new TraceError(`${name}: ${error.message}`) : error;
            });
          found.push({ file, column: column.name, unit: column.unit, analysis });
        }
      } finally {
        await source.close();
      }
    }
    return { traces: found, missing: [] };
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return { traces: found, missing: files.slice(at) };
  } finally {
    analyst.close();
    show("");
  }
}
