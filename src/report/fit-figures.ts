import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { ExperimentFit } from "../run/fit.ts";

/** Measured and fitted values, and residuals, against the first setting that changes. */
export function fitFigures(fit: ExperimentFit): Figure[] {
  const names = [...new Set(fit.points.flatMap((point) => Object.keys(point.settings)))];
  const varied = names.find((name) => new Set(fit.points.map((point) => point.settings[name])).size > 1);
  const x = (point: ExperimentFit["points"][number], i: number): number =>
    varied ? point.settings[varied] : i;
  const label = varied ?? "point";
  const quantities = [...new Set(fit.points.map((point) => point.quantity))];
  const of = (quantity: string) => fit.points.filter((point) => point.quantity === quantity);
  return [
    {
      title: "Measured and fitted",
      caption:
        "Points: measurements with one standard error. Lines: exact values with the fitted parameters.",
      data: quantities.flatMap((quantity, k) => [
        {
          type: "scatter",
          mode: "markers",
          name: quantity,
          x: of(quantity).map(x),
          y: of(quantity).map((point) => point.measured),
          error_y: { type: "data", array: of(quantity).map((point) => point.error), color: curveColours[k] },
          marker: { color: curveColours[k], size: 7 },
        },
        {
          type: "scatter",
          mode: "lines",
          name: `${quantity} fitted`,
          x: of(quantity).map(x),
          y: of(quantity).map((point) => point.fitted),
          line: { color: curveColours[k] },
        },
      ]),
      layout: layout(label, "dwell time (s) or fraction", { y: { type: "log" } }) as Figure["layout"],
    },
    {
      title: "Residuals",
      caption: "Of the logarithm, in standard errors of each measurement.",
      data: [
        {
          type: "scatter",
          mode: "markers",
          x: fit.points.map(x),
          y: fit.points.map((point) => point.residual),
          text: fit.points.map((point) => point.quantity),
          marker: { color: colour.ensemble, size: 7 },
        },
      ],
      layout: layout(label, "residual (standard errors)", { rest: { height: 280 } }) as Figure["layout"],
    },
  ];
}

/** Parameters with their 95 % intervals as rows of text. */
export const fitRows = (fit: ExperimentFit): [string, string, string][] =>
  fit.names.map((name, i) => {
    const interval = fit.intervals[i];
    return [
      name,
      `${readable(fit.values[i])} ± ${readable(fit.standardErrors[i])}`,
      interval ? `${readable(interval.low)} … ${readable(interval.high)}` : "—",
    ];
  });
