import { join } from "node:path";
import type { BackendName } from "../ensemble/kernel.ts";
import type { CompletedExperiment } from "../experiment/index.ts";
import { reduce } from "../observables/experiment.ts";
import { mergeSpins, runSpins } from "../run/share/run-spins.ts";
import { problemsOfSpins, strangeSpins } from "../run/share/spin-share.ts";
import type { Task } from "../run/share/task.ts";
import { spinsOfTask } from "../run/share/task.ts";
import { version } from "../version.ts";
import { attendedExact } from "./attended-run.ts";
import { loadCheckpoint } from "./checkpoint-files.ts";
import { exitCode, UsageError } from "./exit.ts";
import { inLockedFolder, requireWholeFree } from "./folder-lock.ts";
import { interrupts } from "./interrupts.ts";
import { KeptRun, leftAlone, requireNoRun } from "./kept-run.ts";
import { inMadeFolder } from "./make-folder.ts";
import { requireNoLink } from "./own-file.ts";
import { patience, requirePatience } from "./patience.ts";
import { progressLine } from "./progress.ts";
import { say } from "./say.ts";
import { requireBackend } from "./shares-in-common.ts";
import { partName, spinShareName, spinShareOf, spinSharesIn, writeSpinShare } from "./spin-share-files.ts";

interface TaskFlags {
  readonly json?: boolean;
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
  /** Seconds. */
  readonly checkpoint: number | "never";
  readonly force?: boolean;
}

/** @throws UsageError if a share would have no spin. */
export function requireSpins({ ensemble }: CompletedExperiment, shares: number): void {
  if (shares > ensemble) throw new UsageError(`${shares} shares are more than the ${ensemble} spins`);
}

/** Locks a share of a folder; refused if another process uses the whole folder. */
async function keptShare(folder: string, place: string, every: TaskFlags["checkpoint"]): Promise<KeptRun> {
  const kept = await KeptRun.again(place, { every, say });
  try {
    await requireWholeFree(folder);
    await requireNoRun(folder);
    return kept;
  } catch (error) {
    kept.leave();
    throw error;
  }
}

/** `run FILE --task i/N`: does nothing if the share is finished; continues a share that was stopped or killed. */
export async function runTask(
  experiment: CompletedExperiment,
  task: Task,
  folder: string,
  flags: TaskFlags,
): Promise<number> {
  requireSpins(experiment, task.of);
  const path = join(folder, spinShareName(task));
  const there = await spinShareOf(folder, task);
  if (there?.share) {
    const strange = strangeSpins(there.share, { experiment, version });
    if (strange) throw new UsageError(`${path} ${strange}; choose another --out`);
    requireBackend("this share was", flags.backend, there.share.backend);
    say(`share ${task.share} of ${task.of} is in ${folder} already`);
    return exitCode.done;
  }
  if (there?.isMisnamed) throw new UsageError(`${path} ${there.reason}; choose another --out`);
  if (there) say(`${path} ${there.reason}; it is computed again`);
  const place = join(folder, partName(task));
  requireNoLink(place);
  const kept = await inMadeFolder(place, () => keptShare(folder, place, flags.checkpoint));
  const { checkpoint: before, refused } = await loadCheckpoint(place);
  for (const reason of refused) say(reason);
  const strange = before && strangeSpins({ ...before }, { experiment, version });
  const isUnusable = strange !== undefined || (!before && refused.length > 0);
  if (isUnusable && !flags.force) {
    kept.leave();
    throw new UsageError(strange ? `${place} ${strange}. ${leftAlone}` : leftAlone);
  }
  const resume = before?.state && !strange ? before : undefined;
  kept.hasProgress = resume !== undefined;
  if (resume) say(`share ${task.share} of ${task.of} continues from its checkpoint`);
  const line = progressLine(process.stderr);
  const stops = interrupts(() => {
    line.clear();
    say("stopping as soon as the state is kept (again: quit at once)");
  });
  stops.listen();
  const spins = spinsOfTask(task, experiment.ensemble).count;
  const isForced = flags.force === true || resume !== undefined;
  const endIfTooLong = patience(isForced);
  let isDone = false;
  try {
    if (!isForced) await requirePatience(reduce(experiment), spins, { ...flags, signal: stops.signal });
    const ran = await runSpins(experiment, task, {
      backend: flags.backend,
      threads: flags.threads,
      signal: stops.signal,
      resume,
      checkpoint: kept.checkpoint,
      onProgress: (progress) => {
        line.show(progress);
        endIfTooLong(progress);
      },
    });
    line.clear();
    if (!ran.share) {
      isDone = ran.outcome.startsWith("unstable");
      say(
        `share ${task.share} of ${task.of} is not finished: ${ran.outcome}${isDone ? "; a shorter time.step may help" : "; the same command continues it"}`,
      );
      return exitCode.failed;
    }
    await writeSpinShare(folder, ran.share);
    isDone = true;
    say(`share ${task.share} of ${task.of} is in ${folder}; when all shares are finished: --merge`);
    return exitCode.done;
  } catch (error) {
    line.clear();
    isDone = error instanceof UsageError && !kept.hasProgress;
    if (!stops.signal.aborted || error !== stops.signal.reason) throw error;
    say("stopped before the next step; the same command continues");
    return exitCode.failed;
  } finally {
    stops.release();
    await kept.finish(isDone);
  }
}

/** `run FILE --merge`: the result of the whole, or every reason why the shares in the folder are not complete. */
export async function mergeTasks(
  experiment: CompletedExperiment,
  folder: string,
  { json, threads }: Pick<TaskFlags, "json" | "threads">,
): Promise<number> {
  await requireNoRun(folder);
  const { shares, unfinished } = await spinSharesIn(folder);
  const problems = problemsOfSpins(shares, unfinished, { experiment, version });
  if (problems.length > 0)
    throw new UsageError(problems.map((problem) => `${folder}: ${problem}`).join("\n"));
  const spins = shares.flatMap(({ share }) => share ?? []);
  return inLockedFolder(folder, () =>
    attendedExact((attention) => mergeSpins(experiment, spins, { threads, ...attention }), { json, folder }),
  );
}
