import type { Result } from "../../src/result.ts";
import { countedVerdict } from "../../src/statistics/certificate.ts";
import { byId, element } from "../elements/element.ts";
import { checkList } from "./checks.ts";

const digits = (x: number | null): string => (x === null ? "–" : Number(x.toPrecision(3)).toString());

export type Standing = "running" | "comparing" | "passed" | "failed" | "none";

function stand(state: Standing, verdict: string, reasons: string): void {
  byId("certificate").dataset.state = state;
  byId("verdict").textContent = verdict;
  byId("reasons").textContent = reasons;
  byId("groups").replaceChildren();
}

export function certificateRunning(): void {
  stand(
    "running",
    "Running",
    "The certificate is given at the end, when every record has been compared with the exact solution.",
  );
  byId("checks").replaceChildren();
}

/** The verdict on the previous run stays while the same experiment continues. */
export function certificateGoesOn(): void {
  const reasons = byId("reasons");
  if (byId("certificate").dataset.state === "running") certificateRunning();
  else reasons.textContent = `${goesOn}${reasons.textContent?.replace(goesOn, "") ?? ""}`;
}

const goesOn = "The run continues; so far: ";

export function certificateComparing(): void {
  stand("comparing", "Comparing", "Comparing every record with the exact solution.");
}

export function certificateWithout(reason: string): void {
  stand("none", "No certificate", reason);
}

export function showCertificate(result: Result, carried: boolean): void {
  const { certificate, outcome } = result;
  const carriedOn = carried
    ? " This run started from the state before the change, and so did the exact density."
    : "";
  if (!certificate) {
    certificateWithout(result.certificateReason ?? `The run ended as: ${outcome}.`);
    return;
  }
  const counted = countedVerdict(certificate);
  if (certificate.passed)
    stand(
      "passed",
      certificate.noExactSolution === undefined
        ? "Agrees with Fokker–Planck"
        : "Agrees with the equation of motion",
      `${counted}; a correct run fails with a probability of at most ${certificate.falseAlarmProbability}.${carriedOn}`,
    );
  else
    stand(
      "failed",
      outcome === "complete" ? "Does not agree" : `Ended: ${outcome}`,
      `${certificate.reason ?? ""}${carriedOn}`,
    );
  byId("groups").replaceChildren(...checkList({ ...result, certificate }));
  const rows = certificate.checks
    .toSorted((a, b) => Number(a.passed) - Number(b.passed) || (a.value ?? 0) - (b.value ?? 0))
    .slice(0, 60)
    .map(({ name, value, limit, relation, passed }) =>
      element(
        "tr",
        {},
        element("td", {}, passed ? "✓" : "✗"),
        element("td", {}, name),
        element("td", {}, digits(value)),
        element("td", {}, `${relation} ${digits(limit)}`),
      ),
    );
  const skippedRows = certificate.skipped.map(({ name, reason }) =>
    element("tr", {}, element("td", {}, "–"), element("td", {}, name), element("td", { colspan: 2 }, reason)),
  );
  byId("checks").replaceChildren(element("table", {}, ...rows, ...skippedRows));
}
