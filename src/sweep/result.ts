import type { CompletedExperiment } from "../experiment/schema.ts";
import type { SweepCertificate } from "./certificate.ts";
import { certifySweep } from "./certificate.ts";
import type { AxisValue, Refine } from "./description.ts";
import type { ExactCurves } from "./exact-curves.ts";
import type { MissingCells } from "./missing-cells.ts";
import { missingCells } from "./missing-cells.ts";
import type { SweepPlan } from "./plan.ts";
import type { PointRecord } from "./record.ts";
import { checkedAt, isExperiment } from "./shape.ts";
import type { Table } from "./table.ts";
import { tableOf, unitsOfTable } from "./table.ts";

/** The content of a sweep's result.json; the points themselves are in the table. */
export interface SweepResult {
  readonly name: string;
  readonly version: string;
  /** The experiment of the first point. */
  readonly experiment: CompletedExperiment;
  readonly vary: SweepPlan["description"]["axes"];
  readonly sampling: SweepPlan["description"]["sampling"];
  readonly refine: Refine | null;
  readonly commonRandomNumbers: boolean;
  readonly fingerprint: string;
  readonly points: number;
  readonly paths: readonly string[];
  /** Unit of every column of the table. */
  readonly units: Readonly<Record<string, string>>;
  /** The table: the values of each column, point after point. */
  readonly columns: Readonly<Record<string, readonly (AxisValue | null)[]>>;
  /** Null where nothing was compared. */
  readonly certificate: SweepCertificate | null;
  /** Why figures are missing and tests were not made, each reason once with the number of points. */
  readonly reasons: readonly { readonly reason: string; readonly points: number }[];
  /** Why cells of the table are empty: for each column with empty cells, every reason with its points. */
  readonly missing: Readonly<Record<string, readonly MissingCells[]>>;
  /** Exact figures between the points, or why there are none; null where they were not requested. */
  readonly exactCurves: ExactCurves | null;
}

/** The result of a whole sweep, with its table. */
export function sweepResult(
  plan: SweepPlan,
  found: readonly PointRecord[],
  version: string,
): { readonly result: SweepResult; readonly table: Table } {
  const { name, description, paths, fingerprint } = plan;
  const experiment = checkedAt(plan.experiment, plan.points[0]);
  if (!isExperiment(experiment)) throw new Error("a plan was checked");
  // points of one shape run together; the table keeps the order of the plan
  const records = [...found].sort((a, b) => a.index - b.index);
  const table = tableOf(paths, records, experiment);
  const reasons = new Map<string, number>();
  for (const record of records)
    for (const reason of record.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const result = {
    name,
    version,
    experiment,
    vary: description.axes,
    sampling: description.sampling,
    refine: description.refine ?? null,
    commonRandomNumbers: description.commonRandomNumbers,
    fingerprint,
    points: records.length,
    paths,
    units: unitsOfTable(table),
    columns: Object.fromEntries(table.columns.map((column) => [column.name, column.values])),
    certificate: certifySweep(records, description.falseAlarmProbability),
    reasons: [...reasons].map(([reason, points]) => ({ reason, points })),
    missing: missingCells(table, records),
    exactCurves: null,
  };
  return { result, table };
}
