import { choose } from "../ensemble/choose.ts";
import type { Backend, BackendName } from "../ensemble/kernel.ts";
import { backends } from "../run/run.ts";
import type { Task } from "../run/share/task.ts";
import { pointsOfTask } from "../run/share/task.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import type { PointRecord } from "../sweep/record.ts";
import type { RunPointsOptions } from "../sweep/run-points.ts";
import { runPoints } from "../sweep/run-points.ts";
import type { ShareHeader } from "../sweep/share-file.ts";
import { shareName } from "../sweep/share-file.ts";
import { version } from "../version.ts";
import { inLockedPart } from "./folder-lock.ts";
import { inMadeFolder } from "./make-folder.ts";
import { pointsLine } from "./points-line.ts";
import { backendInCommon, keepInCommon, requireBackend } from "./shares-in-common.ts";
import type { OpenShare } from "./sweep-folder.ts";
import { backendIn, finishedShare, missingOf, openShare } from "./sweep-folder.ts";

export interface ShareFlags {
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
}

/** The same with the signal of the whole command. */
export interface ShareOptions extends ShareFlags {
  readonly signal: AbortSignal;
}

/** A backend and why it was taken. */
interface ShareBackend {
  readonly backend?: Backend;
  readonly reason: string | null;
}

/** The first line of a file of points. */
export const headerOf = (plan: SweepPlan, task: Task, { backend, reason }: ShareBackend): ShareHeader => ({
  format: "spinsemble sweep share 1",
  ...task,
  fingerprint: plan.fingerprint,
  version,
  points: plan.points.length,
  backend: backend?.name ?? null,
  adapter: reason,
});

/**
 * The backend of a sweep's ensembles; none if the sweep has no ensembles. `before`: the backend of points that are already simulated;
 * only this one is allowed then.
 * @throws UsageError if another is asked for.
 */
export async function backendOf(
  plan: SweepPlan,
  { backend = "auto", threads }: ShareFlags,
  before: BackendName | null,
): Promise<ShareBackend> {
  if (plan.exact) return { reason: null };
  requireBackend("points of this sweep were", backend, before);
  return choose(backends, before ?? backend, threads);
}

/** Runs the missing points of a share; returns false if it was stopped. Throws UsageError if another process works on it. */
export async function runShare(
  plan: SweepPlan,
  folder: string,
  task: Task,
  options: ShareOptions,
): Promise<boolean> {
  const common = backendInCommon(folder, task, plan, version);
  const before = backendIn(folder, shareName(task)) ?? common;
  if (finishedShare(folder, task, plan)) {
    requireBackend("points of this sweep were", options.backend, before);
    return true;
  }
  const chosen = await backendOf(plan, options, before);
  return inMadeFolder(folder, async () => {
    if (task.of > 1) {
      await keepInCommon(folder, headerOf(plan, task, chosen));
      // another share may have chosen a backend in the meantime
      await backendOf(
        plan,
        { backend: chosen.backend?.name ?? "auto" },
        backendInCommon(folder, task, plan, version),
      );
    }
    return inLockedPart(folder, `${shareName(task).replace(/\.jsonl$/, "")}.lock`, () =>
      runOwnShare(plan, folder, task, options, chosen),
    );
  });
}

/** The same for a share that this process has locked. */
async function runOwnShare(
  plan: SweepPlan,
  folder: string,
  task: Task,
  { threads, signal }: ShareOptions,
  chosen: ShareBackend,
): Promise<boolean> {
  const share = await openShare(folder, headerOf(plan, task, chosen), plan);
  const indices = missingOf(share, pointsOfTask(task, plan.points.length));
  const isWhole = await runInto(share, plan, indices, { backend: chosen.backend, threads, signal });
  if (isWhole) await share.finish();
  else await share.close();
  return isWhole;
}

/** How points are run into a file. */
interface RunInto extends Pick<RunPointsOptions, "threads" | "isExactOnly"> {
  readonly signal: AbortSignal;
  readonly backend?: Backend | undefined;
  /** What the line of progress counts. */
  readonly what?: string;
}

/** Runs points and adds each to a file when it is finished; returns false if Ctrl-C came before the last. */
async function runInto(
  share: OpenShare,
  plan: SweepPlan,
  indices: readonly number[],
  { backend, threads, isExactOnly, signal, what = "points" }: RunInto,
): Promise<boolean> {
  const line = pointsLine(indices.length, what, process.stderr);
  let count = 0;
  const options = {
    backend: backend ?? backends[0],
    threads,
    isExactOnly,
    signal,
    onProgress: (part: number) => line.show(count, part),
  };
  // a signal between two phases
  if (signal.aborted) return indices.length === 0;
  for await (const { record, result } of runPoints(plan, indices, options)) {
    await share.add(record, result);
    line.show(++count, 0);
  }
  line.clear();
  return count === indices.length;
}

/** Runs points into a file and returns them; null if it was stopped. */
export async function runAndKeep(
  share: OpenShare,
  plan: SweepPlan,
  indices: readonly number[],
  run: RunInto,
): Promise<readonly PointRecord[] | null> {
  const kept: PointRecord[] = [];
  const keeping: OpenShare = {
    ...share,
    async add(record, result) {
      await share.add(record, result);
      kept.push(record);
    },
  };
  return (await runInto(keeping, plan, indices, run)) ? kept : null;
}
