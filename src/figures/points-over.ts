import type { Figure } from "./figure.ts";
import { colour, withAxisTitle } from "./figure.ts";
import { fractionTraces, withIntervals } from "./fractions.ts";

/** A value at a place of an axis, with the ends of its 95 % interval. */
interface PlacedValue {
  readonly x: number;
  readonly figure: { readonly value: number; readonly low: number; readonly high: number };
}

/** What is drawn over exact curves: the symbol of each kind, and its name in the plural. */
const symbols = {
  ensembles: { symbol: "circle", plural: "points" },
  runs: { symbol: "diamond", plural: "diamonds" },
  "your data": { symbol: "square", plural: "squares" },
} as const;

/** Points with their intervals; for zero counts, an arrow at the upper limit. */
export function pointsOver(
  found: readonly PlacedValue[],
  { name, color, size }: { name: keyof typeof symbols; color: string; size: number },
  showlegend = true,
): Figure["data"] {
  if (found.length === 0) return [];
  const { points, limits } = fractionTraces(
    {
      x: found.map(({ x }) => x),
      value: found.map(({ figure }) => figure.value),
      low: found.map(({ figure }) => figure.low),
      high: found.map(({ figure }) => figure.high),
    },
    color,
  );
  const marker = { size, symbol: symbols[name].symbol, color };
  return [...points.map((trace) => ({ ...trace, name, showlegend, marker })), ...limits];
}

/** Meaning of the symbols that are drawn: "Diamonds: runs, with 95 % intervals." */
export function symbolsIn(points: Figure["data"]): string {
  const drawn = new Set(points.map(({ name }) => name));
  const said = Object.entries(symbols)
    .filter(([name]) => drawn.has(name))
    .map(([name, { plural }]) => `${plural}: ${name}`)
    .join(", ");
  return said && ` ${withIntervals(`${said[0].toUpperCase()}${said.slice(1)},`)}.`;
}

/** A figure with points over its exact curves, and a dotted line at the present experiment. */
export function withPoints(
  figure: Figure,
  title: string,
  here: number | null,
  points: Figure["data"],
): Figure {
  const line = {
    type: "line",
    xref: "x",
    yref: "paper",
    x0: here,
    x1: here,
    y0: 0,
    y1: 1,
    line: { color: colour.grey, dash: "dot", width: 1.2 },
  };
  return {
    ...figure,
    caption: `${figure.caption} Dotted: the experiment now.${symbolsIn(points)}`,
    data: [...figure.data.map(shortened), ...points],
    layout: {
      ...withAxisTitle(figure, title).layout,
      ...(here === null ? {} : { shapes: [line] }),
    },
  };
}

/** Points are for ensembles here, and the legend has no space for formulas out of range. */
const shortened = (trace: Figure["data"][number]): Figure["data"][number] => ({
  ...trace,
  ...(trace.mode === "lines+markers" ? { mode: "lines" } : {}),
  ...(String(trace.name).endsWith("(out of range)") ? { showlegend: false } : {}),
  name: String(trace.name).replace(/^(\w+), \w+ and \w+/, "$1 et al."),
});
