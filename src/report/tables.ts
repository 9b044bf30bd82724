import type { PassageResult, Result } from "../result.ts";
import { readable, table } from "./text.ts";

const withError = (value: number | null, error: number | null): string =>
  error === null ? readable(value) : `${readable(value)} ± ${readable(error)}`;

/** Whether the time per passage is the mean passage time: next to every spin has passed. */
export const isWholeMean = ({ passed, censored }: PassageResult): boolean => censored <= 0.001 * passed;

/** The ensemble's fraction on the starting side at the end, with its 95 % interval, where moments were recorded then. */
export function observedNotSwitched(result: Result): { value: number; low: number; high: number } | null {
  const error = result.fokkerPlanck?.notSwitched;
  for (const observable of error ? result.observables : []) {
    if (observable.type !== "moments" || !error) continue;
    const i = observable.times.findIndex((t) => Math.abs(t - error.time) <= 1e-9 * error.time);
    if (i < 0) continue;
    const [value, low, high] = [
      observable.probabilityUp[i],
      observable.probabilityUpLow[i],
      observable.probabilityUpHigh[i],
    ];
    return error.side === "up" ? { value, low, high } : { value: 1 - value, low: 1 - high, high: 1 - low };
  }
  return null;
}

/** The few numbers a reader looks for first: ensemble beside exact. */
export function figuresTable(result: Result): string {
  const exact = result.fokkerPlanck;
  const { timeUnit } = result.provenance;
  const rows: string[][] = [];
  for (const observable of result.observables) {
    if (observable.type === "moments" && observable.times.length > 0) {
      const last = observable.times.length - 1;
      const row = exact?.evolution?.find(
        ({ time }) => Math.abs(time - observable.times[last]) <= 1e-9 * time,
      );
      ["mx", "my", "mz"].forEach((name, i) => {
        rows.push([
          `⟨${name}⟩ at ${readable(observable.times[last])} ${timeUnit}`,
          withError(observable.m[last][i], observable.mStandardError[last][i]),
          readable(row?.m[i]),
        ]);
      });
      rows.push([
        `⟨mz²⟩ at ${readable(observable.times[last])} ${timeUnit}`,
        withError(observable.mm[last][2], observable.mmStandardError[last][2]),
        readable(row?.mm[2]),
      ]);
    }
    if (observable.type === "firstPassage" && observable.rate)
      rows.push([
        `passages per time watched (per ${timeUnit}), ${observable.name}`,
        `${readable(observable.rate.value)} (${readable(observable.rate.low)} … ${readable(observable.rate.high)})`,
        "—",
      ]);
    if (observable.type === "firstPassage") {
      const median = observable.quantiles["0.5"];
      if (median !== null)
        rows.push([
          `median first passage (${timeUnit}), ${observable.name}`,
          readable(median),
          readable(exact?.firstPassage?.quantiles?.["0.5"]),
        ]);
      rows.push([
        `mean first passage (${timeUnit}), ${observable.name}`,
        withError(observable.mean, observable.meanStandardError),
        isWholeMean(observable) ? readable(exact?.firstPassage?.mean) : "(run too short for the mean)",
      ]);
      const shape = observable.exponentiality;
      if (shape && shape.pValue !== null)
        rows.push([
          `one exponential law, p-value (${shape.test}), ${observable.name}`,
          readable(shape.pValue),
          "—",
        ]);
    }
    if (observable.type === "spectrum") {
      const corner = observable.lorentzian?.corner;
      const [, mode] = exact?.eigenvalues ?? [];
      if (corner)
        rows.push([
          `corner of the Lorentzian (${timeUnit === "s" ? "Hz" : "γ'B_K"}), ${observable.name}`,
          withError(corner.value, corner.standardError),
          mode ? `λ₁/2π = ${readable(mode.re / (2 * Math.PI))}` : "—",
        ]);
      if (observable.correlationTime !== null)
        rows.push([
          `correlation time (${timeUnit}), ${observable.name}`,
          withError(observable.correlationTime, observable.correlationTimeStandardError),
          `${readable(exact?.spectrum?.correlationTime)}${mode ? `; 1/λ₁ = ${readable(1 / mode.re)}` : ""}`,
        ]);
    }
    if (observable.type === "dwell")
      for (const side of ["up", "down"] as const)
        rows.push([
          `mean dwell ${side} (${timeUnit}), ${observable.name}`,
          withError(observable[side]?.mean ?? null, observable[side]?.meanStandardError ?? null),
          readable(exact?.dwell?.[side]),
        ]);
    if (observable.type === "dwell")
      for (const side of ["up", "down"] as const)
        rows.push([
          `rate of leaving ${side} (per ${timeUnit}), ${observable.name}`,
          withError(observable[side]?.rate ?? null, observable[side]?.rateStandardError ?? null),
          readable(exact?.dwell?.[`${side}Rate`]),
        ]);
    if (observable.type === "dwell")
      rows.push([
        `occupation of up, ${observable.name}`,
        withError(observable.occupationUp, observable.occupationUpStandardError),
        readable(exact?.dwell?.occupationUp),
      ]);
  }
  const error = exact?.notSwitched;
  if (error) {
    const found = observedNotSwitched(result);
    rows.push([
      `not switched at ${readable(error.time)} ${timeUnit} (mz ${error.side === "up" ? "> 0" : "< 0"})`,
      found ? `${readable(found.value)} (${readable(found.low)} … ${readable(found.high)})` : "—",
      error.probability === null ? `— ${error.reason}` : readable(error.probability),
    ]);
  }
  const [, slowest] = exact?.eigenvalues ?? [];
  if (slowest)
    rows.push([
      `slowest relaxation rate λ₁ (per ${timeUnit})`,
      "—",
      slowest.im === 0
        ? readable(slowest.re)
        : `${readable(slowest.re)} ± ${readable(Math.abs(slowest.im))} i`,
    ]);
  return table(["quantity", "ensemble", "Fokker–Planck"], rows);
}

/** Rows of the table of checks that are not folded away. */
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
  // what disagrees comes first and is never hidden
  const sorted = [...rows].sort((a, b) => Number(a.agrees) - Number(b.agrees));
  const shown = Math.max(shownChecks, rows.filter((row) => !row.agrees).length);
  return `${table(head, cells(sorted.slice(0, shown)))}<details><summary>${rows.length - shown} more</summary>${table(head, cells(sorted.slice(shown)))}</details>`;
}

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
