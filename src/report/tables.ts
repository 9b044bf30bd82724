import { noFigureOfIt, notSwitchedAlone, ratesAlone } from "../figures/exact-alone.ts";
import { readable } from "../figures/readable.ts";
import { observables, ownFigures } from "../observables/index.ts";
import { namedApart } from "../observables/named-apart.ts";
import type { Result } from "../result.ts";
import { foundOf, standingOf } from "./standing.ts";
import { table } from "./text.ts";

/** The most important figures: ensemble, exact value, and outcome of the test. */
export function figuresTable(result: Result): string {
  const exact = result.fokkerPlanck;
  const { timeUnit } = result.provenance;
  const rows: string[][] = result.figures.map((figure) => [
    figure.unit ? `${figure.name} (${figure.unit})` : figure.name,
    foundOf(figure),
    readable(figure.exact),
    standingOf(figure),
  ]);
  for (const found of result.observables) {
    const more = observables[found.type].rows?.(found, result, ownFigures(result, found.name)) ?? [];
    rows.push(...more.map(([label, ...row]) => [namedApart(label, found, result.experiment), ...row, "—"]));
  }
  const alone = notSwitchedAlone(exact, result.figures, timeUnit);
  if (alone) rows.push([alone.name, "—", alone.value ?? `— ${alone.reason}`, `not tested: ${noFigureOfIt}`]);
  for (const { name, symbol, meanwhile, at, value } of ratesAlone(exact))
    rows.push([
      `${name}${symbol ? ` ${symbol}` : ""}${meanwhile ? `, ${meanwhile}` : ""}${at} (per ${timeUnit})`,
      "—",
      value,
      "—",
    ]);
  return table(["quantity", "ensemble", "Fokker–Planck", "test"], rows);
}

/** Number of rows of the table of checks that are always visible. */
const shownChecks = 12;

/** Every check of the certificate with its value and limit. */
export function checksTable(result: Result): string {
  const { certificate } = result;
  if (!certificate) return "<p>Nothing was compared.</p>";
  const rows = [
    ...certificate.checks.map((check) => ({
      agrees: check.passed,
      cells: [
        check.name,
        readable(check.value),
        `${check.relation} ${readable(check.limit)}`,
        check.passed ? "agrees" : "DISAGREES",
      ],
    })),
    ...certificate.skipped.map(({ name, reason }) => ({
      agrees: true,
      cells: [name, "—", "—", `not made: ${reason}`],
    })),
  ];
  const head = ["check", "p-value or value", "limit", "verdict"];
  const cells = (some: typeof rows): string[][] => some.map((row) => row.cells);
  if (rows.length <= shownChecks) return table(head, cells(rows));
  // failed checks come first and are never hidden
  const sorted = [...rows].sort((a, b) => Number(a.agrees) - Number(b.agrees));
  const shown = Math.max(shownChecks, rows.filter((row) => !row.agrees).length);
  return `${table(head, cells(sorted.slice(0, shown)))}<details><summary>${rows.length - shown} more</summary>${table(head, cells(sorted.slice(shown)))}</details>`;
}

/** Closed forms with value, validity and source as an HTML table; empty if there are none. */
export function theoryTable(result: Result): string {
  if (result.theory.length === 0) return "";
  const rows = result.theory.map((entry) => [
    entry.name,
    `${entry.quantity} (${entry.unit})`,
    readable(entry.value),
    entry.inRange ? "in range" : `out of range: valid when ${entry.validWhen}`,
    entry.cite,
  ]);
  return `<section><h2>Closed forms</h2>${table(["formula", "quantity", "value", "validity", "source"], rows)}</section>`;
}

/** How the result was computed: program, backend, seed, step and speed, as an HTML table. */
export function provenanceTable({ provenance, fokkerPlanck, experiment }: Result): string {
  const rows = [
    ["version", provenance.version],
    ["backend", provenance.backend ? `${provenance.backend}: ${provenance.adapter}` : "none"],
    ["precision", provenance.precision],
    [
      "integrator",
      `${provenance.integrator}, time step ${readable(provenance.timeStep)} ${provenance.timeUnit}`,
    ],
    ["ensemble", `${readable(experiment.ensemble)} macrospins, seed ${provenance.seed}`],
    ["work", `${readable(provenance.spinSteps)} spin-steps in ${readable(provenance.wallSeconds)} s`],
    ["speed", `${readable(provenance.spinStepsPerSecond)} spin-steps/s`],
  ];
  if (fokkerPlanck)
    rows.push([
      "Fokker–Planck",
      `${fokkerPlanck.method}, degree ${fokkerPlanck.lmax}, ${fokkerPlanck.size} unknowns, error estimate ${readable(fokkerPlanck.errorEstimate)}, ${readable(fokkerPlanck.wallSeconds)} s`,
    ]);
  return table(["", ""], rows);
}
