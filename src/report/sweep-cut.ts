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
}

/** Error bars of some rows: one standard error, or the ends of an interval. */
function barsOf({ value, error, low, high }: Column, rows: readonly number[]): object | undefined {
  if (error) return { type: "data", array: rows.map((i) => error[i]) };
  if (!low || !high) return undefined;
  const above = rows.map((i) => (high[i] ?? 0) - (value[i] ?? 0));
  const below = rows.map((i) => (value[i] ?? 0) - (low[i] ?? 0));
  return { type: "data", symmetric: false, array: above, arrayminus: below };
}

/** One cut: points, and the exact line where there is one. */
function cutTraces(
  column: Column,
  unsorted: readonly number[],
  names: { readonly own: string; readonly exact: string },
  style: { readonly mode: string; readonly color: string; readonly isOne: boolean },
): Figure["data"] {
  const { x, value, exact } = column;
  const { mode, color, isOne } = style;
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
  if (!exact) return [points];
  const line = { color: isOne ? colour.exact : color, width: 1.6 };
  return [
    points,
    { type: "scatter", mode: "lines", name: names.exact, x: at(x), y: at(exact), line, showlegend: isOne },
  ];
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
  const groups = rowsBySetting(table, others);
  if (groups.every(([, rows]) => rows.length < 2)) return undefined;
  const { cuts, isOne } = chosenCuts(groups);
  const isExactAlone = name.startsWith("exact.");
  const data = cuts.flatMap(([group, rows], k) =>
    cutTraces(
      { x, value, error, exact, low, high },
      rows,
      {
        own: group || (isExactAlone ? "exact" : "ensemble"),
        exact: group ? `exact, ${group}` : "exact",
      },
      {
        mode: isExactAlone ? "lines+markers" : "markers",
        color: isOne ? colour.ensemble : curveColours[k % curveColours.length],
        isOne,
      },
    ),
  );
  return {
    title: name,
    caption: exact
      ? "Points: the ensemble with standard errors; lines join the exact values at the same points."
      : "Against the first varied parameter.",
    data,
    layout: layout(titled(path, result.units[path] ?? ""), titled(name, result.units[name] ?? ""), {
      x: axisType(x),
      y: axisType(value),
    }) as Figure["layout"],
  };
}
