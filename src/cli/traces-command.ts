import type { CompletedExperiment } from "../experiment/index.ts";
import { readable, withError } from "../figures/readable.ts";
import type { TracesFit } from "../report/fit-figures.ts";
import { fitRows, likelihoodRows, profileRows, ratioText } from "../report/fit-figures.ts";
import { bandwidthText, baselineRows, instrumentRows, noiseText } from "../report/trace-rows.ts";
import { tracesHtml } from "../report/traces.ts";
import { levelOfUp } from "../run/level-of-up.ts";
import { measurementsOf, tauTable } from "../run/tau-table.ts";
import type { MeasuredTrace } from "../traces/measured-trace.ts";
import type { GivenValues } from "../traces/settings-in-names.ts";
import { settingsOf, valuesByName, withSettings } from "../traces/settings-in-names.ts";
import type { TraceSweep } from "../traces/sweep.ts";
import { sweepOf } from "../traces/sweep.ts";
import { TraceError } from "../traces/trace-error.ts";
import type { UpLevel } from "../traces/up-level.ts";
import { attendedFit, pathsIn, StoppedFit } from "./attended-fit.ts";
import { attendedTraceFit } from "./attended-trace-fit.ts";
import { exitCode, UsageError } from "./exit.ts";
import { inColumn, inColumns } from "./in-column.ts";
import { listening } from "./interrupts.ts";
import { TooLongError } from "./patience.ts";
import { readExperiment } from "./read-experiment.ts";
import { readNoise, readResponse } from "./read-instrument.ts";
import { readTraces } from "./read-traces.ts";
import { say } from "./say.ts";
import { textOf } from "./text-of.ts";
import { outputPlace, plotlyText, sayResultFolder, writeFolder } from "./write-result.ts";

export interface TracesFlags {
  readonly sampleTime?: number;
  readonly bandwidth?: string;
  readonly response?: string;
  readonly noise?: string;
  readonly mains?: number;
  readonly drift?: number;
  readonly column?: string;
  readonly levels?: number;
  readonly up?: UpLevel;
  readonly raw?: string;
  readonly swept?: string;
  readonly values?: string;
  readonly model?: string;
  readonly free?: string;
  /** Also fits the model to the traces themselves. */
  readonly likelihood?: boolean;
  /** Fits the model even if the estimated time is very long. */
  readonly force?: boolean;
  readonly json?: boolean;
  readonly out?: string;
}

/** `spinsemble traces FILE…`: every trace analysed; nothing is written unless all could be. */
export async function tracesCommand(files: readonly string[], flags: TracesFlags): Promise<number> {
  const folder = await outputPlace(flags, `traces ${files[0].replace(/^.*[\\/]/, "")}`);
  if ((flags.model === undefined) !== (flags.free === undefined))
    throw new UsageError("--model and --free must be given together");
  if (flags.likelihood && flags.model === undefined)
    throw new UsageError("--likelihood fits a model to the traces: --model and --free are missing");
  if (flags.likelihood && (flags.levels ?? 2) !== 2)
    throw new UsageError("--likelihood needs traces with two levels, because the model has two: up and down");
  const experiment = flags.model === undefined ? undefined : await readExperiment(flags.model, []);
  const up = flags.up ?? upIn(experiment);
  return listening("stopping; what is done will be written (again: quit at once)", (signal) =>
    analysed(files, { ...flags, ...(up ? { up } : {}) }, { experiment, folder, signal }),
  );
}

/** The level at which the model is up, with a line about it where that is not the higher one. */
function upIn(experiment: CompletedExperiment | undefined): UpLevel | null {
  const found = experiment ? levelOfUp(experiment) : null;
  if (found === "lowest")
    say(
      "up is the lowest level of the traces, because what the model measures is smaller there (--up highest takes the highest)",
    );
  return found;
}

/** What the parts of the command share. */
interface Surroundings {
  readonly experiment: CompletedExperiment | undefined;
  readonly folder: string | undefined;
  readonly signal: AbortSignal;
}

/** Analyses, fits and delivers; after a stop, unfinished parts are left out. */
async function analysed(
  files: readonly string[],
  flags: TracesFlags,
  { experiment, folder, signal }: Surroundings,
): Promise<number> {
  let traces: readonly MeasuredTrace[] | undefined;
  let stopped: Error | undefined;
  let sweep: TraceSweep | undefined;
  let fit: TracesFit | undefined;
  try {
    const bandwidth = bandwidthIn(flags.bandwidth);
    const { response, noise, ...others } = flags;
    const values = await valuesIn(flags.values);
    const read = await readTraces(files, {
      ...others,
      signal,
      bandwidth,
      response: response === undefined ? undefined : await readResponse(response, bandwidth),
      noiseFor: noise === undefined ? undefined : await readNoise(noise),
      keepsTrace: flags.likelihood,
      onListed: flags.swept === undefined ? undefined : (places) => void settingsOf(places, values),
    });
    traces = read.traces;
    if (read.missing.length > 0) {
      stopped = new Error(`stopped: not all of ${read.missing.join(", ")}; the same command starts again`);
      if (traces.length === 0) throw stopped;
    }
    if (!stopped && flags.swept !== undefined) {
      traces = withSettings(traces, flags.swept, values);
      sweep = sweepOf(
        traces.map(({ setting, analysis }) => ({ value: setting?.value ?? 0, dwell: analysis.dwell })),
      );
    }
    const free = flags.free === undefined ? [] : pathsIn(flags.free);
    if (!stopped && experiment)
      fit = await attendedFit(experiment, measurementsOf(traces), free, {
        stop: signal,
        profile: true,
        force: flags.force,
      });
    if (!stopped && fit?.outcome === "converged" && flags.likelihood) {
      const likelihood = await attendedTraceFit(experiment, traces, fit, signal);
      fit = { ...fit, likelihood };
      if (!likelihood) stopped = new Error("stopped: the fit to the traces is missing");
    }
  } catch (error) {
    if (error instanceof TraceError || error instanceof RangeError) throw new UsageError(error.message);
    if (error !== stopped && !(error instanceof StoppedFit || error instanceof TooLongError)) throw error;
    // the analysis of the traces is complete and is still written
    stopped = error as Error;
  }
  if (!traces || traces.length === 0) {
    if (stopped) say(stopped.message);
    return exitCode.failed;
  }
  const isPlain = traces.length === 1 && !sweep;
  const parts = isPlain ? traceResult(traces[0]) : { traces: traces.map(traceResult) };
  const result = { ...parts, ...(sweep ? { sweep } : {}), ...(fit ? { fit } : {}) };
  if (folder !== undefined)
    await writeFolder(folder, {
      "result.json": `${JSON.stringify(result, null, 1)}\n`,
      "dwell-times.csv": tauTable(traces),
      "report.html": tracesHtml({ traces, sweep, swept: flags.swept, fit }, await plotlyText()),
    });
  if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else
    process.stdout.write(
      [...traces.map(summaryOf), ...(sweep ? [sweepText(sweep)] : []), ...(fit ? [fitText(fit)] : [])].join(
        "\n",
      ),
    );
  sayResultFolder(folder, flags.json);
  if (stopped) process.stderr.write(`${stopped.message}\n`);
  if (fit?.profileReason) process.stderr.write(`the profile is missing: ${fit.profileReason}\n`);
  return stopped || fit?.profileReason || (fit && fit.outcome !== "converged")
    ? exitCode.failed
    : exitCode.done;
}

/** Numbers, or a table of names and numbers. */
async function valuesIn(given: string | undefined): Promise<GivenValues | undefined> {
  const list = given?.split(",").map(Number);
  if (given === undefined || list?.every(Number.isFinite)) return list;
  const text = await textOf(given).catch(() => {
    throw new UsageError(`--values must be numbers, or a file with names and numbers, got ${given}`);
  });
  return valuesByName(given, text);
}

function sweepText({ points, sigmoid }: TraceSweep): string {
  const rows = points.map(
    (p) =>
      `  ${inColumn(readable(p.value), 14)}τ up ${withError(p.tauUp, p.tauUpError)} s, τ down ${withError(p.tauDown, p.tauDownError)} s, ln of their ratio ${withError(p.lnRatio, p.lnRatioError)}\n`,
  );
  const law = sigmoid
    ? `  occupation: midpoint ${withError(sigmoid.midpoint, sigmoid.midpointError)}, slope ${withError(sigmoid.slope, sigmoid.slopeError)}, p of a sigmoid ${readable(sigmoid.pValue)}\n`
    : "";
  return `sweep\n${rows.join("")}${law}`;
}

const fitText = (fit: TracesFit): string =>
  [
    "model\n",
    ...inColumns([
      ...fitRows(fit).map(([name, value, interval]) => [name, value, `95 %: ${interval}`]),
      ...profileRows(fit),
      ...likelihoodRows(fit).map(([name, value, interval]) => [
        `${name}, likelihood`,
        value,
        `95 %: ${interval}`,
      ]),
    ]).map((line) => `  ${line}\n`),
    ...(fit.likelihood ? [`  ${ratioText(fit.likelihood)}\n`] : []),
    `  chi-squared ${readable(fit.chiSquared)} with ${fit.degreesOfFreedom} degrees of freedom, p ${readable(fit.pValue)}; ${fit.outcome}${fit.reason ? `: ${fit.reason}` : ""}\n`,
  ].join("");

function bandwidthIn(text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === "none") return null;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new UsageError(`--bandwidth must be > 0 Hz or none, got ${text}`);
  return value;
}

/** A trace as the command's JSON has it: dwell times in s, and beside them the mean dwell times by threshold. */
const traceResult = ({ file, column, unit, setting, analysis }: MeasuredTrace) => {
  const { levels, excerpt: _, kept: __, ...rest } = analysis;
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
  const { dwell, threshold, hysteresis, levels, bandwidth, warnings } = analysis;
  const line = (name: string, text: string): string => `  ${inColumn(name, 26)}${text}\n`;
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
    line(`levels${unitText}`, levels.map((l) => withError(l.value, l.standardError)).join(", ")),
    line(`noise${unitText}`, noiseText(analysis)),
    line("bandwidth (Hz)", bandwidthText(bandwidth)),
    ...instrumentRows(analysis).map(([name, text]) => line(name, text)),
    ...baselineRows(analysis.baseline, unit).map(([name, text]) => line(name, text)),
    side("up"),
    side("down"),
    ...warnings.map((warning) => `  warning: ${warning}\n`),
  ].join("");
}
