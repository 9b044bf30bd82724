import type { Figure, MappedQuantity } from "../figures/figure.ts";
import { curveColours, layout, perTime, titled } from "../figures/figure.ts";
import { formulaTraces } from "../figures/formulas.ts";
import { readable } from "../figures/readable.ts";
import { largest, smallest } from "../numerics/extremes.ts";
import { groupedBy } from "../numerics/grouped-by.ts";
import type { RatesRow } from "../run/rates.ts";
import type { RatesOver } from "../run/rates-over.ts";
import { timeUp } from "../run/time-up.ts";

type Figured = number | null;
type Traces = Figure["data"];

/** A figure that a curve shows, by its name in the legend. */
interface Curve {
  readonly name: string;
  readonly quantity?: MappedQuantity;
  readonly of: (row: RatesRow) => Figured;
}

/** One figure: the quantities of its curves, and the closed forms drawn with them. */
interface Sketch {
  readonly title: string;
  readonly caption: string;
  readonly y: string;
  readonly curves: readonly Curve[];
  /** Quantities of closed forms. */
  readonly formulas?: RegExp;
  readonly isLog?: boolean;
}

const dashed = "Dashed: closed forms, grey outside their range.";

const sketchesOf = (timeUnit: string): Sketch[] => [
  {
    title: "Rates",
    caption: `Exact: the smallest non-zero eigenvalue λ₁ and the escape rate of each state. ${dashed}`,
    y: `rate (${perTime(timeUnit)})`,
    curves: [
      { name: "λ₁", of: (row) => row.slowest?.rate ?? null },
      { name: "escape rate up", of: (row) => row.up?.rate ?? null },
      { name: "escape rate down", of: (row) => row.down?.rate ?? null },
    ],
    formulas: /^smallest eigenvalue$|^rate /,
    isLog: true,
  },
  {
    title: "Effective barriers",
    caption: `d ln(rate)/d ln T of the exact rates: what a plot over temperature would show at this point. ${dashed}`,
    y: "barrier (kT)",
    curves: [
      { name: "barrier up", of: (row) => row.up?.barrier ?? null },
      { name: "barrier down", of: (row) => row.down?.barrier ?? null },
    ],
    formulas: /barrier/,
  },
  {
    title: "Not-switched probability",
    caption: `At the end of the run, on the side where all spins started. ${dashed}`,
    y: "probability",
    curves: [{ name: "exact", quantity: "notSwitched", of: (row) => row.notSwitched }],
    formulas: /^not-switched probability$/,
    isLog: true,
  },
  {
    title: "Mean dwell times",
    caption: "Exact, by the two thresholds of the experiment.",
    y: `dwell time (${timeUnit})`,
    curves: [
      { name: "up", quantity: "timeUp", of: (row) => row.dwellUp },
      { name: "down", quantity: "timeDown", of: (row) => row.dwellDown },
    ],
    isLog: true,
  },
  {
    title: "Share of time up",
    caption: "Exact, of the stationary state, by the two thresholds of the experiment.",
    y: "share of time up",
    curves: [{ name: "exact", quantity: "shareUp", of: timeUp }],
  },
];

/** Rows that differ in the first path alone, grouped by the settings of the other paths. */
const groupsOf = (rows: readonly RatesRow[], others: readonly string[]): Map<string, RatesRow[]> =>
  groupedBy(rows, (row) => others.map((other) => `${other} = ${readable(row.settings[other])}`).join(", "));

/** A line for each curve and group, in colours of their own; curves without any value are left out. */
function linesOf(
  curves: readonly Curve[],
  groups: ReadonlyMap<string, readonly RatesRow[]>,
  path: string,
): Traces {
  let next = 0;
  return [...groups].flatMap(([group, rows]) =>
    curves.flatMap(({ name, of }) => {
      const y = rows.map(of);
      if (y.every((value) => value === null)) return [];
      const color = curveColours[next++ % curveColours.length];
      return [
        {
          type: "scatter",
          mode: "lines+markers",
          name: groups.size === 1 ? name : `${name}, ${group}`,
          x: rows.map((row) => row.settings[path]),
          y,
          marker: { size: 6, color },
          line: { color, width: 1.8 },
        },
      ];
    }),
  );
}

/** Closed forms of some quantities against a path. */
const formsOf = (rows: readonly RatesRow[], quantities: RegExp, path: string): Traces =>
  formulaTraces(
    rows.flatMap((row) =>
      row.theory
        .filter(({ quantity }) => quantities.test(quantity))
        .map((form) => ({ ...form, x: row.settings[path] })),
    ),
  );

/** Exact figures against the first varied path, one line for each combination of the others. */
export function ratesFigures(
  { paths, rows }: Pick<RatesOver, "paths" | "rows">,
  timeUnit: string,
  pathUnit = "",
): Figure[] {
  const [path, ...others] = paths;
  if (path === undefined || rows.length < 2) return [];
  const groups = groupsOf(rows, others);
  const x = rows.map((row) => row.settings[path]);
  const isLogOver = x.every((value) => value > 0) && largest(x) / smallest(x) > 30;
  return sketchesOf(timeUnit).flatMap(({ title, caption, y, curves, formulas, isLog }): Figure[] => {
    const lines = linesOf(curves, groups, path);
    if (lines.length === 0) return [];
    const forms = formulas && groups.size === 1 ? formsOf(rows, formulas, path) : [];
    return [
      {
        title,
        caption,
        quantities: curves.flatMap(({ quantity }) => quantity ?? []),
        data: [...forms, ...lines],
        layout: layout(titled(path, pathUnit), y, {
          x: isLogOver ? { type: "log" } : {},
          y: isLog ? { type: "log" } : {},
        }) as Figure["layout"],
      },
    ];
  });
}
