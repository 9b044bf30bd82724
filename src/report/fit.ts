import type { Figure } from "../figures/figure.ts";
import { colour, curveColours, layout } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import type { ExperimentFit } from "../run/fit.ts";
import { htmlPage } from "./page.ts";
import { escapeHtml, table } from "./text.ts";

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

/** Parameters, goodness of fit and correlations of a fit as HTML. */
export function fitHead(fit: ExperimentFit & { readonly rival?: { readonly verdict: string } }): string {
  const correlation = fit.correlation
    ? table(
        ["correlation", ...fit.names],
        fit.names.map((row, i) => [row, ...(fit.correlation?.[i] ?? []).map(readable)]),
      )
    : "<p>The parameters are not determined, so there is no correlation matrix.</p>";
  const profile = fit.profile
    ? table(
        ["parameter", "95 % interval from the profile of χ²"],
        fit.names.map((name, i) => [
          name,
          `${readable(fit.profile?.[i]?.low)} … ${readable(fit.profile?.[i]?.high)}`,
        ]),
      )
    : "";
  const rival = fit.rival ? `<p>${escapeHtml(fit.rival.verdict)}</p>` : "";
  return `<section>${table(["parameter", "value", "95 % interval"], fitRows(fit))}
<p>χ² = ${readable(fit.chiSquared)} with ${fit.degreesOfFreedom} degrees of freedom, p = ${readable(fit.pValue)}; ${fit.outcome}</p>
${rival}${profile}${correlation}</section>`;
}

/** A fit as one self-contained HTML page. */
export const fitHtml = (name: string, fit: ExperimentFit, plotly: string): string =>
  htmlPage({ title: `Fit: ${name}`, head: fitHead(fit), figures: fitFigures(fit), tail: "" }, plotly);
