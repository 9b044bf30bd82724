import type { TraceAnalysis } from "../traces/analyse.ts";
import { analyseTrace } from "../traces/analyse.ts";
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
}

/** Reads and analyses every file in turn, with a line of progress on a terminal. Throws TraceError. */
export async function readTraces(
  files: readonly string[],
  options: ReadTracesOptions,
): Promise<MeasuredTrace[]> {
  const found: MeasuredTrace[] = [];
  const show = (text: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
  };
  try {
    for (const file of files) {
      const source = await fileSource(file);
      try {
        const opened = await openTrace(source, options);
        for (const column of chosen(file, opened, options.column)) {
          const name = `${file}: ${column.name}`;
          const collected = await collect(column, (done, samples) =>
            show(`${name}: ${Math.round(100 * done)} % read, ${samples} samples`),
          );
          const sampleTime = options.sampleTime ?? collected.sampleTime;
          if (sampleTime === null)
            throw new TraceError(
              `${name}: the file does not say the time between samples: give --sample-time`,
            );
          requireSame(name, column, options.sampleTime);
          let steps = 0;
          const analysis = inFile(name, () =>
            analyseTrace(collected, collected.total, sampleTime, {
              ...options,
              onEvaluation: () => show(`${name}: likelihood ${++steps}`),
            }),
          );
          found.push({ file, column: column.name, unit: column.unit, analysis });
        }
      } finally {
        await source.close();
      }
    }
  } finally {
    show("");
  }
  return found;
}

/** A file may say itself how far its samples are apart. */
function requireSame(name: string, { sampleTime }: TraceColumn, given: number | undefined): void {
  if (given === undefined || sampleTime === null || Math.abs(given / sampleTime - 1) < 0.02) return;
  throw new TraceError(
    `${name}: the file gives ${Number(sampleTime.toPrecision(6))} s between samples, --sample-time ${given} s: is a unit wrong?`,
  );
}

function inFile(name: string, analyse: () => TraceAnalysis): TraceAnalysis {
  try {
    return analyse();
  } catch (error) {
    if (error instanceof TraceError) throw new TraceError(`${name}: ${error.message}`);
    throw error;
  }
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
