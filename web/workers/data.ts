import { duration } from "../../src/figures/duration.ts";
import type { ExactDwells } from "../../src/report/dwell-times-figure.ts";
import { dwellLaw } from "../../src/run/dwell-law.ts";
import { fitExperiment } from "../../src/run/fit.ts";
import { isMeasurementTable, measurementsIn } from "../../src/run/measurement-table.ts";
import { modelBeside } from "../../src/run/model-beside.ts";
import { measurementsOf, tauTable } from "../../src/run/tau-table.ts";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { countingEvaluations } from "../../src/traces/analysis-progress.ts";
import { sampleTimeOf } from "../../src/traces/chosen-columns.ts";
import type { MeasuredTrace } from "../../src/traces/measured-trace.ts";
import type { ByteSource } from "../../src/traces/readers/bytes.ts";
import { openTrace } from "../../src/traces/readers/open.ts";
import type { TraceColumn } from "../../src/traces/readers/trace-file.ts";
import { withSettings } from "../../src/traces/settings-in-names.ts";
import { collect } from "../../src/traces/stretches.ts";
import { sweepOf } from "../../src/traces/sweep.ts";
import type { BesideRequest, DataCalls, OwnData, Reading, ReadReply } from "./data-messages.ts";
import { packed, unpacked } from "./packed-files.ts";
import type { Answering } from "./serve.ts";
import { emit, serve } from "./serve.ts";

/** The worker of measured data: reads and analyses files, and fits. To stop it, it is terminated. */

/** A file of the page, read on demand. */
const sourceOf = (file: File): ByteSource => ({
  name: file.name,
  size: file.size,
  read: async (offset, length) => new Uint8Array(await file.slice(offset, offset + length).arrayBuffer()),
});

const headBytes = 4096;
const isTable = async (file: File): Promise<boolean> =>
  isMeasurementTable(await file.slice(0, headBytes).text());

/** Measurements at different values of one setting as a sweep; null for anything else. */
function sweepIn(data: OwnData["measurements"], swept: string | null): OwnData["sweep"] {
  if (swept === null) return null;
  const points = data.flatMap(({ settings, values: { tau_up, tau_down }, correlation = 0 }) =>
    tau_up && tau_down
      ? [
          {
            value: settings[swept],
            dwell: {
              up: { mean: tau_up.value, standardError: tau_up.error },
              down: { mean: tau_down.value, standardError: tau_down.error },
              correlation,
            },
          },
        ]
      : [],
  );
  return points.length > 1 ? sweepOf(points) : null;
}

/** The first setting that differs between measurements. */
const sweptIn = (data: OwnData["measurements"]): string | null =>
  Object.keys(data[0]?.settings ?? {}).find(
    (name) => new Set(data.map(({ settings }) => settings[name])).size > 1,
  ) ?? null;

async function withLink(
  data: Omit<OwnData, "packed" | "sweep" | "swept">,
  files: readonly File[],
): Promise<ReadReply> {
  const swept = sweptIn(data.measurements);
  const sweep = sweepIn(data.measurements, swept);
  return { data: { ...data, swept, sweep, packed: await packed(files, data.table) } };
}

async function readTable(file: File): Promise<ReadReply> {
  const table = await file.text();
  const measurements = measurementsIn(file.name, table);
  return withLink({ traces: [], measurements, signals: [], table }, [file]);
}

/** Milliseconds between two lines of progress, because screen readers read them out. */
const betweenLines = 400;
let said = 0;

function say(text: string): void {
  const now = performance.now();
  if (now - said < betweenLines) return;
  said = now;
  emit("doing", text);
}

/** One signal, analysed; progress goes to the page. */
async function analysed(
  file: string,
  column: TraceColumn,
  { sampleTime: given, bandwidth, levels, up, mains, drift }: Reading,
): Promise<MeasuredTrace | null> {
  const name = `${file}: ${column.name}`;
  const collected = await collect(column, (done) => say(`${name}: ${Math.round(100 * done)} % read`));
  if ((given ?? collected.sampleTime) === null) return null;
  const sampleTime = sampleTimeOf(name, column, collected.sampleTime, given);
  const analysis = analyseTrace(collected, collected.total, sampleTime, {
    bandwidth,
    mains,
    drift,
    ...(levels === undefined ? {} : { levels }),
    ...(up === undefined ? {} : { up }),
    onEvaluation: countingEvaluations(collected, sampleTime, ({ evaluations, seconds, left }) =>
      say(
        `${name}: ${evaluations} evaluations of the likelihood in ${duration(seconds)}${left === null ? "" : `, ${duration(left)} left`}`,
      ),
    ),
  });
  return { file, column: column.name, unit: column.unit, analysis };
}

async function readTraces(files: readonly File[], reading: Reading): Promise<ReadReply> {
  const opened = await Promise.all(
    files.map(async (file) => ({
      file: file.name,
      columns: (await openTrace(sourceOf(file), withoutNothing({ sampleTime: reading.sampleTime }))).columns,
    })),
  );
  const signals = [...new Set(opened.flatMap(({ columns }) => columns.map(({ name }) => name)))];
  const several = opened.find(({ columns }) => columns.length > 1);
  if (several && !reading.columns)
    return { asks: `${several.file} has ${several.columns.length} signals: choose`, signals };
  const traces: MeasuredTrace[] = [];
  for (const { file, columns } of opened) {
    const { columns: wanted } = reading;
    const chosen =
      columns.length === 1 || !wanted ? columns : columns.filter(({ name }) => wanted.includes(name));
    if (chosen.length === 0) return { asks: `${file} has none of the signals that are chosen`, signals };
    for (const column of chosen) {
      const trace = await analysed(file, column, reading);
      if (!trace) return { asks: `${file} does not say the time between samples: fill it in`, signals };
      traces.push(trace);
    }
  }
  const { swept, values } = reading;
  if (swept === undefined && traces.length > 1)
    return withLink(
      { traces, measurements: measurementsOf(traces), signals, table: tauTable(traces) },
      files,
    );
  const set = swept === undefined ? traces : withSettings(traces, swept, values);
  return withLink({ traces: set, measurements: measurementsOf(set), signals, table: tauTable(set) }, files);
}

/** An object without its undefined values. */
const withoutNothing = <T extends object>(value: T): { [K in keyof T]: NonNullable<T[K]> } =>
  Object.fromEntries(Object.entries(value).filter(([, x]) => x !== undefined)) as never;

function beside({ experiment, data, edges }: BesideRequest) {
  const bounded = { ...experiment, exact: { seconds: mostSeconds } };
  const law = (settings: Readonly<Record<string, number>>, times: readonly number[]) =>
    times.length === 0 ? null : dwellLaw(bounded, settings, times);
  return {
    points: data.map((row) => modelBeside(bounded, row)),
    laws: edges.map(([up, down], i): ExactDwells => {
      const { settings } = data[i];
      const [above, below] = [law(settings, up), law(settings, down)];
      const reason = above?.reason ?? below?.reason ?? above?.value?.up.reason ?? below?.value?.down.reason;
      return {
        up: above?.value?.up.value ?? [],
        down: below?.value?.down.value ?? [],
        ...(reason ? { reason } : {}),
      };
    }),
  };
}

/** Largest time, s, for the exact figures of one point in addition to those of the page. */
const mostSeconds = 20;

export const answer: Answering = serve<DataCalls>({
  async read({ files, reading }) {
    const tables = await Promise.all(files.map(isTable));
    if (!tables.includes(true)) return readTraces(files, reading);
    if (files.length > 1) throw new Error("a table of dwell times is read by itself: drop one file");
    return readTable(files[0]);
  },
  unpack: (text) => unpacked(text),
  fit: ({ experiment, data, free, profile }) =>
    fitExperiment(experiment, data, free, {
      profile,
      onBetter: (best) => emit("better", best),
      onProgress: (progress) => emit("fitting", progress),
    }),
  beside,
});
