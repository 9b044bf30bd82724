import { readable } from "../figures/readable.ts";
import { tracesHtml } from "../report/traces.ts";
import type { TraceAnalysis } from "../traces/analyse.ts";
import { TraceError } from "../traces/trace-error.ts";
import { exitCode, UsageError } from "./exit.ts";
import type { MeasuredTrace } from "./read-traces.ts";
import { readTraces } from "./read-traces.ts";
import { tauTable } from "./tau-table.ts";
import { freeFolder, plotlyText, requirePlace, writeFolder } from "./write-result.ts";

export interface TracesFlags {
  readonly sampleTime?: number;
  readonly bandwidth?: string;
  readonly column?: string;
  readonly levels?: number;
  readonly raw?: string;
  readonly json?: boolean;
  readonly out?: string;
}

/** `spinsemble traces FILE…`: every trace analysed; nothing is written unless all could be. */
export async function tracesCommand(files: readonly string[], flags: TracesFlags): Promise<number> {
  await requirePlace(flags.out);
  let traces: MeasuredTrace[];
  try {
    traces = await readTraces(files, { ...flags, bandwidth: bandwidthIn(flags.bandwidth) });
  } catch (error) {
    if (error instanceof TraceError) throw new UsageError(error.message);
    throw error;
  }
  const result = traces.length === 1 ? traceResult(traces[0]) : { traces: traces.map(traceResult) };
  const folder =
    flags.out ?? (flags.json ? undefined : freeFolder(`traces ${files[0].replace(/^.*[\\/]/, "")}`));
  if (folder !== undefined)
    await writeFolder(folder, {
      "result.json": `${JSON.stringify(result, null, 1)}\n`,
      "dwell-times.csv": tauTable(traces),
      "report.html": tracesHtml(traces, await plotlyText()),
    });
  if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(traces.map(summaryOf).join("\n"));
  if (folder !== undefined) (flags.json ? process.stderr : process.stdout).write(`\nresult in ${folder}\n`);
  return exitCode.done;
}

function bandwidthIn(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === "none") return null;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new UsageError(`--bandwidth must be > 0 Hz or none, got ${text}`);
  return value;
}

/** As the contract of the command names things: dwell times in s, thresholds' mean dwell times beside them. */
const traceResult = ({ file, column, unit, setting, analysis }: MeasuredTrace) => {
  const { levels, excerpt: _, ...rest } = analysis;
  return {
    file,
    column,
    unit,
    ...(setting ? { setting } : {}),
    ...rest,
    levels: levels.map(({ value }) => value),
    levelErrors: levels.map(({ standardError }) => standardError),
    occupations: levels.map(({ occupation }) => occupation),
  };
};

function summaryOf({ file, column, unit, analysis }: MeasuredTrace): string {
  const { dwell, threshold, hysteresis, levels, noise, bandwidth, warnings } = analysis;
  const line = (name: string, text: string): string => `  ${name.padEnd(26)}${text}\n`;
  const side = (name: "up" | "down"): string => {
    const { mean, low, high, count } = dwell[name];
    return line(
      `mean dwell ${name} (s)`,
      `${readable(mean)}  95 %: ${readable(low)} … ${readable(high)}  (${count} dwells)   threshold ${readable(threshold[name])}, hysteresis ${readable(hysteresis[name])}`,
    );
  };
  const unitText = unit ? ` (${unit})` : "";
  return [
    `${file}, ${column}: ${analysis.samples} samples, ${readable(analysis.sampleTime)} s apart\n`,
    line(
      `levels${unitText}`,
      levels.map((l) => `${readable(l.value)} ± ${readable(l.standardError)}`).join(", "),
    ),
    line(`noise${unitText}`, readable(noise)),
    line("bandwidth (Hz)", bandwidthText(bandwidth)),
    side("up"),
    side("down"),
    ...warnings.map((warning) => `  warning: ${warning}\n`),
  ].join("");
}

const bandwidthText = (bandwidth: TraceAnalysis["bandwidth"]): string =>
  bandwidth === null ? "none" : `${readable(bandwidth.value)}${bandwidth.given ? "" : ", from the trace"}`;
