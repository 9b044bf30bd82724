import type { BackendName } from "../ensemble/kernel.ts";
import { reduce } from "../observables/experiment.ts";
import { runCost } from "../run/cost.ts";
import { deviceFigures } from "../run/device-figures.ts";
import { fokkerPlanckBeside } from "../run/exact-alone.ts";
import { readTask } from "../run/share/task.ts";
import { attendedExact, attendedRun, say } from "./attended-run.ts";
import { costSummary } from "./cost-summary.ts";
import { deviceSummary } from "./device-summary.ts";
import { exitCode } from "./exit.ts";
import { KeptRun } from "./kept-run.ts";
import { readExperiment } from "./read-experiment.ts";
import { mergeTasks, runTask } from "./run-task.ts";
import { namedFolder, outputPlace, requirePlace } from "./write-result.ts";

/** What `run` and `fokker-planck` share. */
export interface ExperimentFlags {
  readonly json?: boolean;
  readonly out?: string;
  readonly seed?: string;
  readonly ensemble?: string;
  readonly set: readonly string[];
}

export interface RunFlags extends ExperimentFlags {
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
  /** Seconds. */
  readonly checkpoint: number | "never";
  readonly force?: boolean;
  /** One of several shares of the ensemble. */
  readonly task?: string;
  /** Puts the shares in the folder together. */
  readonly merge?: boolean;
}

/** `--seed` and `--ensemble` are settings like any other, so that they are checked in the same words. */
const settingsOf = (flags: ExperimentFlags): string[] => [
  ...flags.set,
  ...(flags.seed === undefined ? [] : [`seed=${flags.seed}`]),
  ...(flags.ensemble === undefined ? [] : [`ensemble=${flags.ensemble}`]),
];

/** `spinsemble run FILE` */
export async function runCommand(file: string, flags: RunFlags): Promise<number> {
  const experiment = await readExperiment(file, settingsOf(flags));
  const name = experiment.name ?? "run";
  if (flags.task !== undefined || flags.merge) {
    const shared = flags.out ?? namedFolder(name);
    await requirePlace(shared);
    if (flags.merge) return mergeTasks(experiment, shared, flags);
    return runTask(experiment, readTask(flags.task as string), shared, flags);
  }
  const folder = await outputPlace(flags, name);
  const { checkpoint: every, force: discard } = flags;
  const kept = await KeptRun.begin({ folder, name, every, discard, say });
  return attendedRun(experiment, flags, kept, { folder });
}

/** `spinsemble fokker-planck FILE` */
export async function fokkerPlanckCommand(file: string, flags: ExperimentFlags): Promise<number> {
  const experiment = await readExperiment(file, settingsOf(flags));
  const folder = await outputPlace(flags, experiment.name ?? "run");
  return attendedExact((attention) => fokkerPlanckBeside(experiment, attention), {
    json: flags.json,
    folder,
  });
}

/** `spinsemble check FILE`: the completed experiment, or every problem. */
export async function checkCommand(file: string, flags: Pick<ExperimentFlags, "set">): Promise<number> {
  const experiment = await readExperiment(file, flags.set);
  process.stdout.write(`${JSON.stringify(experiment, null, 2)}\n`);
  const problem = reduce(experiment);
  const cost = await runCost(problem).then(costSummary, (error: Error) => [
    ["cost", `cannot be estimated: ${error.message}`] as const,
  ]);
  const isReduced = "delta" in experiment.magnet;
  const warnings = problem.warnings.map((warning) => ["warning", warning] as const);
  process.stderr.write(`${deviceSummary(deviceFigures(experiment), isReduced, [...cost, ...warnings])}\n`);
  return exitCode.done;
}
