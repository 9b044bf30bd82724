import type { InputError } from "./experiment/input-error.ts";
import type { CompletedExperiment } from "./experiment/schema.ts";
import type { Settings } from "./experiment/settings.ts";
import type { Vary } from "./experiment/vary.ts";
import { checkExperiment } from "./observables/experiment.ts";
import type { Experiment } from "./observables/written.ts";
import { reportHtml } from "./report/report.ts";
import type { Result } from "./result.ts";
import type { AnalyseBesideOptions } from "./run/analyse-beside.ts";
import { analyseBeside } from "./run/analyse-beside.ts";
import { fokkerPlanckBeside } from "./run/exact-alone.ts";
import type { ExactSideOptions } from "./run/exact-side.ts";
import type { ExperimentFit, FitOptions } from "./run/fit.ts";
import { fitExperiment } from "./run/fit.ts";
import type { FitBesideOptions } from "./run/fit-beside.ts";
import { fitBeside } from "./run/fit-beside.ts";
import type { Measurement } from "./run/measurement.ts";
import type { BesideOptions } from "./run/quick-beside.ts";
import { checkBeside, onsagerBeside, reportBeside, transportBeside } from "./run/quick-beside.ts";
import type { RatesBesideOptions } from "./run/rates-beside.ts";
import { ratesBeside } from "./run/rates-beside.ts";
import type { RatesOver } from "./run/rates-over.ts";
import { ratesOver } from "./run/rates-over.ts";
import type { RunOptions } from "./run/run.ts";
import * as runs from "./run/run.ts";
import { analyseTrace as analysed } from "./traces/analyse.ts";
import type { AnalysisOptions, TraceAnalysis } from "./traces/analysis.ts";
import type { Stretches } from "./traces/stretches.ts";
import type { OnsagerResult } from "./transport/onsager/onsager-result.ts";
import { onsager as onsagerResult } from "./transport/onsager/onsager-result.ts";
import type { SystemInput } from "./transport/onsager/system-file.ts";
import type { FreeMagnet } from "./transport/spin-torque.ts";
import type { StackInput } from "./transport/stack-schema.ts";
import type { TransportResult } from "./transport/transport-result.ts";
import { transportResult } from "./transport/transport-result.ts";

/*
 * The library does what the command does, with typed experiments. Experiment files hold the same objects.
 */

type Typed = { readonly type: string };

/** Types that are given, never inferred from the argument. TypeScript's own `NoInfer` refuses them beside entries of the catalogue. */
type Declared<T> = [T][T extends unknown ? 0 : never];

/** The answer of `check`: a completed experiment or its problems. */
export type Checked =
  | { readonly ok: true; readonly experiment: CompletedExperiment }
  | { readonly ok: false; readonly problems: readonly InputError[] };

/**
 * Checks an experiment, as read from a file for instance, and fills in every default. All problems are
 * returned at once. `settings` are applied first: paths and values, as by `--set path=value`. Usual experiments take some hundredths of a
 * second of processor time, typed formulas of thousands of characters seconds each. With options (and perhaps a signal) it is checked in
 * a thread of its own (in Node), and an abort rejects within about a second.
 */
export function check(experiment: unknown, settings?: Settings): Checked;
export function check(experiment: unknown, settings: Settings, options: BesideOptions): Promise<Checked>;
export function check(
  experiment: unknown,
  settings: Settings = [],
  options?: BesideOptions,
): Checked | Promise<Checked> {
  return options ? checkBeside(experiment, settings, options) : checkExperiment(experiment, settings);
}

/**
 * Runs an experiment: the ensemble, the exact solution beside it, and the verdict. All quantities are in SI
 * units, or in reduced ones if the magnet is given by `delta`. For entries of your own, give their types:
 * `run<WrittenEntry<typeof tilt>>(…)`.
 *
 * @throws ExperimentError listing every problem of the experiment; Error where no backend can run; the
 * signal's reason where it was aborted before the first step. After that nothing throws: the outcome is
 * part of the result, with `stopped: true` if the signal came before all figures were known.
 */
export function run(experiment: CompletedExperiment, options?: RunOptions): Promise<Result>;
export function run<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: Experiment<Declared<Own>, Declared<OwnDrive>>,
  options?: RunOptions,
): Promise<Result>;
export function run(experiment: unknown, options?: RunOptions): Promise<Result> {
  return runs.run(experiment, options);
}

/**
 * The exact side alone: a result without an ensemble. With options it is computed in a thread of its own
 * (in Node). After their signal aborts, the figures known so far come back within about a second with
 * `stopped: true`; the others are null with the reason.
 * @throws ExperimentError listing every problem of the experiment; the signal's reason where it was aborted before
 */
export function fokkerPlanck(experiment: CompletedExperiment): Result;
export function fokkerPlanck<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: Experiment<Declared<Own>, Declared<OwnDrive>>,
): Result;
export function fokkerPlanck<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: CompletedExperiment | Experiment<Declared<Own>, Declared<OwnDrive>>,
  options: ExactSideOptions,
): Promise<Result>;
export function fokkerPlanck(experiment: unknown, options?: ExactSideOptions): Result | Promise<Result> {
  return options ? fokkerPlanckBeside(experiment, options) : runs.fokkerPlanck(experiment);
}

/**
 * Exact rates (1/s), barriers (kT), dwell times (s) and write errors over values of paths of an experiment,
 * with the laws through them where one path is varied. With options the rows are computed in threads of
 * their own (in Node). After their signal aborts, the finished rows come back within about a second; the
 * others are empty with the reason, and counted as `missed`.
 * @param vary paths to values: `{ "magnet.temperature": [280, 300, 320] }` or `{ from, to, count }`
 * @throws RangeError for a wrong `vary`; ExperimentError where no row is an experiment; the signal's reason where it was aborted before
 */
export function rates(experiment: CompletedExperiment, vary: Vary): RatesOver;
export function rates<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: Experiment<Declared<Own>, Declared<OwnDrive>>,
  vary: Vary,
): RatesOver;
export function rates<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: CompletedExperiment | Experiment<Declared<Own>, Declared<OwnDrive>>,
  vary: Vary,
  options: RatesBesideOptions,
): Promise<RatesOver & { readonly missed: number }>;
export function rates(
  experiment: unknown,
  vary: Vary,
  options?: RatesBesideOptions,
): RatesOver | Promise<RatesOver> {
  return options ? ratesBeside(experiment, vary, options) : ratesOver(experiment, vary);
}

/**
 * Fits parameters of an experiment to measured dwell times (s) or error rates with the exact rates. With a
 * signal the fit runs in a thread of its own (in Node), and an abort rejects within about a second;
 * `onBetter` has received the best parameters by then.
 * @param free paths of the parameters; their values in the experiment are the starting point
 * @throws RangeError or ExperimentError for bad input, the signal's reason where it was aborted; a fit that fails says so in its outcome
 */
export function fit<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: Experiment<Declared<Own>, Declared<OwnDrive>>,
  data: readonly Measurement[],
  free: readonly string[],
  options?: FitOptions,
): ExperimentFit;
export function fit<Own extends Typed = never, OwnDrive extends object = never>(
  experiment: Experiment<Declared<Own>, Declared<OwnDrive>>,
  data: readonly Measurement[],
  free: readonly string[],
  options: FitOptions & { readonly signal: AbortSignal },
): Promise<ExperimentFit>;
export function fit(
  experiment: unknown,
  data: readonly Measurement[],
  free: readonly string[],
  options: FitBesideOptions = {},
): ExperimentFit | Promise<ExperimentFit> {
  const { signal } = options;
  return signal ? fitBeside(experiment, data, free, options) : fitExperiment(experiment, data, free, options);
}

/**
 * Spin accumulation, resistances and torque of a layer stack (SI units). The torque needs the free layer's magnet, `{ Ms, alpha }`. With
 * options (and perhaps a signal) it is computed in a thread of its own (in Node), and an abort rejects within about a second.
 * @throws RangeError listing every problem of the stack and the magnet
 */
export function transport(stack: StackInput, magnet?: FreeMagnet | null): TransportResult;
export function transport(
  stack: StackInput,
  magnet: FreeMagnet | null,
  options: BesideOptions,
): Promise<TransportResult>;
export function transport(
  stack: StackInput,
  magnet: FreeMagnet | null = null,
  options?: BesideOptions,
): TransportResult | Promise<TransportResult> {
  return options ? transportBeside(stack, magnet, options) : transportResult(stack, magnet);
}

/**
 * A system of named fluxes and forces as plain data: reciprocity, second law, measurable parameters, the requested
 * situations, and the same for combined fluxes. With options (and perhaps a signal) it is computed in a thread of its own (in Node), and
 * an abort rejects within about a second.
 * @param system as an `onsager` file holds it
 * @throws RangeError listing every problem
 */
export function onsager(system: SystemInput): OnsagerResult;
export function onsager(system: SystemInput, options: BesideOptions): Promise<OnsagerResult>;
export function onsager(
  system: SystemInput,
  options?: BesideOptions,
): OnsagerResult | Promise<OnsagerResult> {
  return options ? onsagerBeside(system, options) : onsagerResult(system);
}

/**
 * A result as one self-contained HTML page. With options (and perhaps a signal) it is written in a thread of its own (in Node), and an
 * abort rejects within about a second.
 * @param plotly text of plotly's script, which the page carries with it; without it the page has no figures
 */
export function report(result: Result, plotly?: string): string;
export function report(result: Result, plotly: string, options: BesideOptions): Promise<string>;
export function report(result: Result, plotly = "", options?: BesideOptions): string | Promise<string> {
  return options ? reportBeside(result, plotly, options) : reportHtml(result, plotly);
}

/**
 * Levels, dwell times, spectrum and steadiness of a trace (times in s, levels in its unit). With a signal it is analysed in a thread of its
 * own (in Node), and an abort rejects within about a second.
 * @param total samples of the file, of which `trace` may hold stretches
 * @throws TraceError where there is no second level; the signal's reason where it was aborted
 */
export function analyseTrace(
  trace: Stretches,
  total: number,
  sampleTime: number,
  options?: AnalysisOptions,
): TraceAnalysis;
export function analyseTrace(
  trace: Stretches,
  total: number,
  sampleTime: number,
  options: AnalysisOptions & { readonly signal: AbortSignal },
): Promise<TraceAnalysis>;
export function analyseTrace(
  trace: Stretches,
  total: number,
  sampleTime: number,
  options: AnalyseBesideOptions = {},
): TraceAnalysis | Promise<TraceAnalysis> {
  return options.signal
    ? analyseBeside(trace, total, sampleTime, options)
    : analysed(trace, total, sampleTime, options);
}
