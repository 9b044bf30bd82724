import { readable } from "../figures/readable.ts";
import { largest } from "../numerics/extremes.ts";
import { groupedBy } from "../numerics/grouped-by.ts";
import type { Table } from "./table.ts";

/** The rows of one line through the points: the settings of the other paths, and their places in the table. */
export type CutRows = readonly [setting: string, rows: readonly number[]];

/** Most cuts of a figure; more are not readable. */
const mostCuts = 6;

/** Rows that differ in the first path alone, grouped by the settings of the other paths. */
function rowsBySetting(table: Table, others: readonly string[]): [string, number[]][] {
  const columns = others.map((other) => table.columns.find(({ name }) => name === other)?.values);
  const settingOf = (row: number): string =>
    others
      .map((other, k) => {
        const at = columns[k]?.[row];
        return `${other} = ${typeof at === "number" ? readable(at) : at}`;
      })
      .join(", ");
  return [...groupedBy(Array(table.rows).keys(), settingOf)];
}

/**
 * A few cuts along the first path, evenly chosen; lines through a few extra points are not cuts. `isOne`: there is only
 * one.
 */
export function cutsOf(
  table: Table,
  [, ...others]: readonly string[],
): { readonly cuts: readonly CutRows[]; readonly isOne: boolean } {
  const groups = rowsBySetting(table, others);
  const fullest = largest(groups.map(([, rows]) => rows.length));
  if (fullest < 2) return { cuts: [], isOne: false };
  const cuts = groups.filter(([, rows]) => 2 * rows.length > fullest);
  const every = Math.ceil(cuts.length / mostCuts);
  return { cuts: cuts.filter((_, k) => k % every === 0), isOne: cuts.length === 1 };
}
