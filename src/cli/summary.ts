import { missingFigures } from "../report/missing.ts";
import { foundOf, standingOf } from "../report/tables.ts";
import { readable } from "../report/text.ts";
import type { Result } from "../result.ts";
import { countedVerdict } from "../statistics/certificate.ts";

const pair = (value: number | null | undefined, error: number | null | undefined): string =>
  `${readable(value)} ± ${readable(error)}`;

/** First passage and dwells where there is no ensemble to stand beside, and what a dwell is not. */
function exactSwitching({ fokkerPlanck: exact, observables, provenance }: Result): [string, string][] {
  const lines: [string, string][] = [];
  const { timeUnit } = provenance;
  const shown = (type: string) => observables.some((observable) => observable.type === type);
  const passage = exact?.firstPassage;
  if (passage && !shown("firstPassage"))
    lines.push([
      "first passage",
      passage.mean === null ? `no mean: ${passage.reason}` : `mean ${readable(passage.mean)} ${timeUnit}`,
    ]);
  const dwell = exact?.dwell;
  if (dwell && !shown("dwell"))
    lines.push([
      "mean dwell",
      dwell.reason ?? `up ${readable(dwell.up)}, down ${readable(dwell.down)} ${timeUnit}`,
    ]);
  if (dwell?.note)
    lines.push([
      "telegraph times",
      `up ${readable(dwell.telegraphUp)}, down ${readable(dwell.telegraphDown)} ${timeUnit}. ${dwell.note}`,
    ]);
  return lines;
}

/** What `run` prints for a reader: work, ensemble beside exact, verdict. */
export function summary(result: Result): string {
  const { provenance, fokkerPlanck: exact, certificate } = result;
  const { timeUnit } = provenance;
  const lines: string[] = [];
  const add = (label: string, text: string): void => {
    lines.push(`${label.padEnd(34)}${text}`);
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
  for (const figure of result.figures)
    add(
      figure.name,
      `${foundOf(figure)}${figure.unit ? ` ${figure.unit}` : ""}   exact ${readable(figure.exact)}   ${standingOf(figure)}`,
    );
  for (const observable of result.observables) {
    if (listed.has(observable.name)) continue;
    if (observable.type === "moments" && observable.times.length > 0) {
      const last = observable.times.length - 1;
      const at = `at ${readable(observable.times[last])} ${timeUnit}`;
      ["mx", "my", "mz"].forEach((name, i) => {
        add(`⟨${name}⟩ ${at}`, pair(observable.m[last][i], observable.mStandardError[last][i]));
      });
      add(`⟨mz²⟩ ${at}`, pair(observable.mm[last][2], observable.mmStandardError[last][2]));
    } else if (observable.type === "firstPassage")
      add(
        observable.name,
        `${observable.passed} of ${observable.passed + observable.censored} passed${
          observable.mean === null
            ? ""
            : `, mean ${pair(observable.mean, observable.meanStandardError)} ${timeUnit}`
        }`,
      );
    else if (observable.type === "dwell") {
      for (const side of ["up", "down"] as const)
        add(
          `${observable.name}, ${side}`,
          `${pair(observable[side]?.mean, observable[side]?.meanStandardError)} ${timeUnit}`,
        );
    } else if (observable.type === "spectrum" && observable.correlationTime !== null)
      add(
        `correlation time`,
        `${pair(observable.correlationTime, observable.correlationTimeStandardError)} ${timeUnit}`,
      );
  }
  const error = exact?.notSwitched;
  if (error && !result.figures.some(({ name }) => name.startsWith("not switched")))
    add(
      `not switched at ${readable(error.time)} ${timeUnit}`,
      `exact ${readable(error.probability)}${error.reason ? ` (${error.reason})` : ""}`,
    );
  if (exact) {
    add(
      "Fokker–Planck",
      `${exact.method}, degree ${exact.lmax}, error estimate ${readable(exact.errorEstimate)}, ${exact.wallSeconds.toFixed(2)} s`,
    );
    const [, slowest] = exact.eigenvalues ?? [];
    if (slowest) add("slowest rate", `${readable(slowest.re)} per ${timeUnit}`);
    for (const [label, text] of exactSwitching(result)) add(label, text);
    const states = exact.twoStates;
    if (states)
      add(
        "two states",
        `up ${readable(states.up.weight)}, leaving ${readable(states.up.rate)}; down ${readable(states.down.weight)}, leaving ${readable(states.down.rate)} per ${timeUnit}`,
      );
  } else if (result.fokkerPlanckReason) add("Fokker–Planck", result.fokkerPlanckReason);
  if (exact) for (const line of missingFigures(result)) add("missing", line);
  if (certificate) {
    lines.push("");
    lines.push(
      certificate.passed
        ? `CERTIFICATE PASSED: ${countedVerdict(certificate)} (false-alarm probability ${certificate.falseAlarmProbability})`
        : `CERTIFICATE FAILED: ${certificate.reason ?? ""}`,
    );
  }
  for (const { untested, reason, remedy } of result.blindSpots)
    lines.push(`nothing here tests the ${untested}: ${reason}; ${remedy}`);
  if (result.certificateReason) lines.push("", `NO CERTIFICATE: ${result.certificateReason}`);
  return lines.join("\n");
}
