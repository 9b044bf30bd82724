import type { BackendName } from "../ensemble/kernel.ts";
import type { Result } from "../result.ts";
import { deviceFigures } from "../run/device-figures.ts";
import { fokkerPlanck, run } from "../run/run.ts";
import { deviceSummary } from "./device-summary.ts";
import { exitCode } from "./exit.ts";
import { progressLine } from "./progress.ts";
import { readExperiment } from "./read-experiment.ts";
import { summary } from "./summary.ts";
import { freeFolder, requirePlace, writeResult } from "./write-result.ts";

export interface RunFlags {
  readonly json?: boolean;
  readonly out?: string;
  readonly seed?: string;
  readonly ensemble?: string;
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
  readonly set: readonly string[];
}

/** `--seed` and `--ensemble` are settings like any other, so that they are checked in the same words. */
const settingsOf = (flags: RunFlags): string[] => [
  ...flags.set,
  ...(flags.seed === undefined ? [] : [`seed=${flags.seed}`]),
  ...(flags.ensemble === undefined ? [] : [`ensemble=${flags.ensemble}`]),
];

/** Prints or writes a result and tells the exit code that goes with it. */
async function deliver(result: Result, flags: RunFlags): Promise<number> {
  const folder = flags.out ?? (flags.json ? undefined : freeFolder(result.experiment.name ?? "run"));
  if (folder !== undefined) await writeResult(result, folder);
  if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${summary(result)}\n`);
  if (folder !== undefined) (flags.json ? process.stderr : process.stdout).write(`\nresult in ${folder}\n`);
  if (result.outcome !== "complete" && result.outcome !== "not run") return exitCode.failed;
  return result.certificate && !result.certificate.passed ? exitCode.disagreement : exitCode.done;
}

/** `spinsemble run FILE` */
export async function runCommand(file: string, flags: RunFlags): Promise<number> {
  const experiment = await readExperiment(file, settingsOf(flags));
  await requirePlace(flags.out);
  const stop = new AbortController();
  const onInterrupt = (): void => {
    if (stop.signal.aborted) process.exit(exitCode.failed);
    stop.abort();
    process.stderr.write(
      "\nstopping after this piece; what there is will be written (again: quit at once)\n",
    );
  };
  process.on("SIGINT", onInterrupt);
  const line = progressLine(process.stderr);
  try {
    const result = await run(experiment, {
      backend: flags.backend,
      threads: flags.threads,
      signal: stop.signal,
      onProgress: (progress) => line.show(progress),
    });
    line.clear();
    return await deliver(result, flags);
  } finally {
    process.off("SIGINT", onInterrupt);
  }
}

/** `spinsemble fokker-planck FILE` */
export async function fokkerPlanckCommand(file: string, flags: RunFlags): Promise<number> {
  const experiment = await readExperiment(file, settingsOf(flags));
  await requirePlace(flags.out);
  return deliver(fokkerPlanck(experiment), flags);
}

/** `spinsemble check FILE`: the completed experiment, or every problem. */
export async function checkCommand(file: string, flags: Pick<RunFlags, "set">): Promise<number> {
  const experiment = await readExperiment(file, flags.set);
  process.stdout.write(`${JSON.stringify(experiment, null, 2)}\n`);
  process.stderr.write(`${deviceSummary(deviceFigures(experiment), "delta" in experiment.magnet)}\n`);
  return exitCode.done;
}
