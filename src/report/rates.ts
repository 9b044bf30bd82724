import { perTime } from "../figures/figure.ts";
import { readable, withError } from "../figures/readable.ts";
import type { RatesRow } from "../run/rates.ts";
import type { RatesOver } from "../run/rates-over.ts";
import { htmlPage } from "./page.ts";
import { ratesFigures } from "./rates-figures.ts";
import { escapeHtml, table } from "./text.ts";

type Figured = number | null;

/** Laws as rows of text: quantity, and value with the scatter about the law. */
export function lawRows({ laws, paths: [path] }: RatesOver, timeUnit: string): [string, string][] {
  const names: Readonly<Record<string, string>> = {
    slowest: "λ₁",
    up: "escape rate up",
    down: "escape rate down",
  };
  return [
    ...Object.entries(laws.arrhenius).flatMap(([key, law]): [string, string][] => [
      [`Arrhenius, ${names[key]}: barrier (J)`, withError(law.barrier.value, law.barrier.standardError)],
      [
        `Arrhenius, ${names[key]}: attempt time (${timeUnit})`,
        withError(law.attemptTime.value, law.attemptTime.standardError),
      ],
    ]),
    ...Object.entries(laws.effectiveBarrier).flatMap(([key, fit]) =>
      fit.names.map((name, i): [string, string] => [
        `effective barrier, ${names[key]}: ${name}${name === "barrier" ? " (kT)" : name === "critical" ? ` (${path})` : ""}`,
        withError(fit.values[i], fit.standardErrors[i]),
      ]),
    ),
    ...(laws.errorDecay
      ? [
          [
            `decay of ln(not switched) per unit of ${path}`,
            withError(laws.errorDecay.value, laws.errorDecay.standardError),
          ] as [string, string],
        ]
      : []),
  ];
}

/** Names of the closed forms of λ₁ that hold in some row. */
export const formulasOf = (rows: readonly RatesRow[]): string[] => [
  ...new Set(
    rows.flatMap(({ theory }) =>
      theory
        .filter(({ quantity, inRange }) => quantity === "smallest eigenvalue" && inRange)
        .map(({ name }) => name),
    ),
  ),
];

/** Value of a closed form in a row, null outside its range. */
export const formulaAt = ({ theory }: RatesRow, name: string): number | null =>
  theory.find((form) => form.name === name && form.inRange)?.value ?? null;

/** An error, rounded up to one digit. */
function oneDigit(error: Figured | undefined): Figured {
  if (!error) return error ?? null;
  const power = 10 ** Math.floor(Math.log10(error));
  return Number((Math.ceil(error / power - 1e-9) * power).toPrecision(1));
}

/** The larger of two errors, or the only known one. */
const larger = (a: Figured | undefined, b: Figured | undefined): Figured =>
  a === null || a === undefined || b === null || b === undefined ? (a ?? b ?? null) : Math.max(a, b);

/** Columns of the table, and their cells as text. */
export function ratesTable(
  { paths, rows }: RatesOver,
  timeUnit: string,
): { head: string[]; cells: string[][] } {
  const columns: [string, (row: RatesRow) => Figured][] = [
    [`λ₁ (${perTime(timeUnit)})`, (row) => row.slowest?.rate ?? null],
    ["relative error of λ₁", (row) => oneDigit(row.slowest?.errorEstimate)],
    [`escape rate up (${perTime(timeUnit)})`, (row) => row.up?.rate ?? null],
    [`escape rate down (${perTime(timeUnit)})`, (row) => row.down?.rate ?? null],
    [
      "relative error of escape rates",
      ({ up, down }) => oneDigit(larger(up?.errorEstimate, down?.errorEstimate)),
    ],
    ["barrier up (kT)", (row) => row.up?.barrier ?? null],
    ["barrier down (kT)", (row) => row.down?.barrier ?? null],
    [`attempt time up (${timeUnit})`, (row) => row.up?.attemptTime ?? null],
    [`dwell up (${timeUnit})`, (row) => row.dwellUp],
    [`dwell down (${timeUnit})`, (row) => row.dwellDown],
    ["relative error of dwells", (row) => oneDigit(row.dwellError)],
    ["share not switched", (row) => row.notSwitched],
    ["relative error of that share", (row) => oneDigit(row.notSwitchedError)],
    ...formulasOf(rows).map((name): [string, (row: RatesRow) => Figured] => [
      `${name} (${perTime(timeUnit)})`,
      (row) => formulaAt(row, name),
    ]),
  ];
  const shown = columns.filter(([, of]) => rows.some((row) => of(row) !== null));
  return {
    head: [...paths, ...shown.map(([name]) => name)],
    cells: rows.map((row) => [
      ...paths.map((path) => readable(row.settings[path])),
      ...shown.map(([, of]) => readable(of(row))),
    ]),
  };
}

/** Missing figures of the rows: quantity, places and reason; rows with the same reason share a line. */
export function missingLines({ paths, rows }: Pick<RatesOver, "paths" | "rows">): string[] {
  const found = new Map<string, { quantity: string; reason: string; points: string[] }>();
  for (const row of rows)
    for (const { quantity, reason } of row.reasons) {
      const key = `${quantity}: ${reason}`;
      const line = found.get(key) ?? { quantity, reason, points: [] };
      line.points.push(paths.map((path) => `${path} = ${readable(row.settings[path])}`).join(", "));
      found.set(key, line);
    }
  return [...found.values()].map(({ quantity, reason, points }) => {
    const where =
      points.length === rows.length ? (rows.length > 1 ? " in all rows" : "") : ` at ${points.join("; ")}`;
    return `${quantity}${where}: ${reason}`;
  });
}

/** Rates over varied paths as one self-contained HTML page. */
export function ratesHtml(
  name: string,
  found: RatesOver,
  units: { readonly time: string; readonly path: string },
  plotly: string,
): string {
  const timeUnit = units.time;
  const { head, cells } = ratesTable(found, timeUnit);
  const laws = lawRows(found, timeUnit);
  const missing = missingLines(found);
  const top = `<section><h2>Exact figures</h2>${table(head, cells)}${missing.length > 0 ? `<p>Missing</p><ul>${missing.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>` : ""}</section>${
    laws.length > 0
      ? `<section><h2>Laws</h2>${table(["law", "value ± scatter about it"], laws)}</section>`
      : ""
  }`;
  return htmlPage(
    { title: `Rates: ${name}`, head: top, figures: ratesFigures(found, timeUnit, units.path), tail: "" },
    plotly,
  );
}
