import { resolve } from "node:path";
import { ownsDevice } from "../ensemble/backends.ts";
import type { BackendName } from "../ensemble/kernel.ts";
import type { CompletedExperiment } from "../experiment/index.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import { reduce } from "../observables/experiment.ts";
import { runCost } from "../run/cost.ts";
import { deviceFigures } from "../run/device-figures.ts";
import { fokkerPlanckBeside } from "../run/exact-alone.ts";
import { readTask } from "../run/share/task.ts";
import { attendedExact, attendedRun } from "./attended-run.ts";
import { costSummary } from "./cost-summary.ts";
import { deviceSummary, rows } from "./device-summary.ts";
import { endingAtOnce } from "./end-at-once.ts";
import { exitCode } from "./exit.ts";
import { KeptRun } from "./kept-run.ts";
import { experimentIn, isSweep, readExperiment } from "./read-experiment.ts";
import { readYaml } from "./read-yaml.ts";
import { mergeTasks, requireSpins, runTask } from "./run-task.ts";
import { say } from "./say.ts";
import { passedOn, submitArray } from "./submit-array.ts";
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
  /** Merges the shares in the folder. */
  readonly merge?: boolean;
  /** Tasks of an array job, each a share. */
  readonly slurm?: number;
}

/** `--seed` and `--ensemble` are settings like any other, so that they are checked in the same way, with the same messages. */
const settingsOf = (flags: ExperimentFlags): string[] => [
  ...flags.set,
  ...(flags.seed === undefined ? [] : [`seed=${flags.seed}`]),
  ...(flags.ensemble === undefined ? [] : [`ensemble=${flags.ensemble}`]),
];

/** `spinsemble run FILE` */
export async function runCommand(
  file: string,
  flags: RunFlags,
  program: readonly string[] = ["spinsemble"],
): Promise<number> {
  const experiment = await readExperiment(file, settingsOf(flags));
  const name = experiment.name ?? "run";
  if (flags.task !== undefined || flags.merge || flags.slurm !== undefined) {
    const shared = flags.out ?? namedFolder(name);
    await requirePlace(shared);
    if (flags.merge) return mergeTasks(experiment, shared, flags);
    if (flags.slurm === undefined) return runTask(experiment, readTask(flags.task as string), shared, flags);
    requireSpins(experiment, flags.slurm);
    const said = await submitArray({
      name,
      tasks: flags.slurm,
      command: [
        ...program,
        "run",
        resolve(file),
        ...["--out", resolve(shared)],
        ...passedOn(flags),
        ...["--checkpoint", String(flags.checkpoint)],
      ],
      folder: shared,
      coresPerTask: flags.threads ?? 4,
      gpu: ownsDevice(flags.backend),
    });
    process.stdout.write(`${said}\n`);
    return exitCode.done;
  }
  const folder = await outputPlace(flags, name);
  const { checkpoint: every, force: discard } = flags;
  const kept = await KeptRun.begin({ folder, name, every, discard, say });
  return attendedRun(experiment, flags, kept, { folder });
}

/** `spinsemble fokker-planck FILE` */
export async function fokkerPlanckCommand(file: string, flags: ExperimentFlags): Promise<number> {
  const experiment = await readExperiment(file, settingsOf(flags), "exact");
  const folder = await outputPlace(flags, experiment.name ?? "run");
  return attendedExact((attention) => fokkerPlanckBeside(experiment, attention), {
    json: flags.json,
    folder,
  });
}

/** `spinsemble check FILE`: prints the completed experiment or the sweep, or every problem, and the time and memory of a run. */
export async function checkCommand(file: string, flags: Pick<ExperimentFlags, "set">): Promise<number> {
  const summary = await endingAtOnce("check", async () => {
    // read only once: a pipe cannot be read again
    const held = await readYaml(file);
    return isSweep(held)
      ? checkedSweep(file, held, flags)
      : checked(await experimentIn(file, held, flags.set));
  });
  process.stderr.write(`${summary}\n`);
  return exitCode.done;
}

async function checkedSweep(
  file: string,
  held: unknown,
  { set }: Pick<ExperimentFlags, "set">,
): Promise<string> {
  // loaded only for a sweep: an experiment needs neither module
  const { sweepIn } = await import("./sweep-command.ts");
  const { sweepCost, sweepCostSummary } = await import("./sweep-cost.ts");
  const plan = await sweepIn(file, held, { set });
  const { description, experiment, points } = plan;
  process.stdout.write(`${JSON.stringify({ ...description, experiment, points: points.length }, null, 2)}\n`);
  say("computing some of the points");
  return rows(sweepCostSummary(await sweepCost(plan)));
}

async function checked(experiment: CompletedExperiment): Promise<string> {
  process.stdout.write(`${JSON.stringify(experiment, null, 2)}\n`);
  // signals are handled between two computations, each of which takes less than a second
  await breathe();
  const problem = reduce(experiment);
  await breathe();
  const cost = await runCost(problem).then(costSummary, (error: Error) => [
    ["cost", `cannot be estimated: ${error.message}`] as const,
  ]);
  const figures = deviceFigures(experiment);
  await breathe();
  const warnings = problem.warnings.map((warning) => ["warning", warning] as const);
  return deviceSummary(figures, experiment.magnet, [...cost, ...warnings]);
}
