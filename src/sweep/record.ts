import type { Result } from "../result.ts";
import type { Columns } from "./columns.ts";
import { keptBelow } from "./description.ts";
import type { PointSettings } from "./points.ts";

/** A p-value with its name. */
export interface NamedProbability {
  readonly name: string;
  readonly pValue: number;
}

/** Contribution of one point to the certificate of its sweep. */
export interface PointTests {
  /** Number of tests made, and of untested figures with a p-value from their own error. */
  readonly made: number;
  readonly guarded: number;
  /** Those whose p-value is so small that they might fail. */
  readonly low: readonly NamedProbability[];
  readonly lowGuarded: readonly NamedProbability[];
  /** Requirements that are not met. */
  readonly broken: readonly string[];
  /** Figures that could not be tested, and tests that could not be made. */
  readonly untested: number;
  readonly skipped: number;
}

/** One row of a sweep: a line of its share's file. */
export interface PointRecord {
  readonly index: number;
  readonly settings: PointSettings;
  readonly seed: number;
  readonly values: Readonly<Record<string, number | null>>;
  readonly units: Readonly<Record<string, string>>;
  /**
   * Why figures are null, each reason once; a name that ends in * stands for all missing columns that start with it.
   */
  readonly missing: readonly { readonly reason: string; readonly columns: readonly string[] }[];
  readonly tests: PointTests;
  /** How the point ended: "complete", or what went wrong. */
  readonly outcome: string;
  /** How often its device was lost and the point was simulated again from its start; absent if never. */
  readonly deviceLosses?: number;
  readonly reasons: readonly string[];
}

export const noTests: PointTests = {
  made: 0,
  guarded: 0,
  low: [],
  lowGuarded: [],
  broken: [],
  untested: 0,
  skipped: 0,
};

/** The tests of one point's result. */
export function testsOf({ comparisons, certificate, figures }: Result): PointTests {
  const made = comparisons.filter(({ pValue }) => pValue !== null);
  const guarded = figures.flatMap(({ name, guard }) =>
    typeof guard === "number" ? [{ name, pValue: guard }] : [],
  );
  return {
    made: made.length,
    guarded: guarded.length,
    low: made.flatMap(({ observable, test, pValue }) =>
      // NaN fails
      (pValue as number) >= keptBelow
        ? []
        : [{ name: `${observable} (${test})`, pValue: Number.isFinite(pValue) ? (pValue as number) : 0 }],
    ),
    lowGuarded: guarded.filter(({ pValue }) => pValue < keptBelow),
    broken: (certificate?.checks ?? [])
      .filter(({ relation, passed }) => relation === "at most" && !passed)
      .map(({ name }) => name),
    untested: figures.filter(({ standing }) => standing === "not tested" || standing === "contradicts")
      .length,
    skipped: comparisons.length - made.length,
  };
}

/** The row of a point from its columns. */
export function recordOf(
  point: { readonly index: number; readonly settings: PointSettings; readonly seed: number },
  { values, units, missing }: Columns,
  rest: Pick<PointRecord, "tests" | "outcome" | "reasons" | "deviceLosses">,
): PointRecord {
  const columns = new Map<string, string[]>();
  for (const [name, reason] of Object.entries(missing))
    columns.set(reason, [...(columns.get(reason) ?? []), name]);
  return {
    ...point,
    values,
    units,
    missing: [...columns].map(([reason, of]) => ({ reason, columns: of })),
    ...rest,
  };
}
