import { readable } from "../figures/readable.ts";
import { fitHtml, fitRows } from "../report/fit.ts";
import type { ExperimentFit } from "../run/fit.ts";
import { fitExperiment } from "../run/fit.ts";
import { exitCode, UsageError } from "./exit.ts";
import { readExperiment } from "./read-experiment.ts";
import { readMeasurements } from "./read-measurements.ts";
import { freeFolder, plotlyText, writeFolder } from "./write-result.ts";

export interface FitFlags {
  readonly model: string;
  readonly free: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly set: readonly string[];
}

/** `spinsemble fit DATA --model FILE --free PATH,PATH` */
export async function fitCommand(file: string, flags: FitFlags): Promise<number> {
  const data = await readMeasurements(file);
  const experiment = await readExperiment(flags.model, flags.set);
  const free = flags.free.split(",").map((path) => path.trim());
  let fit: ExperimentFit;
  try {
    fit = fitExperiment(experiment, data, free);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
  // what could not be evaluated has no values, no residuals and no curve
  if (!Number.isFinite(fit.chiSquared)) {
    if (flags.json) process.stdout.write(`${JSON.stringify({ outcome: fit.outcome, reason: fit.reason })}\n`);
    process.stderr.write(`no fit: ${fit.reason ?? fit.outcome}\n`);
    return exitCode.failed;
  }
  const name = experiment.name ?? "model";
  const folder = flags.out ?? (flags.json ? undefined : freeFolder(`fit ${name}`));
  if (folder !== undefined)
    await writeFolder(folder, {
      "result.json": `${JSON.stringify(fit, null, 1)}\n`,
      "report.html": fitHtml(name, fit, await plotlyText()),
    });
  if (flags.json) process.stdout.write(`${JSON.stringify(fit)}\n`);
  else {
    for (const [parameter, value, interval] of fitRows(fit))
      process.stdout.write(`${parameter.padEnd(30)}${value.padEnd(34)}95 %: ${interval}\n`);
    process.stdout.write(
      `chi-squared ${readable(fit.chiSquared)} with ${fit.degreesOfFreedom} degrees of freedom, p ${readable(fit.pValue)}; ${fit.outcome}${fit.reason ? `: ${fit.reason}` : ""}\n`,
    );
  }
  if (folder !== undefined) (flags.json ? process.stderr : process.stdout).write(`\nresult in ${folder}\n`);
  return fit.outcome === "converged" ? exitCode.done : exitCode.failed;
}
