import { between } from "../numerics/between.ts";
import type { CutRows } from "./cuts.ts";
import { cutsOf } from "./cuts.ts";
import type { AxisValue } from "./description.ts";
import type { PlacedSweep } from "./plan.ts";
import type { PointSettings } from "./points.ts";
import { seedPath } from "./points.ts";
import type { PointRecord } from "./record.ts";
import { checkedAt, isExperiment } from "./shape.ts";
import type { Table } from "./table.ts";

/** Exact figures between the points of a sweep's cuts, for the exact curves of its report. */
export interface ExactCurves {
  /** How many there are. */
  readonly points: number;
  /** Why some or all are missing; null if none is. */
  readonly reason: string | null;
  /** The varied paths and the exact figures there, by the names of the table's columns, in its units. */
  readonly columns: Readonly<Record<string, readonly (AxisValue | null)[]>>;
}

/** The places for exact figures, or why there are none. */
export interface CurvePlaces {
  readonly points: readonly PointSettings[];
  readonly reason: string | null;
}

/** Number of points, those of the sweep included, that make a curve look smooth. */
const smooth = 100;

/** A column of exact figures: of a sweep without ensemble, or the partner of a figure of the ensemble. */
const isExactColumn = (name: string): boolean => /^exact\.|\.exact$/.test(name);

const none = (reason: string): CurvePlaces => ({ points: [], reason });

/** Shares of an interval that divide it evenly. */
const sharesOf = (count: number): number[] => Array.from({ length: count }, (_, i) => (i + 1) / (count + 1));

/** Neighbours along the first path. */
function intervalsOf(x: readonly number[], [, rows]: CutRows): { row: number; low: number; high: number }[] {
  const sorted = rows.toSorted((a, b) => x[a] - x[b]);
  return sorted
    .slice(1)
    .map((next, i) => ({ row: sorted[i], low: x[sorted[i]], high: x[next] }))
    .filter(({ low, high }) => high > low);
}

/**
 * Additional places for the exact side: on the cuts of a sweep, evenly between neighbours, at most as many as the sweep
 * has points. They take no longer than the exact side of the sweep.
 */
export function curvePlaces(plan: PlacedSweep, table: Table): CurvePlaces {
  const [path, ...others] = plan.paths;
  if (plan.description.exactCurves === false) return none("the sweep has exactCurves: false");
  const known = table.columns.filter(({ name }) => isExactColumn(name));
  if (!known.some(({ values }) => values.some((value) => value !== null)))
    return none("the sweep has no exact figures");
  if (path === seedPath) return none("exact figures do not depend on the seed");
  const values = (name: string) => table.columns.find((column) => column.name === name)?.values ?? [];
  const x = values(path);
  if (!x.every((value) => typeof value === "number")) return none(`the values of ${path} are no numbers`);
  const { cuts } = cutsOf(table, plan.paths);
  const lines = cuts.map((cut) => intervalsOf(x as number[], cut));
  const intervals = lines.flat();
  if (intervals.length === 0) return none("no two points lie on a line along the first varied parameter");
  const longest = Math.max(...lines.map(({ length }) => length));
  const count = Math.floor(Math.min(table.rows / intervals.length, smooth / longest));
  if (count === 0) return none("the points of the sweep are dense enough");
  const spacing = plan.description.axes[0].range?.scale;
  const asked = sharesOf(count).flatMap((share) =>
    intervals.map(
      ({ row, low, high }): PointSettings => ({
        [path]: between(low, high, share, spacing),
        ...Object.fromEntries(others.map((other) => [other, values(other)[row] as AxisValue])),
      }),
    ),
  );
  const tried = asked.map((settings) => ({ settings, found: checkedAt(plan.experiment, settings) }));
  const points = tried.filter(({ found }) => isExperiment(found)).map(({ settings }) => settings);
  const wrong = tried.map(({ found }) => found).find((found) => !isExperiment(found));
  const why = wrong && !isExperiment(wrong) ? `${wrong[0].path} ${wrong[0].rule}` : "";
  if (points.length === 0) return none(`there is nothing between the values of ${path}: ${why}`);
  return { points, reason: wrong ? `elsewhere ${why}` : null };
}

/** The exact figures at the places. */
export function exactCurves(
  { paths }: PlacedSweep,
  { reason }: CurvePlaces,
  records: readonly PointRecord[],
): ExactCurves {
  const names = [...new Set(records.flatMap(({ values }) => Object.keys(values)))].filter(isExactColumn);
  return {
    points: records.length,
    reason,
    columns: Object.fromEntries([
      ...(records.length > 0 ? paths : []).map((path) => [
        path,
        records.map(({ settings }) => settings[path]),
      ]),
      ...names.map((name) => [name, records.map(({ values }) => values[name] ?? null)]),
    ]),
  };
}
