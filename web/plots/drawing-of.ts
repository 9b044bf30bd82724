import type { Figure } from "../../src/figures/figure.ts";
import { inScheme } from "../../src/figures/schemes.ts";
import type { Table } from "../values/table.ts";
import type { Drawing } from "./drawing.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

type Data = Figure["data"][number];
type Numbers = readonly (number | null)[];

interface Points {
  readonly x: Numbers;
  readonly y: Numbers;
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly error_y?: { readonly array: readonly number[]; readonly arrayminus?: readonly number[] };
}

/** A copy with the report's colours replaced by those of the page's scheme. */
function coloured<T>(value: T, colours: Readonly<Record<string, string>>): T {
  if (typeof value === "string") return (colours[value] ?? value) as T;
  if (Array.isArray(value))
    return (typeof value[0] === "number" ? value : value.map((x) => coloured(x, colours))) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, x]) => [key, coloured(x, colours)])) as T;
}

/** Bands between two traces as one outline, which every renderer fills in the same way. */
const outlined = (data: readonly Data[]): Data[] =>
  data.flatMap((trace, i): Data[] => {
    if (data[i + 1]?.fill === "tonexty") return [];
    if (trace.fill !== "tonexty" || i === 0) return [trace];
    const [below, above] = [data[i - 1], trace] as unknown as [Points, Points];
    return [
      {
        ...trace,
        x: [...above.x, ...below.x.toReversed()],
        y: [...above.y, ...below.y.toReversed()],
        fill: "toself",
        hoverinfo: "skip",
      },
    ];
  });

/** Visible decades of a logarithmic axis below the largest value. */
const mostDecades = 17;

/** Range from the smallest to the largest value with a margin; in powers of ten on a logarithmic axis. */
function rangeOf(values: Numbers, log: boolean, fromZero: boolean, tight: boolean): [number, number] {
  const known = values.flatMap((x) => {
    if (x === null || !Number.isFinite(x)) return [];
    return log ? (x > 0 ? [Math.log10(x)] : []) : [x];
  });
  if (fromZero) known.push(0);
  const high = known.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const low = known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (!(high >= low)) return [0, 1];
  const least = log ? Math.max(low, high - mostDecades) : low;
  const room = (tight ? 0 : 0.05) * (high - least) || (high === least ? 0.5 * Math.abs(high) || 0.5 : 0);
  return [fromZero && low === 0 ? 0 : least - room, high + room];
}

/** Values with the ends of their bars. */
const reached = ({ y, error_y }: Points): Numbers => {
  if (!error_y) return y;
  const { array, arrayminus = array } = error_y;
  return y.flatMap((value, i) => (value === null ? [] : [value, value + array[i], value - arrayminus[i]]));
};

type AxisLayout = Readonly<Record<string, unknown>>;

/** An axis with a range, which a canvas needs. */
function ranged(axis: AxisLayout, values: Numbers, tight: boolean): AxisLayout {
  if (axis.range !== undefined) return axis;
  return { ...axis, range: rangeOf(values, axis.type === "log", axis.rangemode === "tozero", tight) };
}

/** The numbers behind all traces; those with the same abscissa share its column. */
function tableOf(data: readonly Data[], xTitle: string): Table {
  const table: Record<string, readonly number[]> = {};
  const known: { readonly x: readonly unknown[]; readonly suffix: string }[] = [];
  const numbers = (values: Numbers): number[] => values.map((value) => value ?? Number.NaN);
  for (const trace of data) {
    const { x, y, error_y } = trace as unknown as Points;
    if (trace.fill === "toself" || !Array.isArray(x)) continue;
    const name = String(trace.name ?? "value");
    const cells = trace.z as readonly Numbers[] | undefined;
    if (cells) {
      Object.assign(table, { [`${name}, row by row`]: numbers(cells.flat()), x: numbers(x), y: numbers(y) });
      continue;
    }
    let own = known.find(
      (other) => other.x.length === x.length && other.x.every((value, i) => value === x[i]),
    );
    if (!own) {
      own = { x, suffix: known.length === 0 ? "" : `, ${name}` };
      known.push(own);
      table[`${xTitle}${own.suffix}`] = numbers(x);
    }
    table[name] = numbers(y);
    if (error_y) table[`${name}, error bar`] = error_y.array;
  }
  return table;
}

/** Number of points of a curve that are distinguishable. */
const mostSeparate = 60;

/** A figure of a result in the page's colours, with the numbers behind it. */
export function drawingOf(figure: Figure, theme: PlotTheme): Drawing {
  const colours = inScheme(theme);
  const data = outlined(figure.data).map((trace) => coloured(trace, colours));
  const points = data as unknown as readonly Points[];
  const layout = coloured(figure.layout, colours) as Readonly<Record<string, AxisLayout>>;
  const titleOf = (axis: AxisLayout | undefined): string =>
    (axis?.title as { readonly text?: string } | undefined)?.text ?? "";
  const heat = data.some(({ type }) => type === "heatmap");
  const words = points.some(({ x }) => typeof x?.[0] === "string" || typeof x?.[0] === "object");
  // a point at the end of an axis would be clipped
  const hasPoints =
    data.some(({ mode }) => mode === "markers") && points.every(({ x }) => x.length <= mostSeparate);
  const axes = Object.entries(layout).filter(([key]) => /^[xy]axis\d*$/.test(key));
  const values = (key: string): Numbers =>
    points.flatMap((trace) => {
      const named = key.replace("axis", "");
      if (key.startsWith("x")) return (trace.xaxis ?? "x") === named ? trace.x : [];
      return (trace.yaxis ?? "y") === named ? reached(trace) : [];
    });
  const given = Object.fromEntries(
    axes.map(([key, axis]) => {
      const own = { ...axis, title: titleOf(axis) };
      return [key, heat || words ? own : ranged(own, values(key), key.startsWith("x") && !hasPoints)];
    }),
  );
  const { xaxis = {}, yaxis = {}, ...others } = given;
  const more = Object.fromEntries(
    Object.entries(others).map(([key, axis]) => [
      key,
      { ...axis, title: { text: axis.title, font: { size: 12 } }, tickcolor: theme.soft },
    ]),
  );
  return {
    traces: data,
    layout: baseLayout(theme, xaxis, yaxis, {
      ...more,
      ...(layout.shapes ? { shapes: layout.shapes } : {}),
      ...(layout.annotations ? { annotations: layout.annotations } : {}),
      ...((layout as { showlegend?: unknown }).showlegend === false ||
      data.every((trace) => trace.showlegend === false || trace.name === undefined)
        ? { showlegend: false }
        : {}),
    }),
    table: tableOf(data, titleOf(layout.xaxis)),
    words: figure.caption,
  };
}
