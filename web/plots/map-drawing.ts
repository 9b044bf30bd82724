import { cellTrace, differencesOf, scaleTitle, shownInCells } from "../../src/figures/cells.ts";
import { titled } from "../../src/figures/figure.ts";
import { readable } from "../../src/figures/readable.ts";
import { largest, smallest } from "../../src/numerics/extremes.ts";
import type { RatesRow } from "../../src/run/rates.ts";
import type { MapFilling } from "../state/map-filling.ts";
import type { Table } from "../values/table.ts";
import { colourOf } from "../workers/colours.ts";
import type { EnsembleCell } from "../workers/messages.ts";
import type { Drawing } from "./drawing.ts";
import type { MapQuantity } from "./map-quantities.ts";
import type { SeenFigure } from "./measured.ts";
import { seenOf } from "./measured.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** Title of a map's axis. */
export interface AxisWords {
  readonly name: string;
  readonly unit: string;
}

export const titleOf = ({ name, unit }: AxisWords): string => titled(name, unit);

/** The filled cells, in the order of the grid. */
export const rowsOf = ({ cells }: MapFilling): RatesRow[] =>
  cells.flatMap((cell) => (cell && "row" in cell ? [cell.row] : []));

const axis = (
  words: AxisWords,
  values: readonly number[],
  scale: "log" | undefined,
): Readonly<Record<string, unknown>> => ({
  title: titleOf(words),
  type: scale ?? "linear",
  showgrid: false,
  // half a cell beyond the outermost values
  range: ((): [number, number] => {
    const at = scale ? values.map(Math.log10) : values;
    const half = 0.5 * Math.abs((at[at.length - 1] - at[0]) / Math.max(1, at.length - 1)) || 0.5;
    return [Math.min(...at) - half, Math.max(...at) + half];
  })(),
});

/** Figures of a map's ensembles for a quantity, cell by cell. */
export const seenCells = (
  { cells }: { readonly cells: readonly (EnsembleCell | undefined)[] },
  { quantity }: MapQuantity,
): (SeenFigure | null)[] => cells.map((cell) => (cell?.seen ? seenOf(quantity, cell.seen) : null));

const hexOf = (place: number): string =>
  `#${colourOf(place)
    .map((x) => Math.round(x).toString(16).padStart(2, "0"))
    .join("")}`;

/** A figure of an ensemble in words. */
const inWords = ({ value, low, high, off }: SeenFigure): string =>
  `${readable(value)} (${readable(low)} … ${readable(high)})${off === null ? "" : `, ${off >= 0 ? "+" : "−"}${Math.abs(off).toFixed(1)} σ`}`;

/** Ensembles as dots over their cells, in the colours of the map: a dot that agrees is hardly visible. */
function dots(
  { xs }: Pick<MapFilling, "xs">,
  ys: readonly number[],
  seen: readonly (SeenFigure | null)[],
  [low, high]: readonly [number, number],
  log: boolean,
): object[] {
  const places = seen.flatMap((figure, i) => (figure ? [{ i, figure }] : []));
  if (places.length === 0) return [];
  const place = (figure: SeenFigure): number =>
    ((shownInCells([figure.value], log)[0] ?? low) - low) / (high - low || 1);
  return [
    {
      type: "scatter",
      mode: "markers",
      name: "ensembles",
      x: places.map(({ i }) => xs[i % xs.length]),
      y: places.map(({ i }) => ys[Math.floor(i / xs.length)]),
      text: places.map(({ figure }) => inWords(figure)),
      hovertemplate: "%{x:.4g}, %{y:.4g}: ensemble %{text}<extra></extra>",
      marker: {
        size: 9,
        color: places.map(({ figure }) => hexOf(place(figure))),
        line: { width: 0.6, color: "rgba(255,255,255,0.6)" },
      },
    },
  ];
}

/** One quantity over two numbers; a ring marks the current experiment. */
export function mapDrawing(
  filling: MapFilling,
  quantity: MapQuantity,
  words: readonly [AxisWords, AxisWords],
  { here, seen }: MapMarks,
  theme: PlotTheme,
): Drawing {
  const { xs, ys, cells } = filling;
  const { title, unit, log, of } = quantity;
  const values = cells.map((cell) => (cell && "row" in cell ? of(cell.row) : null));
  const shown = shownInCells(values, log);
  const known = shown.filter((value) => value !== null);
  const ends = known.length > 0 ? ([smallest(known), largest(known)] as const) : ([0, 1] as const);
  const name = scaleTitle(titled(quantity.name, unit), log);
  const over = dots(filling, ys, seen, ends, log);
  return {
    traces: [
      {
        ...cellTrace(xs, ys, shown, { text: name, isSigned: false }),
        hovertemplate: `%{x:.4g}, %{y:.4g}: ${name} %{z:.4g}<extra></extra>`,
      },
      ...over,
      ...ring(here),
    ],
    layout: axesOf(filling, words, theme),
    table: {
      ...axesTable(words, xs, ys),
      [`${name}, row by row`]: shown.map((value) => value ?? Number.NaN),
      ...(over.length > 0
        ? {
            "ensemble, row by row": seen.map((figure) => figure?.value ?? Number.NaN),
            "its low end, row by row": seen.map((figure) => figure?.low ?? Number.NaN),
            "its high end, row by row": seen.map((figure) => figure?.high ?? Number.NaN),
          }
        : {}),
    },
    words: `Exact ${title}. A click on a cell runs it; the ring is where the experiment is.${over.length > 0 ? " Dots: ensembles, in the same colours." : ""}`,
  };
}

/** The place of the experiment, and the figures of ensembles. */
export interface MapMarks {
  readonly here: readonly [number, number] | null;
  readonly seen: readonly (SeenFigure | null)[];
}

const ring = (here: MapMarks["here"]): object[] =>
  here
    ? [
        {
          type: "scatter",
          mode: "markers",
          name: "the experiment now",
          x: [here[0]],
          y: [here[1]],
          hoverinfo: "skip",
          marker: { size: 14, color: "#d55e00", symbol: "circle-open", line: { width: 3 } },
        },
      ]
    : [];

const axesOf = (
  { xs, ys, asked }: MapFilling,
  words: readonly [AxisWords, AxisWords],
  theme: PlotTheme,
): object =>
  baseLayout(theme, axis(words[0], xs, asked?.x.scale), axis(words[1], ys, asked?.y?.scale), {
    showlegend: false,
  });

const axesTable = (
  words: readonly [AxisWords, AxisWords],
  xs: readonly number[],
  ys: readonly number[],
): Table => ({ [titleOf(words[0])]: xs, [titleOf(words[1])]: ys });

/** Differences of the ensembles from the exact figures, in standard errors. */
export function disagreementDrawing(
  filling: MapFilling,
  { title }: MapQuantity,
  words: readonly [AxisWords, AxisWords],
  { here, seen }: MapMarks,
  theme: PlotTheme,
): Drawing {
  const { xs, ys } = filling;
  const off = seen.map((figure) => figure?.off ?? null);
  const known = off.filter((value) => value !== null);
  const square = known.reduce((sum, x) => sum + x * x, 0) / Math.max(1, known.length);
  return {
    traces: [
      {
        ...cellTrace(xs, ys, off, { text: "σ", isSigned: true }),
        hovertemplate: "%{x:.4g}, %{y:.4g}: %{z:.2f} σ<extra></extra>",
      },
      ...ring(here),
    ],
    layout: axesOf(filling, words, theme),
    table: {
      ...axesTable(words, xs, ys),
      "(ensemble − exact)/standard error, row by row": off.map((value) => value ?? Number.NaN),
    },
    words: `${differencesOf(`the ${title}`)} ${known.length} cells, root mean square ${square > 0 ? Math.sqrt(square).toFixed(2) : "–"}; 1 is expected by chance.`,
  };
}
