import { mapColumns, mapRows } from "../workers/instruments.ts";
import type { Board } from "./board.ts";
import { centres, scores } from "./counts.ts";
import type { Drawing, Waiting } from "./drawing.ts";
import { firstRecord, waiting } from "./drawing.ts";
import type { PlotTheme } from "./theme.ts";
import { baseLayout } from "./theme.ts";

/** Fewest spins a cell of a map should hold on average before its cells are taken together. */
const fewestPerCell = 8;

/** The map with cells taken together, two by two, until they hold enough spins to stand out from noise. */
function coarsened(
  cells: ArrayLike<number>,
  spins: number,
): { cells: number[]; rows: number; columns: number } {
  let [rows, columns] = [mapRows, mapColumns];
  let present = Array.from(cells);
  while (rows > 8 && spins / (rows * columns) < fewestPerCell) {
    const [from, width] = [present, columns];
    rows /= 2;
    columns /= 2;
    present = Array.from({ length: rows * columns }, (_, k) => {
      const at = 2 * Math.floor(k / columns) * width + 2 * (k % columns);
      return from[at] + from[at + 1] + from[at + width] + from[at + width + 1];
    });
  }
  return { cells: present, rows, columns };
}

const rowsOf = <T>(flat: readonly T[], rows: number, columns: number): T[][] =>
  Array.from({ length: rows }, (_, i) => flat.slice(i * columns, (i + 1) * columns));

const sphereAxes = (theme: PlotTheme): object =>
  baseLayout(
    theme,
    { title: "φ (degrees)", range: [-180, 180], tickvals: [-180, -90, 0, 90, 180], showgrid: false },
    { title: "m<sub>z</sub> = cos θ", range: [-1, 1], showgrid: false },
    { showlegend: false },
  );

/** Spins per steradian. */
export function map(board: Board, theme: PlotTheme): Drawing | Waiting | string {
  if (!board.map) return firstRecord;
  const all = board.map.reduce((sum, x) => sum + x, 0) || 1;
  const { cells, rows, columns } = coarsened(board.map, all);
  const densities = cells.map((count) => (count * rows * columns) / (4 * Math.PI * all));
  const x = centres(columns, -180, 180);
  const y = centres(rows, -1, 1);
  return {
    traces: [
      {
        type: "heatmap",
        x,
        y,
        z: rowsOf(densities, rows, columns),
        colorscale: "Viridis",
        zmin: 0,
        colorbar: { title: { text: "1/sr", side: "top" }, thickness: 12, outlinewidth: 0 },
        hovertemplate: "φ %{x:.0f}°, mz %{y:.2f}: %{z:.3g}/sr<extra></extra>",
      },
    ],
    layout: sphereAxes(theme),
    table: { "density per steradian, rows of mz": densities, phi: x, mz: y },
    words: "equal areas of the map are equal areas of the sphere",
  };
}

/** Difference of the map from the exact one, in standard errors. */
export function mapResidual(board: Board, theme: PlotTheme): Drawing | Waiting | string {
  const probabilities = board.exactMap?.probabilities;
  if (!board.result) return waiting("Shown at the end of the run.");
  if (!board.map || !probabilities)
    return board.exactMap?.reason ?? waiting("The exact map is being computed.");
  const all = board.map.reduce((sum, x) => sum + x, 0) || 1;
  const { cells, rows, columns } = coarsened(board.map, all);
  const flat = scores(cells, coarsened(probabilities, all).cells);
  const x = centres(columns, -180, 180);
  const y = centres(rows, -1, 1);
  return {
    traces: [
      {
        type: "heatmap",
        x,
        y,
        z: rowsOf(flat, rows, columns),
        zmin: -4,
        zmax: 4,
        // blue, white, red: distinct to all kinds of eyes
        colorscale: [
          [0, "#2166ac"],
          [0.5, "#f2f2f2"],
          [1, "#b2182b"],
        ],
        colorbar: { title: { text: "st. err.", side: "top" }, thickness: 12, outlinewidth: 0 },
        hovertemplate: "φ %{x:.0f}°, mz %{y:.2f}: %{z:.2f}<extra></extra>",
      },
    ],
    layout: sphereAxes(theme),
    table: { "standard errors, rows of mz": flat.map((value) => value ?? Number.NaN), phi: x, mz: y },
    words: "cells with fewer than five expected spins are left out",
  };
}
