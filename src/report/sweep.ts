import { titled } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import { counted } from "../statistics/certificate.ts";
import type { SweepResult } from "../sweep/result.ts";
import type { Table } from "../sweep/table.ts";
import { sweepVerdict } from "../sweep/verdict.ts";
import { htmlPage } from "./page.ts";
import { sweepFigures } from "./sweep-figures.ts";
import { escapeHtml, table as htmlTable } from "./text.ts";

/** Rows of the table that the page shows. */
const mostRows = 200;
/** Rows of reasons for empty cells. */
const mostMissing = 60;

/**
 * Why cells are empty: columns that are empty at the same points for the same reason share a row; their errors are not
 * listed.
 */
function emptyRows({ missing }: SweepResult): string[][] {
  const rows = new Map<string, { columns: string[]; points: number; reason: string }>();
  for (const [column, found] of Object.entries(missing))
    for (const { reason, points } of found) {
      const key = `${reason}\n${points.join(" ")}`;
      const row = rows.get(key) ?? { columns: [], points: points.length, reason };
      row.columns.push(column);
      rows.set(key, row);
    }
  return [...rows.values()]
    .slice(0, mostMissing)
    .map(({ columns, points, reason }) => [
      columns.filter((name) => !columns.some((other) => name === `${other}.error`)).join(", "),
      counted(points, "point"),
      reason,
    ]);
}

/** A sweep as one self-contained HTML page. */
export function sweepHtml(result: SweepResult, table: Table, plotly: string): string {
  const { certificate } = result;
  const state = certificate ? (certificate.passed ? "passed" : "failed") : "none";
  const said = sweepVerdict(result);
  const limit = certificate ? `<p>Each test fails below ${readable(certificate.limit)}.</p>` : "";
  const cell = (value: unknown): string =>
    typeof value === "number" ? readable(value) : value === null ? "—" : String(value);
  const rows = Array.from({ length: Math.min(mostRows, table.rows) }, (_, i) =>
    table.columns.map(({ values }) => cell(values[i])),
  );
  const left = table.rows > mostRows ? `<p>${table.rows - mostRows} more rows are in table.csv.</p>` : "";
  const reasons = result.reasons
    .slice(0, 20)
    .map(({ reason, points }) => `<li>${escapeHtml(reason)} (${counted(points, "point")})</li>`);
  const empty = emptyRows(result);
  return htmlPage(
    {
      title: `Sweep: ${result.name}`,
      head: `<p class="verdict ${state}">${escapeHtml(said)}</p>${limit}`,
      figures: sweepFigures(result, table),
      tail: `<section><h2>Points</h2>${htmlTable(
        table.columns.map(({ name, unit }) => titled(name, unit)),
        rows,
      )}${left}</section>${reasons.length > 0 ? `<section><h2>Missing</h2><ul>${reasons.join("")}</ul></section>` : ""}${
        empty.length > 0
          ? `<section><h2>Empty cells</h2>${htmlTable(["columns", "points", "reason"], empty)}</section>`
          : ""
      }`,
    },
    plotly,
  );
}
