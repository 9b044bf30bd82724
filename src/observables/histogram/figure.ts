import type { Figure } from "../../figures/figure.ts";
import { curveColours, layout, scaleFor } from "../../figures/figure.ts";
import type { HistogramResult } from "./result.ts";

const middles = (edges: readonly number[]): number[] =>
  edges.slice(1).map((edge, i) => (edge + edges[i]) / 2);

/** At most four records: the first, the last, and two between. */
const shown = (count: number): number[] =>
  count <= 4
    ? Array.from({ length: count }, (_, i) => i)
    : [0, 1, 2, 3].map((i) => Math.round((i * (count - 1)) / 3));

/** Deviation of every bin from the exact count in its standard error. */
export function residuals(counts: readonly number[], probabilities: readonly number[]): (number | null)[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  return counts.map((n, i) => {
    const expected = total * probabilities[i];
    return expected > 0 ? (n - expected) / Math.sqrt(expected * (1 - probabilities[i])) : null;
  });
}

function lines(histogram: HistogramResult, timeUnit: string): Figure[] {
  const { edges, times, counts, probabilities } = histogram;
  const of = histogram.name.replace(/^histogram of /, "");
  const width = edges[1] - edges[0];
  const x = middles(edges);
  const [factor, unit] = scaleFor(times, timeUnit);
  const records = shown(times.length);
  const label = (i: number): string => `${(times[i] * factor).toPrecision(3)} ${unit}`;
  const densities = records.flatMap((i, k) => {
    const color = curveColours[k];
    const total = counts[i].reduce((sum, n) => sum + n, 0);
    const points = {
      type: "scatter",
      mode: "markers",
      name: label(i),
      x,
      y: counts[i].map((n) => n / total / width),
      error_y: {
        type: "data",
        array: counts[i].map((n) => (2 * Math.sqrt(n)) / total / width),
        thickness: 1,
        width: 0,
        color,
      },
      marker: { size: 5, color },
    };
    if (!probabilities) return [points];
    const curve = {
      type: "scatter",
      mode: "lines",
      name: `${label(i)} exact`,
      x,
      y: probabilities[i].map((p) => p / width),
      line: { color, width: 1.5, shape: "spline" },
    };
    return [curve, points];
  });
  const figures: Figure[] = [
    {
      title: `Distribution of ${of}`,
      caption:
        "Points: ensemble, bars of two standard errors. Lines: Fokker–Planck density integrated over the same bins.",
      data: densities,
      layout: layout(of, "probability density") as Figure["layout"],
    },
  ];
  if (probabilities)
    figures.push({
      title: `Distribution of ${of}: ensemble minus exact`,
      caption: "Each bin in units of its standard error. About 95 % of the bins should lie in the grey band.",
      data: records.map((i, k) => ({
        type: "scatter",
        mode: "markers",
        name: label(i),
        x,
        y: residuals(counts[i], probabilities[i]),
        marker: { size: 5, color: curveColours[k] },
      })),
      layout: layout(of, "deviation (standard errors)", {
        rest: {
          height: 260,
          shapes: [
            {
              type: "rect",
              xref: "paper",
              x0: 0,
              x1: 1,
              y0: -1.96,
              y1: 1.96,
              fillcolor: "rgba(120,120,120,0.15)",
              line: { width: 0 },
              layer: "below",
            },
          ],
        },
      }) as Figure["layout"],
    });
  return figures;
}

function rows(flat: readonly (number | null)[], columns: number): (number | null)[][] {
  return Array.from({ length: flat.length / columns }, (_, i) => flat.slice(i * columns, (i + 1) * columns));
}

function map(histogram: HistogramResult, timeUnit: string): Figure[] {
  const columnEdges = histogram.columnEdges ?? [];
  const columns = columnEdges.length - 1;
  const last = histogram.times.length - 1;
  const [factor, unit] = scaleFor(histogram.times, timeUnit);
  const counts = histogram.counts[last];
  const total = counts.reduce((sum, n) => sum + n, 0);
  const cell = ((histogram.edges[1] - histogram.edges[0]) * (columnEdges[1] - columnEdges[0])) as number;
  const heat = (z: (number | null)[], more: object): Figure["data"] => [
    {
      type: "heatmap",
      x: middles(columnEdges).map((phi) => (phi * 180) / Math.PI),
      y: middles(histogram.edges),
      z: rows(z, columns),
      ...more,
    },
  ];
  const at = `at ${(histogram.times[last] * factor).toPrecision(3)} ${unit}`;
  const figures: Figure[] = [
    {
      title: `Distribution on the sphere ${at}`,
      caption: "Equal-area map: every cell covers the same solid angle.",
      data: heat(
        counts.map((n) => n / total / cell),
        { colorscale: "Viridis", colorbar: { title: { text: "per steradian" } } },
      ),
      layout: layout("azimuth φ (degrees)", "mz") as Figure["layout"],
    },
  ];
  if (histogram.probabilities)
    figures.push({
      title: `Ensemble minus exact ${at}`,
      caption: "Each cell in units of its standard error.",
      data: heat(residuals(counts, histogram.probabilities[last]), {
        colorscale: "RdBu",
        zmid: 0,
        zmin: -4,
        zmax: 4,
        colorbar: { title: { text: "standard errors" } },
      }),
      layout: layout("azimuth φ (degrees)", "mz") as Figure["layout"],
    });
  return figures;
}

/** A histogram against its exact density, and the difference in standard errors. */
export const histogramFigures = (histogram: HistogramResult, timeUnit: string): Figure[] =>
  histogram.columnEdges ? map(histogram, timeUnit) : lines(histogram, timeUnit);
