import type { PointRecord } from "./record.ts";

/** One verdict over all points of a sweep. */
export interface SweepCertificate {
  readonly passed: boolean;
  /** Tests over all points; each fails below `limit`. */
  readonly tests: number;
  readonly limit: number;
  readonly falseAlarmProbability: number;
  readonly points: number;
  readonly failed: readonly { readonly point: number; readonly name: string; readonly pValue: number }[];
  /** Figures without a test that are farther from the exact value than their own error allows. */
  readonly contradicted: readonly {
    readonly point: number;
    readonly name: string;
    readonly pValue: number;
  }[];
  /** Requirements that points do not meet, and points that did not complete. */
  readonly broken: readonly { readonly point: number; readonly name: string }[];
  readonly untested: number;
  readonly skipped: number;
  readonly reason?: string;
}

/**
 * Every test of every point gets the same share of one false-alarm probability (Bonferroni), so that a correct sweep of
 * any size fails with at most that probability. Null if no test was intended.
 */
export function certifySweep(
  records: readonly PointRecord[],
  falseAlarmProbability: number,
): SweepCertificate | null {
  const sum = (of: (record: PointRecord) => number): number => records.reduce((total, r) => total + of(r), 0);
  const made = sum(({ tests }) => tests.made);
  const guarded = sum(({ tests }) => tests.guarded);
  const limit = falseAlarmProbability / Math.max(1, made + guarded);
  const below = (list: "low" | "lowGuarded") =>
    records.flatMap(({ index, tests }) =>
      tests[list].filter(({ pValue }) => pValue < limit).map((one) => ({ point: index, ...one })),
    );
  const failed = below("low");
  const contradicted = below("lowGuarded");
  const broken = records.flatMap(({ index, tests, outcome, reasons }) => [
    ...tests.broken.map((name) => ({ point: index, name })),
    ...(outcome === "complete" ? [] : [{ point: index, name: [outcome, ...reasons].join(": ") }]),
  ]);
  if (made === 0 && broken.length === 0 && contradicted.length === 0) return null;
  const some = (list: readonly { point: number; name: string }[]): string =>
    `${list
      .slice(0, 3)
      .map(({ point, name }) => `point ${point}, ${name}`)
      .join("; ")}${list.length > 3 ? "; …" : ""}`;
  const reasons = [
    ...(made === 0 ? ["nothing could be compared"] : []),
    ...(failed.length > 0 ? [`${failed.length} of ${made} tests failed: ${some(failed)}`] : []),
    ...(contradicted.length > 0
      ? [`not tested, but farther from the exact figure than its error allows: ${some(contradicted)}`]
      : []),
    ...(broken.length > 0 ? [some(broken)] : []),
  ];
  return {
    passed: reasons.length === 0,
    tests: made,
    limit,
    falseAlarmProbability,
    points: records.length,
    failed,
    contradicted,
    broken,
    untested: sum(({ tests }) => tests.untested),
    skipped: sum(({ tests }) => tests.skipped),
    ...(reasons.length > 0 ? { reason: reasons.join("; ") } : {}),
  };
}
