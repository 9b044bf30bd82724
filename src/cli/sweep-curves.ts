import { ownsDevice } from "../ensemble/backends.ts";
import { backends } from "../run/run.ts";
import { undivided } from "../run/share/task.ts";
import type { ExactCurves } from "../sweep/exact-curves.ts";
import { curvePlaces, exactCurves } from "../sweep/exact-curves.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import { fingerprintOf } from "../sweep/plan.ts";
import type { Table } from "../sweep/table.ts";
import { inLockedPart } from "./folder-lock.ts";
import type { ShareOptions } from "./run-share.ts";
import { headerOf, runAndKeep } from "./run-share.ts";
import { finishedShare, missingOf, openShare } from "./sweep-folder.ts";

const name = "curves.jsonl";

/**
 * Exact figures between the points of a finished sweep; null if it was stopped. Each becomes a line of curves.jsonl when it is solved;
 * lines that exist are not solved again.
 */
export async function curvesOf(
  plan: SweepPlan,
  table: Table,
  folder: string,
  { threads, signal }: ShareOptions,
): Promise<ExactCurves | null> {
  const places = curvePlaces(plan, table);
  const { points } = places;
  if (points.length === 0) return exactCurves(plan, places, []);
  const fingerprint = await fingerprintOf({ base: plan.fingerprint, curves: points });
  const own: SweepPlan = { ...plan, points, fingerprint };
  const finished = finishedShare(folder, undivided, own, name);
  if (finished) return exactCurves(plan, places, finished);
  return inLockedPart(folder, "curves.lock", async () => {
    const share = await openShare(folder, headerOf(own, undivided, { reason: null }), own, name);
    const indices = missingOf(share, points.keys());
    // two spins need no device
    const backend = backends.find((one) => !ownsDevice(one.name));
    const run = { backend, threads, signal, isExactOnly: true, what: "exact points of curves" };
    const added = await runAndKeep(share, own, indices, run);
    await (added ? share.finish() : share.close());
    return added && exactCurves(plan, places, [...share.records, ...added]);
  });
}
