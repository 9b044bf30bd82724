import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import { largest } from "../numerics/extremes.ts";
import type { SweepResult } from "../sweep/result.ts";
import type { Table } from "../sweep/table.ts";
import type { Numbers } from "./sweep-columns.ts";
import { axisType, numbersOf, titled } from "./sweep-columns.ts";

/** Rows that differ in the first path alone, by what the other paths are set to. */
function rowsBySetting(table: Table, others: readonly string[]): [string, number[]][] {
  const groups = new Map<string, number[]>();
  for (let i = 0; i < table.rows; i++) {
    const key = others
      .map((other) => {
        const at = table.columns.find((column) => column.name === other)?.values[i];
        return `${other} = ${typeof at === "number" ? readable(at) : at}`;
      })
      .join(", ");
    groups.set(key, [...(groups.get(key) ?? []), i]);
  }
  return [...groups];
}

/** A few cuts, evenly chosen, are readable; lines through a few extra points are none. */
function chosenCuts(groups: readonly [string, number[]][]): { cuts: [string, number[]][]; isOne: boolean } {
  const fullest = largest(groups.map(([, rows]) => rows.length));
  const cuts = groups.filter(([, rows]) => 2 * rows.length > fullest);
  const every = Math.ceil(cuts.length / 6);
  return { cuts: cuts.filter((_, k) => k % every === 0), isOne: cuts.length === 1 };
}

/** Columns of one figure. */
interface Column {
  readonly x: Numbers;
  readonly value: Numbers;
  readonly error?: Numbers | undefined;
  readonly low?: Numbers | undefined;
  readonly high?: Numbers | undefined;
  readonly exact?: Numbers | undefined;
  /** What formulas say, by their names. */
  readonly formulas: readonly (readonly [string, Numbers])[];
}

/** Error bars of some rows: the ends of an interval, else one standard error. */
function barsOf({ value, error, low, high }: Column, rows: readonly number[]): object | undefined {
  if (!low || !high) return error && { type: "data", array: rows.map((i) => error[i]) };
  const between = (a: number | null, b: number | null): number | null =>
    a === null || b === null ? null : a - b;
  const above = rows.map((i) => between(high[i], value[i]));
  const below = rows.map((i) => between(value[i], low[i]));
  return { type: "data", symmetric: false, array: above, arrayminus: below };
}

/** Dashes of formulas, one after the other. */
const dashes = ["dot", "dash", "dashdot", "longdash"];

/** One cut: points, the exact line where there is one, and what formulas say. */
function cutTraces(
  column: Column,
  unsorted: readonly number[],
  names: { readonly own: string; readonly exact: string },
  style: {
    readonly mode: string;
    readonly color: string;
    readonly isOne: boolean;
    readonly isFirst: boolean;
  },
): Figure["data"] {
  const { x, value, exact, formulas } = column;
  const { mode, color, isOne, isFirst } = style;
  const rows = [...unsorted].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const at = (of: Numbers): Numbers => rows.map((i) => of[i]);
  const bars = barsOf(column, rows);
  const points = {
    type: "scatter",
    mode,
    name: names.own,
    x: at(x),
    y: at(value),
    marker: { size: 6, color },
    line: { color, width: 1.6 },
    ...(bars ? { error_y: { ...bars, color, thickness: 1.2 } } : {}),
  };
  const line = { color: isOne ? colour.exact : color, width: 1.6 };
  const curve = (name: string, of: Numbers, look: object): Figure["data"][number] => ({
    type: "scatter",
    mode: "lines",
    name,
    x: at(x),
    y: at(of),
    ...look,
  });
  return [
    points,
    ...(exact ? [curve(names.exact, exact, { line, showlegend: isOne })] : []),
    ...formulas.map(([name, of], k) =>
      curve(name, of, {
        line: { color: isOne ? colour.grey : color, width: 1.2, dash: dashes[k % dashes.length] },
        showlegend: isFirst,
      }),
    ),
  ];
}

function captionOf(bars: string, hasExact: boolean, hasFormulas: boolean): string {
  if (!hasExact && !hasFormulas) return "Against the first varied parameter.";
  const lines = hasExact ? "; lines join the exact values at the same points" : "";
  const broken = hasFormulas ? "; broken lines are formulas, where they claim to hold" : "";
  return `Points: the ensemble with ${bars}${lines}${broken}.`;
}

/** A figure along the first path: the ensemble with its errors, the exact curve, one pair for each setting of the other paths. */
export function sweepCut(result: SweepResult, table: Table, name: string): Figure | undefined {
  const [path, ...others] = result.paths;
  const x = numbersOf(table, path);
  const value = numbersOf(table, name);
  if (!x || !value) return undefined;
  const [error, exact, low, high] = ["error", "exact", "low", "high"].map((end) =>
    numbersOf(table, `${name}.${end}`),
  );
  const start = `${name}.formula.`;
  const formulas = table.columns.flatMap(({ name: column }): [string, Numbers][] => {
    const of = column.startsWith(start) ? numbersOf(table, column) : undefined;
    return of ? [[column.slice(start.length).replaceAll("_", " "), of]] : [];
  });
  const groups = rowsBySetting(table, others);
  if (groups.every(([, rows]) => rows.length < 2)) return undefined;
  const { cuts, isOne } = chosenCuts(groups);
  const isExactAlone = name.startsWith("exact.");
  const data = cuts.flatMap(([group, rows], k) =>
    cutTraces(
      { x, value, error, exact, low, high, formulas },
      rows,
      {
        own: group || (isExactAlone ? "exact" : "ensemble"),
        exact: group ? `exact, ${group}` : "exact",
      },
      {
        mode: isExactAlone ? "lines+markers" : "markers",
        color: isOne ? colour.ensemble : curveColours[k % curveColours.length],
        isOne,
        isFirst: k === 0,
      },
    ),
  );
  return {
    title: name,
    caption: captionOf(
      low && high ? "95 % intervals" : "standard errors",
      exact !== undefined,
      formulas.length > 0,
    ),
    data,
    layout: layout(titled(path, result.units[path] ?? ""), titled(name, result.units[name] ?? ""), {
      x: axisType(x),
      y: axisType(value),
    }) as Figure["layout"],
  };
}
