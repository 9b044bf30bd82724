import { duration } from "../figures/duration.ts";
import { openAnalyst } from "../run/analyse-beside.ts";
import { chosenColumns, sampleTimeOf } from "../traces/chosen-columns.ts";
import type { StepResponse } from "../traces/instrument/step-response.ts";
import type { MeasuredTrace } from "../traces/measured-trace.ts";
import { openTrace } from "../traces/readers/open.ts";
import { collect } from "../traces/stretches.ts";
import { TraceError } from "../traces/trace-error.ts";
import type { UpLevel } from "../traces/up-level.ts";
import { fileSource } from "./file-source.ts";
import { likelihoodText } from "./likelihood-line.ts";
import type { NoiseFor } from "./read-instrument.ts";
import { timedLine } from "./rewritten-line.ts";

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
  readonly up?: UpLevel;
  readonly raw?: string;
  /** Called with all traces before the first is analysed, to refuse what is missing. */
  readonly onListed?: ((traces: readonly Pick<MeasuredTrace, "file" | "column">[]) => void) | undefined;
  readonly signal: AbortSignal;
}

/** The traces that were read, all or, after a signal, those that were finished. */
export interface ReadTraces {
  readonly traces: readonly MeasuredTrace[];
  /** Files of which traces are missing. */
  readonly missing: readonly string[];
}

/** Listener for the reading of a trace: "a.csv: 12 % read, 30000 samples, about 2 minutes left". */
function readingText(place: () => string, show: (text: string) => void) {
  const began = performance.now();
  return (done: number, samples: number): void => {
    const left = done > 0 ? ((performance.now() - began) / 1000) * (1 / done - 1) : 0;
    const rest = left > 1 ? `, ${duration(left)} left` : "";
    show(`${place()}: ${Math.round(100 * done)} % read, ${samples} samples${rest}`);
  };
}

/** All traces by name, without their samples, so that a bad file is refused before others are analysed. */
async function listed(
  files: readonly string[],
  options: ReadTracesOptions,
): Promise<Pick<MeasuredTrace, "file" | "column">[]> {
  const found: Pick<MeasuredTrace, "file" | "column">[] = [];
  for (const file of files) {
    const source = await fileSource(file);
    try {
      const opened = await openTrace(source, options);
      for (const { name } of chosenColumns(file, opened, options.column)) found.push({ file, column: name });
    } finally {
      await source.close();
    }
  }
  return found;
}

/** Reads and analyses every file in turn, with a line of progress. Throws TraceError. */
export async function readTraces(files: readonly string[], options: ReadTracesOptions): Promise<ReadTraces> {
  const { signal } = options;
  const found: MeasuredTrace[] = [];
  const line = timedLine(process.stderr, 0);
  let all = files.length;
  if (files.length > 1 || options.onListed) {
    const places = await listed(files, options).catch((error) => {
      if (signal.aborted && error === signal.reason) return null;
      throw error;
    });
    if (!places) return { traces: [], missing: files };
    options.onListed?.(places);
    all = places.length;
  }
  let name = "";
  const began = performance.now();
  const place = (): string => (all > 1 ? `${found.length + 1} of ${all}, ${name}` : name);
  /** Seconds for the traces after the present one, as long as those before it took. */
  const others = (): number =>
    found.length === 0 ? 0 : ((all - found.length - 1) * (performance.now() - began)) / 1000 / found.length;
  const analyst = await openAnalyst({
    signal,
    onLikelihood: (progress) => line.show(() => [likelihoodText(place(), progress, others())]),
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
            readingText(place, (text) => line.show(() => [text])),
            signal,
          );
          const sampleTime = sampleTimeOf(name, column, collected.sampleTime, options.sampleTime);
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
    line.clear();
  }
}
