import type { Comparison } from "./comparison.ts";

/** A deterministic requirement: passed when the value does not exceed the limit (an exact side's own error, say). */
export interface Bound {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
}

export interface Check {
  readonly name: string;
  /** The p-value of a test, or the value of a bound; null where it is not a finite number (and then not passed). */
  readonly value: number | null;
  readonly limit: number;
  /** "at least" for p-values, "at most" for bounds. */
  readonly relation: "at least" | "at most";
  readonly passed: boolean;
}

export interface Certificate {
  readonly passed: boolean;
  readonly checks: readonly Check[];
  /** Probability that a correct run fails, all checks together: an upper bound. */
  readonly falseAlarmProbability: number;
  /** Tests that could not be made; they count neither way. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** Why it did not pass, in one sentence; absent when it did. */
  readonly reason?: string;
}

export interface Verdict {
  readonly certificate: Certificate;
  /** The comparisons, each with its own verdict; null where the test could not be made. */
  readonly comparisons: readonly (Comparison & { readonly agrees: boolean | null })[];
}

const finite = (value: number | null): number | null => (Number.isFinite(value) ? value : null);

export interface CertificateOptions {
  /** Probability that a correct run fails, all checks together; default 1e-4. */
  readonly falseAlarmProbability?: number;
  readonly bounds?: readonly Bound[];
}

/**
 * One verdict on a whole run. Each of the m tests gets the p-value limit (false-alarm probability)/m (Bonferroni), so
 * that, whatever the dependence between tests, a correct run fails with at most the stated probability. Holm's
 * step-down rule gives the same verdict on the run and is not needed.
 *
 * A p-value that is not a number fails. When nothing at all could be tested the certificate does not pass: silence is
 * no agreement.
 */
export function certify(comparisons: readonly Comparison[], options: CertificateOptions = {}): Verdict {
  const falseAlarmProbability = options.falseAlarmProbability ?? 1e-4;
  const tested = comparisons.filter((c) => c.pValue !== null);
  const limit = tested.length > 0 ? falseAlarmProbability / tested.length : falseAlarmProbability;
  const agrees = (pValue: number | null) => (pValue === null ? null : pValue >= limit);
  const checks: Check[] = tested.map((c) => ({
    name: `${c.observable} (${c.test})`,
    value: finite(c.pValue),
    limit,
    relation: "at least",
    passed: agrees(c.pValue) === true,
  }));
  for (const { name, value, limit: most } of options.bounds ?? [])
    checks.push({ name, value: finite(value), limit: most, relation: "at most", passed: value <= most });
  const failed = checks.filter((check) => !check.passed).map((check) => check.name);
  const reason =
    tested.length === 0
      ? "nothing could be compared"
      : failed.length > 0
        ? `${failed.length} of ${checks.length} checks failed: ${failed.slice(0, 3).join("; ")}${failed.length > 3 ? "; …" : ""}`
        : undefined;
  return {
    certificate: {
      passed: reason === undefined,
      checks,
      falseAlarmProbability,
      skipped: comparisons
        .filter((c) => c.pValue === null)
        .map((c) => ({ name: `${c.observable} (${c.test})`, reason: c.reason ?? "no p-value" })),
      ...(reason === undefined ? {} : { reason }),
    },
    comparisons: comparisons.map((c) => ({ ...c, agrees: agrees(c.pValue) })),
  };
}
