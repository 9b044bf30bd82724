import { noFigureOfIt, notSwitchedAlone, ratesAlone } from "../figures/exact-alone.ts";
import { atTimeOf, readable } from "../figures/readable.ts";
import { observables } from "../observables/index.ts";
import { namedApart } from "../observables/named-apart.ts";
import type { SummaryLine } from "../observables/shown.ts";
import { missingFigures } from "../report/missing.ts";
import { foundOf, standingOf } from "../report/standing.ts";
import type { Result } from "../result.ts";
import type { ShownFigure } from "../result-parts.ts";
import { countedVerdict } from "../statistics/certificate.ts";
import { inColumn } from "./in-column.ts";

/** Lines about exact figures, of the first observable of each type. */
const exactLines = ({ fokkerPlanck, observables: found, provenance }: Result): SummaryLine[] =>
  Object.values(observables).flatMap(({ type, exactLines }) => {
    const own = fokkerPlanck?.observables.find((figures) => figures.type === type);
    const alone = !found.some((observable) => observable.type === type);
    return own ? (exactLines?.(own, provenance.timeUnit, alone) ?? []) : [];
  });

/** A reason longer than this is printed for the first figure that has it; the others refer to it. */
const longReason = 60;

/** The figures, with a long reason printed only once. */
function reasonsOnce(figures: readonly ShownFigure[]): ShownFigure[] {
  const first = new Map<string, string>();
  return figures.map((figure) => {
    const { name, reason } = figure;
    if (!reason || reason.length <= longReason) return figure;
    const before = first.get(reason);
    if (before === undefined) first.set(reason, name);
    return before === undefined ? figure : { ...figure, reason: `same reason as for ${before}` };
  });
}

/** The text that `run` prints: work, ensemble beside exact figures, verdict. */
export function summary(result: Result): string {
  const { provenance, fokkerPlanck: exact, certificate } = result;
  const { timeUnit } = provenance;
  const lines: string[] = [];
  const add = (label: string, text: string): void => {
    lines.push(`${inColumn(label, 34)}${text}`);
  };
  add("experiment", result.experiment.name ?? "unnamed");
  if (provenance.backend) {
    add("backend", provenance.choice ?? provenance.backend);
    add(
      "work",
      `${readable(provenance.spinSteps)} spin-steps in ${provenance.wallSeconds.toFixed(2)} s: ${readable(provenance.spinStepsPerSecond)}/s`,
    );
    add("outcome", result.outcome);
  }
  for (const warning of provenance.warnings) add("warning", warning);
  const listed = new Set(result.figures.map((figure) => figure.observable));
  for (const figure of reasonsOnce(result.figures))
    add(
      figure.name,
      `${foundOf(figure)}${figure.unit ? ` ${figure.unit}` : ""}   exact ${readable(figure.exact)}   ${standingOf(figure)}`,
    );
  for (const observable of result.observables) {
    if (listed.has(observable.name)) {
      const { reason } = observable as { readonly reason?: string };
      if (reason) add(observable.name, reason);
      continue;
    }
    for (const [label, text] of observables[observable.type].lines?.(observable, timeUnit) ?? [])
      add(namedApart(label, observable, result.experiment), text);
  }
  const alone = notSwitchedAlone(exact, result.figures, timeUnit);
  if (alone) add(alone.name, `exact ${alone.value ?? "—"}   not tested: ${alone.reason ?? noFigureOfIt}`);
  if (exact) {
    add(
      "Fokker–Planck",
      `${exact.method}, degree ${exact.lmax}, error estimate ${readable(exact.errorEstimate)}, ${exact.wallSeconds.toFixed(2)} s`,
    );
    for (const { name, meanwhile, at, value } of ratesAlone(exact))
      add(`${name}${at}`, `${value} per ${timeUnit}${meanwhile ? `, ${meanwhile}` : ""}`);
    for (const [label, text] of exactLines(result)) add(label, text);
    const states = exact.twoStates;
    if (states)
      add(
        `two states${atTimeOf(exact)}`,
        `up: weight ${readable(states.up.weight)}, escape rate ${readable(states.up.rate)}; down: weight ${readable(states.down.weight)}, escape rate ${readable(states.down.rate)} per ${timeUnit}`,
      );
  } else if (result.fokkerPlanckReason) add("Fokker–Planck", result.fokkerPlanckReason);
  if (exact) for (const line of missingFigures(result)) add("missing", line);
  for (const note of result.notes) add("note", note);
  if (certificate) {
    lines.push("");
    lines.push(
      certificate.passed
        ? `CERTIFICATE PASSED: ${countedVerdict(certificate)} (false-alarm probability ${certificate.falseAlarmProbability})`
        : `CERTIFICATE FAILED: ${certificate.reason ?? ""}`,
    );
  }
  for (const { untested, reason, remedy } of result.blindSpots)
    lines.push(`not tested by this run: ${untested}, because ${reason}; ${remedy}`);
  if (result.certificateReason) lines.push("", `NO CERTIFICATE: ${result.certificateReason}`);
  return lines.join("\n");
}
