import type { CompletedExperiment } from "../experiment/index.ts";
import { readable } from "../figures/readable.ts";
import { fitHtml } from "../report/fit.ts";
import { fitRows, freedom, profileRows } from "../report/fit-figures.ts";
import type { ExperimentFit } from "../run/fit.ts";
import type { Measurement } from "../run/measurement.ts";
import type { RivalFit } from "../run/rival-fit.ts";
import { compareFits } from "../run/rival-fit.ts";
import { leastFit } from "../statistics/fit.ts";
import { attendedFit, pathsIn, StoppedFit } from "./attended-fit.ts";
import { exitCode, UsageError } from "./exit.ts";
import { inColumns } from "./in-column.ts";
import { listening } from "./interrupts.ts";
import { readExperiment } from "./read-experiment.ts";
import { readMeasurements } from "./read-measurements.ts";
import { outputPlace, plotlyText, sayResultFolder, writeFolder } from "./write-result.ts";

export interface FitFlags {
  readonly model: string;
  readonly free: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly set: readonly string[];
  readonly profile?: boolean;
  /** Another model for the same data, and its free parameters. */
  readonly rival?: string;
  readonly rivalFree?: string;
  /** Continues even if the estimated time is very long. */
  readonly force?: boolean;
}

/** Parameters with their intervals, and below them the intervals from the profile. */
const parametersText = (fit: ExperimentFit): string =>
  inColumns([
    ...fitRows(fit).map(([parameter, value, interval]) => [parameter, value, `95 %: ${interval}`]),
    ...profileRows(fit),
  ])
    .map((line) => `${line}\n`)
    .join("");

/** `spinsemble fit DATA --model FILE --free PATH,PATH` */
export async function fitCommand(file: string, flags: FitFlags): Promise<number> {
  const data = await readMeasurements(file);
  const experiment = await readExperiment(flags.model, flags.set);
  if ((flags.rival === undefined) !== (flags.rivalFree === undefined))
    throw new UsageError("--rival and --rival-free must be given together");
  const rival =
    flags.rival === undefined || flags.rivalFree === undefined
      ? undefined
      : { experiment: await readExperiment(flags.rival, flags.set), free: pathsIn(flags.rivalFree) };
  const name = experiment.name ?? "model";
  const folder = await outputPlace(flags, `fit ${name}`);
  return listening("stopping; the best parameters so far follow (again: quit at once)", (stop) =>
    fitted({ experiment, data, rival, name, folder, stop }, flags),
  );
}

/** The inputs of a fit. */
interface Given {
  readonly experiment: CompletedExperiment;
  readonly data: readonly Measurement[];
  readonly rival: { readonly experiment: CompletedExperiment; readonly free: readonly string[] } | undefined;
  readonly name: string;
  readonly folder: string | undefined;
  readonly stop: AbortSignal;
}

async function fitted(
  { experiment, data, rival, name, folder, stop }: Given,
  flags: FitFlags,
): Promise<number> {
  const { force } = flags;
  let fit: ExperimentFit & { rival?: RivalFit };
  /** What is missing in a fit that has its parameters. */
  let missing: string | undefined;
  try {
    fit = await attendedFit(experiment, data, pathsIn(flags.free), { stop, profile: flags.profile, force });
    if (fit.profileReason) missing = `the profile is missing: ${fit.profileReason}`;
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    if (!(error instanceof StoppedFit)) throw error;
    if (flags.json)
      process.stdout.write(`${JSON.stringify({ outcome: "stopped", best: error.best ?? null })}\n`);
    process.stderr.write(`${error.message}\n`);
    return exitCode.failed;
  }
  if (rival && !missing)
    try {
      const other = await attendedFit(rival.experiment, data, rival.free, { stop, force });
      fit = { ...fit, rival: compareFits(fit, other) };
    } catch (error) {
      if (error instanceof RangeError) throw new UsageError(error.message);
      if (!(error instanceof StoppedFit)) throw error;
      missing = `the rival is missing: ${error.message}`;
    }
  // a model that could not be evaluated has no values, no residuals and no curve
  if (!Number.isFinite(fit.chiSquared)) {
    if (flags.json) process.stdout.write(`${JSON.stringify({ outcome: fit.outcome, reason: fit.reason })}\n`);
    process.stderr.write(`no fit: ${fit.reason ?? fit.outcome}\n`);
    return exitCode.failed;
  }
  if (folder !== undefined)
    await writeFolder(folder, {
      "result.json": `${JSON.stringify(fit, null, 1)}\n`,
      "report.html": fitHtml(name, fit, await plotlyText()),
    });
  if (flags.json) process.stdout.write(`${JSON.stringify(fit)}\n`);
  else {
    process.stdout.write(
      `${parametersText(fit)}chi-squared ${readable(fit.chiSquared)} with ${freedom(fit.degreesOfFreedom)}, p ${readable(fit.pValue)}; ${fit.outcome}${fit.reason ? `: ${fit.reason}` : ""}\n`,
    );
    if (fit.rival) process.stdout.write(`${fit.rival.verdict}\n`);
  }
  sayResultFolder(folder, flags.json);
  if (missing) process.stderr.write(`${missing}\n`);
  if (fit.outcome !== "converged" || missing) return exitCode.failed;
  return fit.pValue !== null && fit.pValue < leastFit ? exitCode.disagreement : exitCode.done;
}
