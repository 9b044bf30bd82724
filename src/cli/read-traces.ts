import { openAnalyst } from "../run/analyse-beside.ts";
import type { TraceAnalysis } from "../traces/analyse.ts";
import { openTrace } from "../traces/readers/open.ts";
import type { TraceColumn, TraceFile } from "../traces/readers/trace-file.ts";
import { collect } from "../traces/stretches.ts";
import { TraceError } from "../traces/trace-error.ts";
import { fileSource } from "./file-source.ts";

/** One trace of one file, analysed. */
export interface MeasuredTrace {
  readonly file: string;
  readonly column: string;
  readonly unit: string;
  /** The swept value that it was taken at. */
  readonly setting?: { readonly name: string; readonly value: number };
  readonly analysis: TraceAnalysis;
}

export interface ReadTracesOptions {
  readonly sampleTime?: number;
  readonly bandwidth?: number | null | undefined;
  readonly column?: string;
  readonly levels?: number;
  readonly raw?: string;
  readonly signal: AbortSignal;
}

/** What there is when the signal has stopped everything else. */
export interface ReadTraces {
  readonly traces: readonly MeasuredTrace[];
  /** Files whose traces are not all there. */
  readonly missing: readonly string[];
}

/** Reads and analyses every file in turn, with a line of progress on a terminal. Throws TraceError. */
export async function readTraces(files: readonly string[], options: ReadTracesOptions): Promise<ReadTraces> {
  const { signal } = options;
  const found: MeasuredTrace[] = [];
  const show = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
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
        for (const column of chosen(file, opened, options.column)) {
          name = `${file}: ${column.name}`;
          const collected = await collect(
            column,
            (done, samples) => show(`${name}: ${Math.round(100 * done)} % read, ${samples} samples`),
            signal,
          );
          const sampleTime = options.sampleTime ?? collected.sampleTime;
          if (sampleTime === null)
            throw new TraceError(
              `${name}: the file does not say the time between samples: give --sample-time`,
            );
          requireSame(name, column, options.sampleTime);
          steps = 0;
          const analysis = await analyst
            .analyse(collected, collected.total, sampleTime, options)
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

/** A file may say itself how far its samples are apart. */
function requireSame(name: string, { sampleTime }: TraceColumn, given: number | undefined): void {
  if (given === undefined || sampleTime === null || Math.abs(given / sampleTime - 1) < 0.02) return;
  throw new TraceError(
    `${name}: the file gives ${Number(sampleTime.toPrecision(6))} s between samples, --sample-time ${given} s: is a unit wrong?`,
  );
}

/** The columns asked for by name or number, or the only one. */
function chosen(file: string, { columns }: TraceFile, asked: string | undefined): TraceColumn[] {
  const names = columns.map(({ name }, i) => `${i + 1} ${name}`).join(", ");
  if (asked === "all") return [...columns];
  if (asked === undefined) {
    if (columns.length === 1) return [...columns];
    throw new TraceError(
      `${file} has ${columns.length} signals (${names}): choose with --column NAME, NAME,NAME or all`,
    );
  }
  return asked.split(",").map((part) => {
    const wanted = part.trim();
    const column = columns.find(({ name }) => name === wanted) ?? columns[Number(wanted) - 1];
    if (!column) throw new TraceError(`${file} has no column ${wanted}; there are ${names}`);
    return column;
  });
}
