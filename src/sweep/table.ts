import { unitAt } from "../experiment/path-unit.ts";
import type { CompletedExperiment } from "../experiment/schema.ts";
import type { AxisValue } from "./description.ts";
import { seedPath } from "./points.ts";
import type { PointRecord } from "./record.ts";

/** One row a point, as columns: numbers or texts, null where there is none. */
export interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: number;
}

export interface TableColumn {
  readonly name: string;
  /** "" for pure numbers and texts. */
  readonly unit: string;
  readonly values: readonly (AxisValue | null)[];
}

/**
 * The table of a sweep: index, varied values, seed, every figure that any point has, outcome, and losses of the device
 * if there were any.
 */
export function tableOf(
  paths: readonly string[],
  records: readonly PointRecord[],
  experiment: CompletedExperiment,
): Table {
  const units = new Map<string, string>();
  for (const record of records)
    for (const name of Object.keys(record.values)) units.set(name, record.units[name] ?? "");
  const column = (
    name: string,
    unit: string,
    of: (record: PointRecord) => AxisValue | null | undefined,
  ): TableColumn => ({ name, unit, values: records.map((record) => of(record) ?? null) });
  return {
    rows: records.length,
    columns: [
      column("point", "", ({ index }) => index),
      ...paths.map((path) => column(path, unitAt(experiment, path), ({ settings }) => settings[path])),
      ...[...units].map(([name, unit]) => column(name, unit, ({ values }) => values[name])),
      column("tests", "", ({ tests }) => tests.made),
      ...(paths.includes(seedPath) ? [] : [column(seedPath, "", ({ seed }) => seed)]),
      column("outcome", "", ({ outcome }) => outcome),
      ...(records.some(({ deviceLosses }) => deviceLosses)
        ? [column("deviceLosses", "", ({ deviceLosses = 0 }) => deviceLosses)]
        : []),
    ],
  };
}

/** Units by column, as table.parquet and result.json hold them. */
export const unitsOfTable = ({ columns }: Table): Record<string, string> =>
  Object.fromEntries(columns.map(({ name, unit }) => [name, unit]));

/** A cell of a table of commas; a missing figure is empty. */
export const csvCell = (cell: AxisValue | null): string => {
  const text = cell === null ? "" : String(cell);
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
};

/** One line a point, the first with the names of the columns; empty where there is no figure. */
export function csvOf({ columns, rows }: Table): string {
  const lines = [columns.map(({ name }) => csvCell(name)).join(",")];
  for (let i = 0; i < rows; i++) lines.push(columns.map(({ values }) => csvCell(values[i])).join(","));
  return `${lines.join("\n")}\n`;
}
