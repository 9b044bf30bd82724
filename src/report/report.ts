import { stringify } from "yaml";
import type { Figure } from "../figures/figure.ts";
import { readable } from "../figures/readable.ts";
import { placedFigures } from "../observables/placed-figures.ts";
import type { Result } from "../result.ts";
import { countedVerdict } from "../statistics/certificate.ts";
import { closedFormFigures } from "./closed-forms-figure.ts";
import { committorFigures } from "./committor-figure.ts";
import { missingFigures } from "./missing.ts";
import { htmlPage } from "./page.ts";
import { checksTable, figuresTable, provenanceTable, theoryTable } from "./tables.ts";
import { escapeHtml } from "./text.ts";

/** All figures of a result, in reading order. */
export function figures(result: Result): Figure[] {
  const shown = placedFigures(result).map(({ figure }) => figure);
  return [...shown, ...closedFormFigures(result), ...committorFigures(result.fokkerPlanck)];
}

const verdict = (result: Result): { text: string; kind: string } => {
  if (!result.certificate)
    return { text: `no certificate: ${result.certificateReason ?? "nothing was compared"}`, kind: "none" };
  const { passed, falseAlarmProbability } = result.certificate;
  const chance = `false-alarm probability ${readable(falseAlarmProbability)}`;
  return passed
    ? {
        text: `certificate passed: ${countedVerdict(result.certificate)} (${chance})`,
        kind: "passed",
      }
    : { text: `certificate failed: ${result.certificate.reason ?? ""} (${chance})`, kind: "failed" };
};

/**
 * A result as one self-contained HTML page. `plotly` is the text of plotly's script: the page opens without a network.
 * `experiment` is the experiment that the page shows, if additional observables were recorded that the user did not
 * request.
 */
export function reportHtml(result: Result, plotly: string, experiment = result.experiment): string {
  const { provenance, outcome } = result;
  const { text, kind } = verdict(result);
  const lines = missingFigures(result);
  const missing =
    lines.length > 0
      ? `<p>Missing on the exact side</p><ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`
      : "";
  const notes = result.notes.map((note) => `<p class="note">${escapeHtml(note)}</p>`).join("\n");
  const head = `<p class="verdict ${kind}" role="status">${escapeHtml(text)}</p>
<p>${escapeHtml(`Outcome: ${outcome}. ${provenance.choice ?? "exact side only"}.`)}</p>
${provenance.warnings.map((warning) => `<p class="warning">${escapeHtml(warning)}</p>`).join("\n")}
<section><h2>Figures of merit</h2>${figuresTable(result)}${notes}${missing}</section>`;
  const tail = `${theoryTable(result)}
<section><h2>Checks</h2>${checksTable(result)}</section>
<section><h2>Provenance</h2>${provenanceTable(result)}</section>
<section><h2>Experiment</h2><pre tabindex="0">${escapeHtml(stringify(experiment, { flowCollectionPadding: true }))}</pre></section>`;
  return htmlPage({ title: experiment.name ?? "experiment", head, figures: figures(result), tail }, plotly);
}
