import type { Figure } from "../../figures/figure.ts";
import { colour, layout, scaleFor } from "../../figures/figure.ts";
import type { DwellResult } from "./result.ts";

/** Histogram of dwell times in logarithmic bins, as probability per decade, with exponential laws of the same means. */
export function dwellFigures(dwell: DwellResult, timeUnit: string): Figure[] {
  const means = [dwell.up?.mean, dwell.down?.mean].filter((x) => x !== undefined);
  const finished = dwell.upCounts.map((n, i) => n + dwell.downCounts[i]);
  const longest = finished.findLastIndex((n) => n > 0);
  if (longest < 0) return [];
  const [factor, unit] = scaleFor(means.length > 0 ? means : [dwell.edges[longest]], timeUnit);
  const decades = Math.log10(dwell.edges[1] / dwell.edges[0]);
  const x = dwell.edges.slice(1).map((edge, i) => Math.sqrt(edge * dwell.edges[i]) * factor);
  const side = (name: string, counts: readonly number[], mean: number | undefined, color: string) => {
    const total = counts.reduce((sum, n) => sum + n, 0);
    if (total === 0) return [];
    const law = (of: number): number[] =>
      x.map((t) => {
        const u = t / (of * factor);
        return Math.LN10 * u * Math.exp(-u);
      });
    return [
      {
        type: "scatter",
        mode: "markers",
        name,
        x,
        y: counts.map((n) => n / total / decades),
        error_y: {
          type: "data",
          array: counts.map((n) => (2 * Math.sqrt(n)) / total / decades),
          thickness: 1,
          width: 0,
          color,
        },
        marker: { size: 5, color },
      },
      ...(mean === undefined
        ? []
        : [
            {
              type: "scatter",
              mode: "lines",
              name: `${name}, exponential law`,
              x,
              y: law(mean),
              line: { color, dash: "dash" },
            },
          ]),
    ];
  };
  return [
    {
      title: `Dwell times: ${dwell.name}`,
      caption: "Finished dwells per decade of time; dashed: an exponential law with the same mean.",
      data: [
        ...side("up", dwell.upCounts, dwell.up?.mean, colour.ensemble),
        ...side("down", dwell.downCounts, dwell.down?.mean, colour.exact),
      ],
      layout: layout(`dwell time (${unit})`, "probability per decade", {
        x: { type: "log" },
      }) as Figure["layout"],
    },
  ];
}
