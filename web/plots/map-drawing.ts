import type { RatesRow } from "../../src/run/rates.ts";
import type { MapFilling } from "../state/map-filling.ts";
import type { Drawing } from "./drawing.ts";
import type { MapQuantity } from "./map-quantities.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** An axis of a map in words. */
export interface AxisWords {
  readonly name: string;
  readonly unit: string;
}

export const titleOf = ({ name, unit }: AxisWords): string => (unit === "" ? name : `${name} (${unit})`);

/** The filled cells, in the order of the grid. */
export const rowsOf = ({ cells }: MapFilling): RatesRow[] =>
  cells.flatMap((cell) => (cell && "row" in cell ? [cell.row] : []));

const axis = (
  words: AxisWords,
  values: readonly number[],
  scale: "log" | undefined,
): Readonly<Record<string, unknown>> => ({
  title: titleOf(words),
  exponentformat: "SI",
  type: scale ?? "linear",
  showgrid: false,
  // half a cell beyond the outermost
  range: ((): [number, number] => {
    const at = scale ? values.map(Math.log10) : values;
    const half = 0.5 * Math.abs((at[at.length - 1] - at[0]) / Math.max(1, at.length - 1)) || 0.5;
    return [Math.min(...at) - half, Math.max(...at) + half];
  })(),
});

/** One quantity over two numbers; where the experiment is now has a ring. */
export function mapDrawing(
  filling: MapFilling,
  quantity: MapQuantity,
  words: readonly [AxisWords, AxisWords],
  here: readonly [number, number] | null,
  theme: PlotTheme,
): Drawing {
  const { xs, ys, cells, asked } = filling;
  const { title, unit, log, of } = quantity;
  const shown = cells.map((cell) => {
    const value = cell && "row" in cell ? of(cell.row) : null;
    if (value === null || (log && !(value > 0))) return null;
    return log ? Math.log10(value) : value;
  });
  const z = ys.map((_, j) => shown.slice(j * xs.length, (j + 1) * xs.length));
  const name = `${log ? "log₁₀ " : ""}${quantity.name}${unit ? ` (${unit})` : ""}`;
  return {
    traces: [
      {
        type: "heatmap",
        x: xs,
        y: ys,
        z,
        colorscale: "Viridis",
        colorbar: { title: { text: name, side: "top" }, thickness: 12, outlinewidth: 0 },
        hovertemplate: `%{x:.4g}, %{y:.4g}: ${name} %{z:.4g}<extra></extra>`,
      },
      ...(here
        ? [
            {
              type: "scatter",
              mode: "markers",
              name: "the experiment now",
              x: [here[0]],
              y: [here[1]],
              hoverinfo: "skip",
              marker: { size: 12, color: "#d55e00", symbol: "circle-open", line: { width: 3 } },
            },
          ]
        : []),
    ],
    layout: baseLayout(theme, axis(words[0], xs, asked?.x.scale), axis(words[1], ys, asked?.y?.scale), {
      showlegend: false,
    }),
    table: {
      [titleOf(words[0])]: xs,
      [titleOf(words[1])]: ys,
      [`${name}, row by row`]: shown.map((value) => value ?? Number.NaN),
    },
    words: `Exact ${title}. A click on a cell runs it; the ring is where the experiment is.`,
  };
}
