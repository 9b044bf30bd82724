import { largest } from "../numerics/extremes.ts";
import type { ShownFigure } from "../result-parts.ts";

/** The subject of a figure: where spins are, how they switch, how they fluctuate, how they follow a drive. */
export type View = "distribution" | "switching" | "fluctuation" | "response";

/** A figure of a run that is also known over a parameter: a mean time in a state, the share of time up, the share left. */
export type MappedQuantity = NonNullable<ShownFigure["quantity"]>;

/** A plot as plotly takes it: plain data, so that the report, the page and tests share it. */
export interface Figure {
  readonly title: string;
  /** One or two sentences: what is seen, with units. */
  readonly caption: string;
  /** Set if the subject differs from that of the observable. */
  readonly view?: View;
  /** What its curves show, in their order, where a run has a figure of the same. */
  readonly quantities?: readonly MappedQuantity[];
  readonly data: readonly Readonly<Record<string, unknown>>[];
  readonly layout: Readonly<Record<string, unknown>>;
}

/** Okabe and Ito's palette: distinct for colour-blind readers. */
export const colour = {
  ensemble: "#0072b2",
  exact: "#d55e00",
  third: "#009e73",
  fourth: "#cc79a7",
  fifth: "#e69f00",
  band: "rgba(0, 114, 178, 0.18)",
  grey: "#7f7f7f",
  faint: "#b5b5b5",
} as const;

/** One of several curves in the order of the palette. */
export const curveColours: readonly string[] = [
  colour.ensemble,
  colour.exact,
  colour.third,
  colour.fourth,
  colour.fifth,
  colour.grey,
];

const prefixes = ["f", "p", "n", "µ", "m", "", "k", "M", "G", "T"];

/** A factor and a unit in which the largest of the values is between 1 and 1000: [1e9, "ns"]. */
export function scaleFor(values: readonly number[], unit: string): [number, string] {
  // prefixes go before a simple unit only
  if (!/^\p{L}+$/u.test(unit)) return [1, unit];
  const most = largest(values.map(Math.abs));
  if (!(most > 0)) return [1, unit];
  const power = Math.min(4, Math.max(-5, Math.floor(Math.log10(most) / 3 + 1e-9)));
  return [10 ** (-3 * power), `${prefixes[power + 5]}${unit}`];
}

/** The factor from one unit to another that differs only in its prefix; null for other units. */
export function factorBetween(from: string, to: string): number | null {
  if (from === to) return 1;
  for (const [i, prefix] of prefixes.entries()) {
    const base = from.slice(prefix.length);
    const j =
      base !== "" && from.startsWith(prefix) ? prefixes.findIndex((other) => other + base === to) : -1;
    if (j >= 0) return 10 ** (3 * (i - j));
  }
  return null;
}

/** The unit of a rate. */
export const perTime = (timeUnit: string): string => (timeUnit === "s" ? "1/s" : "γ'B_K");

/** A name with its unit: "field (T)". */
export const titled = (name: string, unit: string): string => (unit ? `${name} (${unit})` : name);

const axis = (title: string, more: object = {}): object => ({
  // beside the numbers, however long they are
  title: { text: title, standoff: 10 },
  zeroline: false,
  gridcolor: "#e5e5e5",
  linecolor: "#555",
  ticks: "outside",
  exponentformat: "power",
  automargin: true,
  ...more,
});

/** A figure with another title of its x axis, at the same distance from the numbers. */
export function withAxisTitle(figure: Figure, text: string): Figure {
  const { xaxis } = figure.layout as { readonly xaxis?: { readonly title?: object } };
  const title = { ...xaxis?.title, text };
  return { ...figure, layout: { ...figure.layout, xaxis: { ...xaxis, title } } };
}

/** Layout shared by all figures. */
export const layout = (
  x: string,
  y: string,
  more: { x?: object; y?: object; rest?: object } = {},
): object => ({
  xaxis: axis(x, more.x),
  yaxis: axis(y, more.y),
  margin: { l: 70, r: 20, t: 16, b: 56 },
  font: { family: "system-ui, sans-serif", size: 14, color: "#222" },
  paper_bgcolor: "#fff",
  plot_bgcolor: "#fff",
  legend: { orientation: "h", y: 1.02, yanchor: "bottom", x: 0 },
  height: 400,
  ...more.rest,
});

/** The colour scale of a map: narrow, with its title above it. */
export const colorbar = (text: string, more: object = {}): object => ({
  title: { text, side: "top" },
  thickness: 12,
  outlinewidth: 0,
  ...more,
});

/** The exact curve against time; `factor` converts times to the unit of the axis. */
export const exactLine = (
  times: readonly number[],
  y: readonly (number | null)[],
  factor: number,
): Readonly<Record<string, unknown>> => ({
  type: "scatter",
  mode: "lines",
  name: "exact",
  x: times.map((t) => t * factor),
  y,
  line: { color: colour.exact, width: 1.5 },
});
