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
  /** What the ensemble is compared with; absent: the exact solution. */
  readonly against?: "equation of motion";
}

export interface Certificate {
  readonly passed: boolean;
  readonly checks: readonly Check[];
  /** Probability that a correct run fails, all checks together: an upper bound. */
  readonly falseAlarmProbability: number;
  /** Tests that could not be made; they count neither way. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
  /** Figures that have an exact partner but no test. */
  readonly untested: number;
  /** Why no check compares with the exact solution; absent if one does. */
  readonly noExactSolution?: string;
  /** Why it did not pass, in one sentence; absent when it did. */
  readonly reason?: string;
}

export interface Verdict {
  readonly certificate: Certificate;
  /** The p-value below which a test fails. */
  readonly limit: number;
  /** Figures without a test that are farther off than the limit allows. */
  readonly contradictions: number;
  /** The comparisons, each with its own verdict; null where the test could not be made. */
  readonly comparisons: readonly (Comparison & { readonly agrees: boolean | null })[];
}

const finite = (value: number | null): number | null => (Number.isFinite(value) ? value : null);

const listed = (names: readonly string[]): string =>
  `${names.slice(0, 3).join("; ")}${names.length > 3 ? "; …" : ""}`;

/** "1 figure", "2 figures". */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;

/** "1 check agrees", "2 checks agree". */
export const agreeing = (count: number, one: string, where = ""): string =>
  `${counted(count, one)}${where} ${count === 1 ? "agrees" : "agree"}`;

/**
 * The verdict in one sentence with the numbers of checks: "47 checks agree with the exact solution, 2 with the equation
 * of motion, 3 figures could not be tested".
 */
export function countedVerdict({
  checks,
  untested,
  noExactSolution,
}: Pick<Certificate, "checks" | "untested" | "noExactSolution">): string {
  const left = untested === 0 ? "" : `, ${counted(untested, "figure")} could not be tested`;
  const ofMotion = checks.filter(({ against }) => against !== undefined).length;
  const agree = (count: number): string => `${agreeing(count, "check")} with`;
  if (noExactSolution !== undefined)
    return `${agree(ofMotion)} the equation of motion${left}; nothing was compared with an exact solution: ${noExactSolution}`;
  const also = ofMotion === 0 ? "" : `, ${ofMotion} with the equation of motion`;
  return `${agree(checks.length - ofMotion)} the exact solution${also}${left}`;
}

export interface CertificateOptions {
  /** Probability that a correct run fails, all checks together; default 1e-4. */
  readonly falseAlarmProbability?: number | undefined;
  readonly bounds?: readonly Bound[];
  /** Why nothing can be compared with an exact solution. */
  readonly noExactSolution?: string;
  /** Figures that could not be tested, with the p-value that their own error would give; null where there is none. */
  readonly untested?: readonly {
    readonly name: string;
    readonly pValue: number | null;
    /** Why they could not. */
    readonly reason?: string;
  }[];
}

/**
 * One verdict on a whole run. Each of the m tests gets the p-value limit (false-alarm probability)/m (Bonferroni), so
 * that, whatever the dependence between tests, a correct run fails with at most the stated probability. Holm's
 * step-down rule gives the same verdict on the run and is not needed.
 *
 * Figures that could not be tested do not count as checks. But if one is farther from its exact partner than the same
 * limit allows, the certificate does not pass, and says so.
 *
 * A p-value that is not a number fails. The certificate does not pass either when nothing at all could be tested.
 */
export function certify(comparisons: readonly Comparison[], options: CertificateOptions = {}): Verdict {
  const falseAlarmProbability = options.falseAlarmProbability ?? 1e-4;
  const tested = comparisons.filter((c) => c.pValue !== null);
  const untested = options.untested ?? [];
  const guarded = untested.filter(({ pValue }) => pValue !== null);
  const limit = falseAlarmProbability / Math.max(1, tested.length + guarded.length);
  const agrees = (pValue: number | null) => (pValue === null ? null : pValue >= limit);
  const checks: Check[] = tested.map((c) => ({
    name: `${c.observable} (${c.test})`,
    value: finite(c.pValue),
    limit,
    relation: "at least",
    passed: agrees(c.pValue) === true,
    ...(c.against ? { against: c.against } : {}),
  }));
  for (const { name, value, limit: most } of options.bounds ?? [])
    checks.push({ name, value: finite(value), limit: most, relation: "at most", passed: value <= most });
  const ofMotionAlone = tested.length > 0 && tested.every(({ against }) => against !== undefined);
  const failed = checks.filter((check) => !check.passed).map((check) => check.name);
  const contradictions = guarded.filter(({ pValue }) => (pValue as number) < limit);
  const whyNot = [...new Set(contradictions.flatMap(({ reason }) => reason ?? []))];
  const reasons = [
    ...(tested.length === 0 ? ["nothing could be compared"] : []),
    ...(failed.length > 0 ? [`${failed.length} of ${checks.length} checks failed: ${listed(failed)}`] : []),
    ...(contradictions.length > 0
      ? [
          `not tested${whyNot.length > 0 ? ` (${whyNot.join("; ")})` : ""}, but farther from the exact figure than its error allows: ${listed(contradictions.map(({ name }) => name))}`,
        ]
      : []),
  ];
  const reason = reasons.length > 0 ? reasons.join("; ") : undefined;
  return {
    limit,
    contradictions: contradictions.length,
    certificate: {
      passed: reason === undefined,
      checks,
      falseAlarmProbability,
      skipped: comparisons
        .filter((c) => c.pValue === null)
        .map((c) => ({ name: `${c.observable} (${c.test})`, reason: c.reason ?? "no p-value" })),
      untested: untested.length,
      ...(ofMotionAlone
        ? { noExactSolution: options.noExactSolution ?? "nothing was recorded that has an exact figure" }
        : {}),
      ...(reason === undefined ? {} : { reason }),
    },
    comparisons: comparisons.map((c) => ({ ...c, agrees: agrees(c.pValue) })),
  };
}
