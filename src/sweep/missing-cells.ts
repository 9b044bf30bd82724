import { unexplained } from "./columns.ts";
import type { PointRecord } from "./record.ts";
import type { Table } from "./table.ts";

/** Points at which a column has no figure, and why. */
export interface MissingCells {
  readonly reason: string;
  /** Their indices, as in the column `point`. */
  readonly points: readonly number[];
}

/** Why each empty cell of a table is empty, by the name of its column; `records` are its rows. */
export function missingCells(
  { columns }: Table,
  records: readonly PointRecord[],
): Record<string, MissingCells[]> {
  const lookUp = records.map(({ missing }) => reasonOf(missing));
  return Object.fromEntries(
    columns.flatMap(({ name, values }) => {
      const points = new Map<string, number[]>();
      for (const [i, value] of values.entries()) {
        if (value !== null) continue;
        const reason = lookUp[i](name) ?? unexplained;
        const before = points.get(reason);
        if (before) before.push(records[i].index);
        else points.set(reason, [records[i].index]);
      }
      const found = [...points].map(([reason, of]): MissingCells => ({ reason, points: of }));
      return found.length > 0 ? [[name, found] as const] : [];
    }),
  );
}

/** By the column's own name, else by its prefix. */
function reasonOf(missing: PointRecord["missing"]): (column: string) => string | undefined {
  const exact = new Map<string, string>();
  const starts: { start: string; reason: string }[] = [];
  for (const { reason, columns } of missing)
    for (const column of columns)
      if (column.endsWith("*")) starts.push({ start: column.slice(0, -1), reason });
      else exact.set(column, reason);
  return (column) => exact.get(column) ?? starts.find(({ start }) => column.startsWith(start))?.reason;
}
