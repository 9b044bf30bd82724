import { undivided } from "../run/share/task.ts";
import { columnNamesOf } from "../sweep/column-names.ts";
import type { Refine } from "../sweep/description.ts";
import type { SweepPlan } from "../sweep/plan.ts";
import { fingerprintOf } from "../sweep/plan.ts";
import type { PointSettings } from "../sweep/points.ts";
import type { PointRecord } from "../sweep/record.ts";
import type { Known } from "../sweep/refine.ts";
import { refinement } from "../sweep/refine.ts";
import { UsageError } from "./exit.ts";
import { inLockedPart } from "./folder-lock.ts";
import type { ShareOptions } from "./run-share.ts";
import { backendOf, headerOf, runAndKeep } from "./run-share.ts";
import { say } from "./say.ts";
import { backendOfShares, finishedShare, openShare } from "./sweep-folder.ts";

const name = "refined.jsonl";

/** A sweep with its extra points. */
export interface RefinedSweep {
  readonly plan: SweepPlan;
  readonly records: readonly PointRecord[];
}

/** The figure of a column with its standard error, where it has one. */
function knownIn({ values }: PointRecord, column: string): Known | null {
  const value = values[column];
  return typeof value === "number" ? { value, error: values[`${column}.error`] ?? 0 } : null;
}

const isFigure = (name: string): boolean => !/\.(error|low|high|pValue)$/.test(name);

const unknownColumn = (column: string, names: readonly string[], when: string): UsageError =>
  new UsageError(
    `refine.of: no point ${when} a column "${column}"; there are ${names.filter(isFigure).join(", ")}`,
  );

/**
 * Checks `refine:` before the first point.
 * @throws UsageError for a column that no point can have.
 */
export async function requireRefinable(plan: SweepPlan): Promise<void> {
  const { refine } = plan.description;
  const known = refine && (await columnNamesOf(plan));
  if (known && !known.has(refine.of)) throw unknownColumn(refine.of, known.names, "will have");
}

/** The same after the points, for columns that only the points show. */
function requireColumn(records: readonly PointRecord[], column: string): void {
  const names = [...new Set(records.flatMap(({ values }) => Object.keys(values)))];
  if (!names.includes(column)) throw unknownColumn(column, names, "has");
}

/**
 * Adds to a finished grid the points that its `refine:` asks for; null if it was stopped before the last. Each becomes a line of
 * refined.jsonl when it is finished; points that have a line are not run again.
 * @throws UsageError for a column that no point has.
 */
export async function refined(
  plan: SweepPlan,
  base: readonly PointRecord[],
  folder: string,
  options: ShareOptions,
): Promise<RefinedSweep | null> {
  const { refine } = plan.description;
  const { threads, signal } = options;
  if (!refine) return { plan, records: base };
  requireColumn(base, refine.of);
  const own: SweepPlan = { ...plan, fingerprint: await fingerprintOf({ base: plan.fingerprint, refine }) };
  return inLockedPart(folder, "refined.lock", async () => {
    const finished = finishedShare(folder, undivided, own, name);
    // do not open a device if nothing is left to run
    const chosen = finished ? { reason: null } : await backendOf(plan, options, backendOfShares(folder));
    const share = finished ? null : await openShare(folder, headerOf(own, undivided, chosen), own, name);
    const all = await roundsOf(own, base, finished ?? share?.records ?? [], async (grown, missing) => {
      if (!share) throw new UsageError(`${name} in ${folder} lacks points; remove it to compute them again`);
      return runAndKeep(share, grown, missing, { backend: chosen.backend, threads, signal });
    });
    if (all) await share?.finish();
    else await share?.close();
    if (all) sayFewer(base, all.length - base.length, refine);
    return all && { plan: { ...plan, points: all.map(({ settings }) => settings) }, records: all };
  });
}

/** Prints that there are fewer extra points than `refine:` asks for, and why. */
function sayFewer(base: readonly PointRecord[], added: number, { of, points }: Refine): void {
  if (added >= points) return;
  const empty = base.filter(({ values }) => typeof values[of] !== "number");
  const [first] = empty;
  const reason = first?.missing.find(({ columns }) => columns.includes(of))?.reason;
  const because = reason ? ` (${reason})` : "";
  const why =
    empty.length === base.length
      ? `the column is empty at every point${because}`
      : `elsewhere it is straight within its errors${empty.length > 0 ? `, or empty at a neighbour${because}` : ""}`;
  say(`refine: ${added} of ${points} points added by ${of}: ${why}`);
}

/** Adds extra points round by round; takes those of earlier runs from the file. */
async function roundsOf(
  plan: SweepPlan,
  base: readonly PointRecord[],
  before: readonly PointRecord[],
  run: (plan: SweepPlan, missing: readonly number[]) => Promise<readonly PointRecord[] | null>,
): Promise<readonly PointRecord[] | null> {
  const { refine, axes } = plan.description;
  if (!refine) return base;
  const place = (settings: PointSettings): string => plan.paths.map((path) => settings[path]).join(" ");
  const known = new Map<string, Known | null>();
  const all: PointRecord[] = [];
  const add = (record: PointRecord): void => {
    all.push(record);
    known.set(place(record.settings), knownIn(record, refine.of));
  };
  for (const record of [...base].sort((a, b) => a.index - b.index)) add(record);
  const figures = (settings: PointSettings): Known | null => known.get(place(settings)) ?? null;
  const found = new Map(before.map((record) => [record.index, record]));
  const search = refinement(axes, refine, figures);
  for (let more = search.next(); more.length > 0; more = search.next()) {
    const first = all.length;
    const indices = more.map((_, i) => first + i);
    const missing = indices.filter((index) => !found.has(index));
    const points = [...all.map(({ settings }) => settings), ...more];
    const computed = missing.length > 0 ? await run({ ...plan, points }, missing) : [];
    if (!computed) return null;
    for (const record of computed) found.set(record.index, record);
    for (const index of indices) add(found.get(index) as PointRecord);
    search.take(figures);
  }
  return all;
}
