import { stringify } from "yaml";
import type { Result } from "../result.ts";
import { dwellFigures } from "./dwell.ts";
import type { Figure } from "./figure.ts";
import { histogramFigures } from "./histogram.ts";
import { momentsFigures } from "./moments.ts";
import { passageFigures } from "./passage.ts";
import { spectrumFigures } from "./spectrum.ts";
import { style } from "./style.ts";
import { checksTable, figuresTable, provenanceTable, theoryTable } from "./tables.ts";
import { escapeHtml } from "./text.ts";

/** All figures of a result, in reading order. */
export function figures(result: Result): Figure[] {
  const exact = result.fokkerPlanck;
  return result.observables.flatMap((observable): Figure[] => {
    switch (observable.type) {
      case "moments":
        return momentsFigures(observable, exact);
      case "histogram":
        return histogramFigures(observable);
      case "firstPassage":
        return passageFigures(observable, exact);
      case "dwell":
        return dwellFigures(observable);
      case "spectrum":
        return spectrumFigures(observable, exact);
      default:
        return [];
    }
  });
}

const verdict = (result: Result): { text: string; kind: string } => {
  if (!result.certificate) return { text: "no certificate: nothing was compared", kind: "none" };
  const { passed, checks, falseAlarmProbability } = result.certificate;
  const chance = `false-alarm probability ${falseAlarmProbability.toExponential(0)}`;
  return passed
    ? {
        text: `certificate passed: ${checks.length} checks agree with the exact solution (${chance})`,
        kind: "passed",
      }
    : { text: `certificate failed: ${result.certificate.reason ?? ""} (${chance})`, kind: "failed" };
};

/** JSON that may stand inside a script element. */
const embedded = (value: unknown): string => JSON.stringify(value).replace(/</g, "\\u003c");

/**
 * A result as one self-contained HTML page. `plotly` is the text of plotly's script: the page opens without a network.
 */
export function reportHtml(result: Result, plotly: string): string {
  const { experiment, provenance, outcome } = result;
  const name = escapeHtml(String(experiment.name ?? "experiment"));
  const plots = figures(result);
  const { text, kind } = verdict(result);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · spinsemble</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<h1>${name}</h1>
<p class="verdict ${kind}" role="status">${escapeHtml(text)}</p>
<p>${escapeHtml(`Outcome: ${outcome}. ${provenance.choice ?? "exact side only"}.`)}</p>
${provenance.warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join("\n")}
</header>
<section><h2>Figures of merit</h2>${figuresTable(result)}</section>
${plots
  .map(
    (plot, i) =>
      `<figure><figcaption><h2>${escapeHtml(plot.title)}</h2><p>${escapeHtml(plot.caption)}</p></figcaption><div id="plot${i}" class="plot" role="img" aria-label="${escapeHtml(plot.title)}"></div></figure>`,
  )
  .join("\n")}
${theoryTable(result)}
<section><h2>Checks</h2>${checksTable(result)}</section>
<section><h2>Provenance</h2>${provenanceTable(result)}</section>
<section><h2>Experiment</h2><pre>${escapeHtml(stringify(experiment, { flowCollectionPadding: true }))}</pre></section>
</main>
<script>${plotly.replace(/<\/script/gi, "<\\/script")}</script>
<script>
const plots = ${embedded(plots.map(({ data, layout }) => ({ data, layout })))};
const config = { responsive: true, displaylogo: false, showSendToCloud: false };
plots.forEach((plot, i) => Plotly.newPlot("plot" + i, plot.data, plot.layout, config));
</script>
</body>
</html>
`;
}
