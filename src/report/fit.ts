import { readable } from "../figures/readable.ts";
import type { ExperimentFit } from "../run/fit.ts";
import type { TracesFit } from "./fit-figures.ts";
import { fitFigures, fitRows, freedom, likelihoodRows, ratioText } from "./fit-figures.ts";
import { htmlPage } from "./page.ts";
import { escapeHtml, table } from "./text.ts";

/** Parameters, goodness of fit and correlations of a fit as HTML. */
export function fitHead(fit: TracesFit & { readonly rival?: { readonly verdict: string } }): string {
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
  const likelihood = fit.likelihood
    ? `${table(["parameter", "by the likelihood of the traces", "95 % interval"], likelihoodRows(fit))}<p>${escapeHtml(ratioText(fit.likelihood))}</p>`
    : "";
  const rival = fit.rival ? `<p>${escapeHtml(fit.rival.verdict)}</p>` : "";
  return `<section>${table(["parameter", "value", "95 % interval"], fitRows(fit))}
<p>χ² = ${readable(fit.chiSquared)} with ${freedom(fit.degreesOfFreedom)}, p = ${readable(fit.pValue)}; ${fit.outcome}${fit.reason ? `: ${escapeHtml(fit.reason)}` : ""}</p>
${rival}${likelihood}${profile}${correlation}</section>`;
}

/** A fit as one self-contained HTML page. */
export const fitHtml = (name: string, fit: ExperimentFit, plotly: string): string =>
  htmlPage({ title: `Fit: ${name}`, head: fitHead(fit), figures: fitFigures(fit), tail: "" }, plotly);
