import type { Figure } from "../../figures/figure.ts";
import { colour, layout, scaleFor } from "../../figures/figure.ts";
import { readable } from "../../figures/readable.ts";
import type { RareEventFigures } from "./exact.ts";
import type { RareEventResult } from "./result.ts";

/** A horizontal line over the numbers of the islands. */
const across = (name: string, y: number, count: number, line: object): Readonly<Record<string, unknown>> => ({
  type: "scatter",
  mode: "lines",
  name,
  x: [0, count + 1],
  y: [y, y],
  line,
});

/**
 * Figures of the islands on a logarithmic axis with their mean, its interval, the exact value and the target; and a
 * figure of the stages.
 */
export function rareEventFigures(
  event: RareEventResult,
  exact: RareEventFigures | null,
  timeUnit: string,
): Figure[] {
  const { islandLogarithms, rate, probability, target, stages } = event;
  const figure = rate ?? probability;
  if (!figure || stages.length === 0) return [];
  const count = islandLogarithms.length;
  const truth = rate ? exact?.rate : exact?.probability;
  const { low, high, value } = figure;
  const quantity = rate ? `rate (per ${timeUnit})` : "probability";
  const spread = event.decades === null ? "" : ` They spread over ${readable(event.decades)} decades.`;
  const islands: Figure = {
    title: `Islands: ${event.name}`,
    caption: `The ${quantity.split(" ")[0]} by each of ${count} independent islands of ${event.spins / count} spins, their mean with its 95 % interval${
      truth ? ", and the exact value" : ""
    }.${spread}${event.reason ? ` No interval: ${event.reason}.` : ""}`,
    data: [
      ...(low !== null && high !== null
        ? [
            { ...across("95 %", low, count, { width: 0 }), showlegend: false, hoverinfo: "skip" },
            {
              ...across("95 % interval", high, count, { width: 0 }),
              fill: "tonexty",
              fillcolor: colour.band,
            },
          ]
        : []),
      across("mean of the islands", value, count, { color: colour.ensemble, width: 1.5 }),
      ...(truth ? [across("exact", truth, count, { color: colour.exact, width: 1.5 })] : []),
      ...(target !== null && !rate
        ? [across("target", target, count, { color: colour.grey, width: 1, dash: "dash" })]
        : []),
      {
        type: "scatter",
        mode: "markers",
        name: "islands",
        x: islandLogarithms.map((_, i) => i + 1),
        y: islandLogarithms.map((log) => (log === null ? null : 10 ** log)),
        marker: { size: 5, color: colour.ensemble },
      },
    ],
    layout: layout("island", quantity, {
      x: { range: [0, count + 1] },
      y: { type: "log" },
    }) as Figure["layout"],
  };
  const [factor, unit] = scaleFor(
    stages.map(({ time }) => time),
    timeUnit,
  );
  const x = stages.map(({ time }) => time * factor);
  const share = (name: string, key: "effective" | "leastEffective" | "surviving", color: string) => ({
    type: "scatter",
    mode: "lines",
    name,
    x,
    y: stages.map((stage) => stage[key]),
    line: { color, width: 1.5 },
  });
  return [
    islands,
    {
      title: `Stages: ${event.name}`,
      caption: `Effective share of the spins before each of ${stages.length} stages, as the mean over islands and for the worst island, and the share that survives resampling. Importance function: ${event.importance}.`,
      data: [
        share("effective", "effective", colour.ensemble),
        share("worst island", "leastEffective", colour.fifth),
        share("surviving", "surviving", colour.third),
      ],
      layout: layout(`time (${unit})`, "share of the spins", {
        y: { range: [0, 1.05] },
        rest: { height: 300 },
      }) as Figure["layout"],
    },
  ];
}
