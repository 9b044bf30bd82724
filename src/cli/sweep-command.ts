import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { ownsDevice } from "../ensemble/backends.ts";
import type { BackendName } from "../ensemble/kernel.ts";
import { describeInputError } from "../experiment/index.ts";
import { applySettings } from "../experiment/settings.ts";
import { breathe } from "../linear-algebra/breathe.ts";
import { sweepHtml } from "../report/sweep.ts";
import { readTask, taskOfArray, undivided } from "../run/share/task.ts";
import { whyTooMuch } from "../sweep/cost.ts";
import type { SweepDescription } from "../sweep/description.ts";
import { readSweep } from "../sweep/description.ts";
import { parquetOf } from "../sweep/parquet.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import { planSweep } from "../sweep/plan.ts";
import type { PointRecord } from "../sweep/record.ts";
import { sweepResult } from "../sweep/result.ts";
import { mergeShares } from "../sweep/share-file.ts";
import { csvOf } from "../sweep/table.ts";
import { sweepVerdict } from "../sweep/verdict.ts";
import { version } from "../version.ts";
import { exitCode, UsageError } from "./exit.ts";
import { inLockedFolder } from "./folder-lock.ts";
import { listening } from "./interrupts.ts";
import { requireNoRun } from "./kept-run.ts";
import { inMadeFolder } from "./make-folder.ts";
import { isSweep } from "./read-experiment.ts";
import { readYaml } from "./read-yaml.ts";
import type { ShareOptions } from "./run-share.ts";
import { runShare } from "./run-share.ts";
import { requireNoShares } from "./spin-share-files.ts";
import { passedOn, submitArray } from "./submit-array.ts";
import { curvesOf } from "./sweep-curves.ts";
import { finishedShare, requireUndivided, sharesOf } from "./sweep-folder.ts";
import { refined, requireRefinable } from "./sweep-refined.ts";
import { namedFolder, plotlyText, requirePlace, sayResultFolder, writeFolder } from "./write-result.ts";

export interface SweepFlags {
  readonly json?: boolean;
  readonly out?: string;
  readonly seed?: string;
  readonly ensemble?: string;
  readonly set: readonly string[];
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
  readonly exact?: boolean;
  readonly task?: string;
  readonly merge?: boolean;
  readonly slurm?: number;
  readonly force?: boolean;
}

/** The process around a sweep: its environment, and the arguments that started this program. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly program: readonly string[];
}

/** The sweep in a file. It may name an experiment file in the same folder. */
export async function sweepIn(
  file: string,
  held: unknown,
  flags: Pick<SweepFlags, "set" | "seed" | "ensemble" | "exact">,
): Promise<SweepPlan> {
  const read = readSweep(held);
  if (!read.ok)
    throw new UsageError(
      read.problems
        .map((problem) => `${file}: ${describeInputError({ ...problem, path: problem.path || "the sweep" })}`)
        .join("\n"),
    );
  const { sweep } = read;
  const named = sweep.experiment;
  const place = typeof named === "string" ? (isAbsolute(named) ? named : join(dirname(file), named)) : null;
  const written = place === null ? named : await readYaml(place);
  if (isSweep(written))
    throw new UsageError(`${place ?? `${file}: experiment`} is a sweep, not an experiment`);
  const settings = [
    ...flags.set,
    ...(flags.seed === undefined ? [] : [`seed=${flags.seed}`]),
    ...(flags.ensemble === undefined ? [] : [`ensemble=${flags.ensemble}`]),
  ];
  const { value, problems } = applySettings(structuredClone(written), settings);
  if (problems.length > 0) throw new UsageError(problems.map(describeInputError).join("\n"));
  const name = basename(file).replace(/\.\w+$/, "");
  return planSweep(sweep as SweepDescription, value, { exact: flags.exact, name });
}

/** `spinsemble sweep FILE` */
export async function sweepCommand(
  file: string,
  flags: SweepFlags,
  { environment, program }: Surroundings,
): Promise<number> {
  const plan = await sweepIn(file, await readYaml(file), flags);
  await requireRefinable(plan);
  const folder = flags.out ?? namedFolder(plan.name);
  await requirePlace(folder);
  const attended = (work: (signal: AbortSignal) => Promise<number>): Promise<number> =>
    listening("stopping; points that are finished are kept (again: quit at once)", work);
  if (flags.merge) return attended((signal) => mergeCommand(plan, folder, { ...flags, signal }));
  const asked = flags.task === undefined ? taskOfArray(environment) : readTask(flags.task);
  const task = asked ?? undivided;
  const tasks = flags.slurm ?? task.of;
  if (tasks > plan.points.length)
    throw new UsageError(`${tasks} shares are more than the ${plan.points.length} points`);
  if (!flags.force) {
    const isOnGpu = flags.backend === undefined || flags.backend === "auto" || ownsDevice(flags.backend);
    const tooMuch = whyTooMuch(plan, tasks, isOnGpu ? "gpu" : "processor");
    if (tooMuch) throw new UsageError(`${tooMuch}; --force starts it anyway`);
  }
  if (flags.slurm !== undefined) {
    const words = [...passedOn(flags), ...(flags.exact ? ["--exact"] : [])];
    const said = await submitArray({
      name: plan.name,
      tasks,
      command: [...program, "sweep", resolve(file), "--out", resolve(folder), ...words],
      folder,
      coresPerTask: flags.threads ?? 4,
      gpu: ownsDevice(flags.backend),
    });
    process.stdout.write(`${said}\n`);
    return exitCode.done;
  }
  if (!asked) {
    requireUndivided(folder);
    return attended((signal) => wholeSweep(plan, folder, { ...flags, signal }));
  }
  return attended(async (signal) => {
    await requireNoRun(folder);
    const isDone = await runShare(plan, folder, task, { ...flags, signal });
    if (!isDone) return stopped(folder);
    process.stderr.write(
      `share ${task.share} of ${task.of} is in ${folder}; when all shares are finished: --merge\n`,
    );
    return exitCode.done;
  });
}

/** All points in one process. The folder is locked until the result is written, because a run may use it too. */
async function wholeSweep(plan: SweepPlan, folder: string, flags: AttendedFlags): Promise<number> {
  return inMadeFolder(folder, () =>
    inLockedFolder(folder, async () => {
      requireNoShares(folder);
      await requireNoRun(folder);
      if (!(await runShare(plan, folder, undivided, flags))) return stopped(folder);
      return deliver(plan, finishedShare(folder, undivided, plan) ?? [], folder, flags);
    }),
  );
}

/** A sweep that handles signals. */
type AttendedFlags = SweepFlags & ShareOptions;

function stopped(folder: string): number {
  process.stderr.write(`stopped; the same command continues it (finished points are in ${folder})\n`);
  return exitCode.failed;
}

async function mergeCommand(plan: SweepPlan, folder: string, flags: AttendedFlags): Promise<number> {
  await requireNoRun(folder);
  const { records, problems } = mergeShares(plan, sharesOf(folder), version);
  if (problems.length > 0)
    throw new UsageError(problems.map((problem) => `${folder}: ${problem}`).join("\n"));
  return inLockedFolder(folder, () => deliver(plan, records, folder, flags));
}

/** Writes the results of a grid and its extra points. */
async function deliver(
  grid: SweepPlan,
  base: readonly PointRecord[],
  folder: string,
  flags: AttendedFlags,
): Promise<number> {
  const whole = await refined(grid, base, folder, flags);
  if (!whole) return stopped(folder);
  const { plan, records } = whole;
  const { result: ofPoints, table } = sweepResult(plan, records, version);
  await breathe();
  const exactCurves = await curvesOf(plan, table, folder, flags);
  if (!exactCurves) return stopped(folder);
  const result = { ...ofPoints, exactCurves };
  const files = {
    "result.json": `${JSON.stringify(result, null, 1)}\n`,
    "table.csv": csvOf(table),
    "table.parquet": await parquetOf(table, version),
    "report.html": sweepHtml(result, table, await plotlyText()),
  };
  await breathe();
  if (flags.signal.aborted) return stopped(folder);
  await writeFolder(
    folder,
    files,
    "all points are kept: free some disk space, then the same command writes them",
  );
  if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${sweepVerdict(result)}\n`);
  sayResultFolder(folder, flags.json);
  return result.certificate && !result.certificate.passed ? exitCode.disagreement : exitCode.done;
}
