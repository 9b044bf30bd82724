import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { exactLine } from "../../src/figures/figure.ts";
import { pointsOver, symbolsIn } from "../../src/figures/points-over.ts";
import { readable } from "../../src/figures/readable.ts";
import { nearestIndex } from "../../src/numerics/nearest.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import type { MapFilling } from "../state/map-filling.ts";
import type { Measured } from "../workers/measured.ts";
import type { Drawing } from "./drawing.ts";
import type { AxisWords } from "./map-drawing.ts";
import { titleOf } from "./map-drawing.ts";
import type { MapQuantity } from "./map-quantities.ts";
import type { SeenAlong, SeenFigure } from "./measured.ts";
import { dataAlong, isAt, numberAt, seenOf } from "./measured.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** A line of cells through a map. */
export interface Cut {
  /** Whether it is along x, at one of the values of y; else along y. */
  readonly alongX: boolean;
  /** Index of the line. */
  readonly at: number;
}

/** Points over the exact curve. */
export interface AlongCut {
  readonly seen: readonly (SeenFigure | null)[];
  readonly runs: readonly Measured[];
  readonly data: readonly Measurement[];
  readonly experiment: CompletedExperiment;
}

/** Index of the nearest value. */
export const nearest = (values: readonly number[], value: number | null): number =>
  value === null ? values.length >> 1 : nearestIndex(values, value);

/** Range from the smallest to the largest value with a margin; powers of ten if it is logarithmic. */
function rangeOf(values: readonly number[], log: boolean): [number, number] {
  const known = values.flatMap((x) => (log ? (x > 0 ? [Math.log10(x)] : []) : [x]));
  if (known.length === 0) return [0, 1];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = 0.06 * (high - low) || 0.1 * Math.abs(high) || 0.5;
  return [low - room, high + room];
}

/** The exact curve along a cut, with the ensembles of its cells and the runs of this visit on it. */
export function cutDrawing(
  filling: MapFilling,
  quantity: MapQuantity,
  { alongX, at }: Cut,
  words: readonly [AxisWords, AxisWords],
  { seen, runs, data, experiment }: AlongCut,
  theme: PlotTheme,
): Drawing {
  const { xs, ys, cells, asked } = filling;
  const [along, fixed] = alongX ? [xs, ys[at]] : [ys, xs[at]];
  const [own, other] = alongX ? words : [words[1], words[0]];
  const place = (i: number): number => (alongX ? at * xs.length + i : i * xs.length + at);
  const [path, otherPath] = alongX ? [asked?.x.path, asked?.y?.path] : [asked?.y?.path, asked?.x.path];
  const { log, of, unit, name } = quantity;
  const exact = along.map((_, i) => {
    const cell = cells[place(i)];
    const value = cell && "row" in cell ? of(cell.row) : null;
    return value === null || (log && !(value > 0)) ? null : value;
  });
  const ensembles = along.flatMap((x, i): SeenAlong[] => {
    const figure = seen[place(i)];
    return figure ? [{ x, figure }] : [];
  });
  const single = runs.flatMap((run): SeenAlong[] => {
    const x = numberAt(run.experiment, path ?? "");
    const figure = seenOf(quantity.quantity, run);
    return x !== null && figure && isAt(numberAt(run.experiment, otherPath ?? ""), fixed)
      ? [{ x, figure }]
      : [];
  });
  const measured = dataAlong(data, quantity.quantity, path ?? "", (other) =>
    other === otherPath ? fixed : numberAt(experiment, other),
  );
  const points = [
    ...pointsOver(ensembles, { name: "ensembles", color: theme.bar, size: 7 }),
    ...pointsOver(measured, { name: "your data", color: theme.my, size: 8 }),
    ...pointsOver(single, { name: "runs", color: theme.mx, size: 9 }),
  ];
  const ends = [...ensembles, ...single, ...measured].flatMap(({ figure: { low, high } }) => [low, high]);
  const known = exact.filter((value) => value !== null);
  const isLogX = (alongX ? asked?.x : asked?.y)?.scale === "log";
  return {
    traces: [{ ...exactLine(along, exact, 1), line: { color: theme.exact, width: 2.2 } }, ...points],
    layout: baseLayout(
      theme,
      {
        title: titleOf(own),
        type: isLogX ? "log" : "linear",
        range: rangeOf(along, isLogX),
      },
      {
        title: titleOf({ name, unit }),
        type: log ? "log" : "linear",
        range: rangeOf([...known, ...ends], log),
      },
    ),
    table: {
      [titleOf(own)]: along,
      exact: exact.map((value) => value ?? Number.NaN),
      ensemble: along.map((_, i) => seen[place(i)]?.value ?? Number.NaN),
      "its low end": along.map((_, i) => seen[place(i)]?.low ?? Number.NaN),
      "its high end": along.map((_, i) => seen[place(i)]?.high ?? Number.NaN),
    },
    words: `At ${other.name} = ${readable(fixed)} ${other.unit}, the line of cells at the ring.${symbolsIn(points)}`,
  };
}
