import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout, titled } from "../figures/figure.ts";
import { withIntervals } from "../figures/fractions.ts";
import { cutsOf } from "../sweep/cuts.ts";
import type { SweepResult } from "../sweep/result.ts";
import type { Table } from "../sweep/table.ts";
import type { Numbers } from "./sweep-columns.ts";
import { axisType, numbersOf } from "./sweep-columns.ts";

/** Columns of one figure. */
interface Column {
  readonly x: Numbers;
  readonly value: Numbers;
  readonly error?: Numbers | undefined;
  readonly low?: Numbers | undefined;
  readonly high?: Numbers | undefined;
  /** Values of formulas, by their names. */
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

/** Exact values along one cut: those at its points and those between them. */
interface Curve {
  readonly x: Numbers;
  readonly y: Numbers;
  /** Number of values between the points. */
  readonly extra: number;
}

/** The exact curve of a cut from a column of exact values; points without a value leave gaps. */
function curveOf(
  { exactCurves, paths }: SweepResult,
  table: Table,
  name: string,
  rows: readonly number[],
): Curve | undefined {
  const exact = numbersOf(table, name);
  const [path, ...others] = paths;
  const x = numbersOf(table, path);
  if (!exact || !x) return undefined;
  const columns = exactCurves?.columns ?? {};
  const settingOf = (other: string) => table.columns.find((column) => column.name === other)?.values[rows[0]];
  const extra = (columns[name] ?? []).flatMap((y, i): [number, number][] =>
    typeof y === "number" && others.every((other) => columns[other][i] === settingOf(other))
      ? [[columns[path][i] as number, y]]
      : [],
  );
  const all = [...rows.map((i): [number | null, number | null] => [x[i], exact[i]]), ...extra].sort(
    ([a], [b]) => (a ?? 0) - (b ?? 0),
  );
  return { x: all.map(([at]) => at), y: all.map(([, value]) => value), extra: extra.length };
}

/** One cut: points, the exact line if there is one, and formulas. */
function cutTraces(
  column: Column,
  exact: Curve | undefined,
  unsorted: readonly number[],
  names: { readonly own: string; readonly exact: string },
  style: {
    readonly color: string;
    readonly isOne: boolean;
    readonly isFirst: boolean;
    readonly isExactAlone: boolean;
  },
): Figure["data"] {
  const { x, value, formulas } = column;
  const { color, isOne, isFirst, isExactAlone } = style;
  const rows = [...unsorted].sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
  const at = (of: Numbers): Numbers => rows.map((i) => of[i]);
  const bars = barsOf(column, rows);
  const points = {
    type: "scatter",
    mode: "markers",
    name: names.own,
    x: at(x),
    y: at(value),
    marker: { size: 6, color },
    line: { color, width: 1.6 },
    ...(bars ? { error_y: { ...bars, color, thickness: 1.2 } } : {}),
  };
  const line = { color: isOne ? colour.exact : color, width: 1.6 };
  const curve = (name: string, x: Numbers, y: Numbers, more: object): Figure["data"][number] => ({
    type: "scatter",
    mode: "lines",
    name,
    x,
    y,
    ...more,
  });
  return [
    points,
    ...(exact ? [curve(names.exact, exact.x, exact.y, { line, showlegend: isOne && !isExactAlone })] : []),
    ...formulas.map(([name, of], k) =>
      curve(name, at(x), at(of), {
        line: { color: isOne ? colour.grey : color, width: 1.2, dash: dashes[k % dashes.length] },
        showlegend: isFirst,
      }),
    ),
  ];
}

/** The text on the exact values that lines go through, and why there are no more. */
function curveCaption({ exactCurves }: SweepResult, curves: readonly Curve[]): string {
  if (curves.length === 0) return "";
  const extra = curves.reduce((sum, one) => sum + one.extra, 0);
  const reason = exactCurves?.reason ? ` (${exactCurves.reason})` : "";
  const each = curves.length > 1 ? `, on ${curves.length} curves` : "";
  return extra === 0
    ? `; lines join the exact values at the same points${reason}`
    : `; lines join the exact values at the points and at ${extra} more places between them${each}${reason}`;
}

function captionOf(points: string, lines: string, hasFormulas: boolean): string {
  const broken = hasFormulas ? "; broken lines: formulas, in their ranges of validity" : "";
  return `Against the first varied parameter. Points: ${points}${lines}${broken}.`;
}

/** A figure along the first path: the ensemble with its errors, the exact curve, one pair for each setting of the other paths. */
export function sweepCut(result: SweepResult, table: Table, name: string): Figure | undefined {
  const [path] = result.paths;
  const x = numbersOf(table, path);
  const value = numbersOf(table, name);
  if (!x || !value) return undefined;
  const [error, low, high] = ["error", "low", "high"].map((end) => numbersOf(table, `${name}.${end}`));
  const start = `${name}.formula.`;
  const formulas = table.columns.flatMap(({ name: column }): [string, Numbers][] => {
    const of = column.startsWith(start) ? numbersOf(table, column) : undefined;
    return of ? [[column.slice(start.length).replaceAll("_", " "), of]] : [];
  });
  const { cuts, isOne } = cutsOf(table, result.paths);
  if (cuts.length === 0) return undefined;
  const isExactAlone = name.startsWith("exact.");
  const curves = cuts.map(([, rows]) => curveOf(result, table, isExactAlone ? name : `${name}.exact`, rows));
  const data = cuts.flatMap(([group, rows], k) =>
    cutTraces(
      { x, value, error, low, high, formulas },
      curves[k],
      rows,
      {
        own: group || (isExactAlone ? "exact" : "ensemble"),
        exact: group ? `exact, ${group}` : "exact",
      },
      {
        color: isOne
          ? isExactAlone
            ? colour.exact
            : colour.ensemble
          : curveColours[k % curveColours.length],
        isOne,
        isFirst: k === 0,
        isExactAlone,
      },
    ),
  );
  return {
    title: name,
    caption: captionOf(
      isExactAlone
        ? "exact values"
        : low && high
          ? withIntervals("the ensemble")
          : "the ensemble with standard errors",
      curveCaption(
        result,
        curves.filter((curve) => curve !== undefined),
      ),
      formulas.length > 0,
    ),
    data,
    layout: layout(titled(path, result.units[path] ?? ""), titled(name, result.units[name] ?? ""), {
      x: axisType(x),
      y: axisType(value),
    }) as Figure["layout"],
  };
}
