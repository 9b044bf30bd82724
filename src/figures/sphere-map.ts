import type { BinnedRecords } from "./bins.ts";
import { middles, residuals } from "./bins.ts";
import { differenceColours } from "./cells.ts";
import type { Figure } from "./figure.ts";
import { colorbar, layout, scaleFor } from "./figure.ts";

/** Fewest spins per cell on average; with fewer, cells of a map are joined. */
const fewestPerCell = 8;

interface Cells {
  readonly values: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

/** A map whose cells are joined, two by two, until they hold enough spins to stand out from noise. */
function coarsened({ values, rows, columns }: Cells, spins: number): Cells {
  const isEven = rows % 2 === 0 && columns % 2 === 0;
  if (!isEven || rows <= 8 || spins / (rows * columns) >= fewestPerCell) return { values, rows, columns };
  const half = columns / 2;
  const together = Array.from({ length: (rows * columns) / 4 }, (_, k) => {
    const at = 2 * Math.floor(k / half) * columns + 2 * (k % half);
    return values[at] + values[at + 1] + values[at + columns] + values[at + columns + 1];
  });
  return coarsened({ values: together, rows: rows / 2, columns: half }, spins);
}

/** Every n-th edge of equal bins. */
const thinned = (edges: readonly number[], bins: number): number[] =>
  edges.filter((_, i) => i % ((edges.length - 1) / bins) === 0);

const sphereAxes = layout("azimuth φ (degrees)", "mz = cos θ", {
  x: { range: [-180, 180], tickvals: [-180, -90, 0, 90, 180], showgrid: false },
  y: { range: [-1, 1], showgrid: false },
  rest: { showlegend: false },
}) as Figure["layout"];

/** The last record of a map of the sphere, and its difference from the exact one in standard errors. */
export function sphereMapFigures(binned: BinnedRecords, timeUnit: string): Figure[] {
  const { edges, columnEdges = [], times, counts, probabilities } = binned;
  const last = times.length - 1;
  const [factor, unit] = scaleFor(times, timeUnit);
  const spins = counts[last].reduce((sum, n) => sum + n, 0) || 1;
  const whole = { rows: edges.length - 1, columns: columnEdges.length - 1 };
  const { values, rows, columns } = coarsened({ values: counts[last], ...whole }, spins);
  const heat = (name: string, z: readonly (number | null)[], more: object): Figure["data"] => [
    {
      type: "heatmap",
      name,
      showlegend: false,
      x: middles(thinned(columnEdges, columns)).map((phi) => (phi * 180) / Math.PI),
      y: middles(thinned(edges, rows)),
      z: Array.from({ length: rows }, (_, i) => z.slice(i * columns, (i + 1) * columns)),
      ...more,
    },
  ];
  const at = `at ${(times[last] * factor).toPrecision(3)} ${unit}`;
  const cell = (4 * Math.PI) / (rows * columns);
  const density = values.map((n) => n / spins / cell);
  const figures: Figure[] = [
    {
      title: `Distribution on the sphere ${at}`,
      caption: "Equal areas of the map are equal areas of the sphere.",
      data: heat("density per steradian", density, {
        colorscale: "Viridis",
        // plotly ignores one limit without the other
        zmin: 0,
        zmax: Math.max(...density),
        colorbar: colorbar("1/sr"),
        hovertemplate: "φ %{x:.0f}°, mz %{y:.2f}: %{z:.3g}/sr<extra></extra>",
      }),
      layout: sphereAxes,
    },
  ];
  const known = probabilities?.[last];
  if (!known) return figures;
  const exact = coarsened({ values: known, ...whole }, spins);
  figures.push({
    title: `Ensemble minus exact ${at}`,
    caption:
      "Each cell in units of its standard error. Cells with fewer than five expected spins are left out.",
    data: heat("standard errors", residuals(values, exact.values), {
      zmin: -4,
      zmax: 4,
      colorscale: differenceColours,
      colorbar: colorbar("st. err."),
      hovertemplate: "φ %{x:.0f}°, mz %{y:.2f}: %{z:.2f}<extra></extra>",
    }),
    layout: sphereAxes,
  });
  return figures;
}
