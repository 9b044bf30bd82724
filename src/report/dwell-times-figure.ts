import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout, scaleFor } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { TraceAnalysis } from "../traces/analyse.ts";

/** What a model says of how long dwells last: survival at the edges of the bins (s) of each level, or why not. */
export interface ExactDwells {
  readonly up: readonly number[];
  readonly down: readonly number[];
  readonly reason?: string;
}

/**
 * Dwells that can be separated one by one, as probability per decade, with the fitted exponential laws and those of a model. A law
 * is taken over each bin, as the counts are.
 */
export function dwellTimesFigure(
  { dwellTimes, perLevel }: TraceAnalysis,
  exact: ExactDwells | null,
): Figure[] {
  if (dwellTimes.every(({ counts }) => counts.length === 0)) return [];
  const [factor, unit] = scaleFor(
    perLevel.map(({ mean }) => mean),
    "s",
  );
  const last = perLevel.length - 1;
  const data = dwellTimes.flatMap(({ edges, counts, shortest, level }, s): Figure["data"][number][] => {
    const all = counts.reduce((sum, n) => sum + n, 0);
    if (all === 0) return [];
    const color = s === last ? colour.ensemble : s === 0 ? colour.third : curveColours[s + 2];
    const { mean } = perLevel[s];
    const name = last > 1 ? `level ${readable(level)}` : s === last ? "up" : "down";
    const x = counts.map((_, i) => Math.sqrt(edges[i] * edges[i + 1]) * factor);
    const decades = Math.log10(edges[1] / edges[0]);
    const each = Math.exp(-shortest / mean) / (all * decades);
    const perDecade = (survival: readonly number[]): number[] =>
      counts.map((_, i) => (survival[i] - survival[i + 1]) / decades);
    const known = exact && !exact.reason && (s === 0 ? exact.down : s === last ? exact.up : null);
    return [
      {
        type: "scatter",
        mode: "markers",
        name,
        x,
        y: counts.map((n) => n * each),
        error_y: {
          type: "data",
          array: counts.map((n) => Math.sqrt(n) * each),
          thickness: 1,
          width: 0,
          color,
        },
        marker: { size: 6, color },
      },
      {
        type: "scatter",
        mode: "lines",
        name: `${name}, fitted`,
        x,
        y: perDecade(edges.map((t) => Math.exp(-t / mean))),
        line: { color, width: 1.6, dash: "dash" },
      },
      ...(known
        ? [
            {
              type: "scatter",
              mode: "lines",
              name: `${name}, exact`,
              x,
              y: perDecade(known),
              line: { color: colour.exact, width: 1.6, ...(s === 0 ? {} : { dash: "dot" }) },
            },
          ]
        : []),
    ];
  });
  const unseen = readable(Math.max(...dwellTimes.map(({ shortest }) => shortest)) * factor);
  const model = !exact
    ? ""
    : exact.reason
      ? ` No exact law of the experiment: ${exact.reason}.`
      : " Exact: the law of the experiment, from one threshold to the other.";
  return [
    {
      title: "Dwell times of the trace",
      caption: `Dwells that the trace shows one by one, as probability per decade with one standard error. Dashed: exponential laws with the mean dwell times of the likelihood. Dwells below ${unseen} ${unit} cannot be separated from noise and are not counted.${model}`,
      data,
      layout: layout(`dwell time (${unit})`, "probability per decade", {
        x: { type: "log" },
        y: { rangemode: "tozero" },
      }) as Figure["layout"],
    },
  ];
}
