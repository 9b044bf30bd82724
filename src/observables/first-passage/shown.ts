import { perTime } from "../../figures/figure.ts";
import { readable, withError } from "../../figures/readable.ts";
import type { ExactBase, ResultBase, TimeUnit } from "../../result-parts.ts";
import { compareProportion } from "../../statistics/proportion-comparison.ts";
import { allowedSwitchingBias } from "../../statistics/switching-bias.ts";
import type { Candidate, ColumnWriter, MissingFigure, Row, SummaryLine } from "../shown.ts";
import { besideExact, isShown } from "../shown.ts";
import type { ObservedPassage, PassageCounts } from "./count.ts";
import type { PassageFigures } from "./exact.ts";
import type { PassageResult } from "./result.ts";

/** Means and the median. */
export function shown(
  { name, mean, meanStandardError, restrictedMean, quantiles, quantileIntervals }: PassageResult,
  { passage }: ObservedPassage,
  _exact: ExactBase,
  own: PassageFigures | null,
  unit: TimeUnit,
): Candidate[] {
  const interval = quantileIntervals["0.5"];
  return [
    ...besideExact(name, ": mean", `mean first passage, ${name}`, unit, mean, meanStandardError, own?.mean),
    ...besideExact(
      name,
      ": mean within the run",
      `mean first passage within the run, ${name}`,
      unit,
      restrictedMean?.value,
      restrictedMean?.standardError,
      own?.restrictedMean,
    ),
    ...besideExact(
      name,
      ": survival",
      `median first passage, ${name}`,
      unit,
      quantiles["0.5"],
      null,
      own?.quantiles?.["0.5"],
    ).map((median) => ({
      ...median,
      ...(interval && interval.high !== null ? { low: interval.low, high: interval.high } : {}),
      ...(passage && own?.survival ? medianGuard(passage, own.survival.value) : {}),
    })),
  ];
}

/** Number of spins that had passed at the edge of the bin in which half should have, with its binomial law. */
function medianGuard(
  { counts, passed, censored }: PassageCounts,
  survival: readonly number[],
): { guard?: number } {
  // spins that start in the set count in the first bin, so at its start no spin has passed
  const distances = survival.map((s, i) => (i === 0 ? Number.POSITIVE_INFINITY : Math.abs(s - 0.5)));
  const edge = distances.indexOf(Math.min(...distances));
  const left = survival[edge];
  const before = counts.slice(0, edge).reduce((sum, count) => sum + count, 0);
  const error = allowedSwitchingBias * Math.min(left, 1 - left);
  const { pValue } = compareProportion("median", before, passed + censored, 1 - left, error);
  return pValue === null ? {} : { guard: pValue };
}

/** The rate, a mean without an exact partner, and the test for one exponential law. */
export function rows(result: PassageResult, whole: ResultBase): Row[] {
  const { name, rate, exponentiality: shape } = result;
  const { timeUnit } = whole.provenance;
  return [
    ...(rate
      ? [
          [
            `passages per time of observation (per ${timeUnit}), ${name}`,
            `${readable(rate.value)} (${readable(rate.low)} … ${readable(rate.high)})`,
            "—",
          ] as const,
        ]
      : []),
    ...(isShown(whole, name, "mean first passage,")
      ? []
      : [
          [
            `mean first passage (${timeUnit}), ${name}`,
            result.mean === null ? (result.reason ?? "—") : withError(result.mean, result.meanStandardError),
            "—",
          ] as const,
        ]),
    ...(shape && shape.pValue !== null
      ? [[`one exponential law, p-value (${shape.test}), ${name}`, readable(shape.pValue), "—"] as const]
      : []),
  ];
}

export const lines = (
  { name, passed, censored, mean, meanStandardError }: PassageResult,
  unit: TimeUnit,
): SummaryLine[] => [
  [
    name,
    `${passed} of ${passed + censored} passed${mean === null ? "" : `, mean ${withError(mean, meanStandardError)} ${unit}`}`,
  ],
];

export const exactLines = (
  { mean, reason, survivalReason }: PassageFigures,
  unit: TimeUnit,
  alone: boolean,
): SummaryLine[] => {
  if (!alone) return [];
  const known = mean === null ? `no mean: ${reason}` : `mean ${readable(mean)} ${unit}`;
  return [["first passage", survivalReason ? `${known}; no survival: ${survivalReason}` : known]];
};

export function columns(
  { passed, censored, mean, meanStandardError, restrictedMean: within, rate }: PassageResult,
  { provenance: { timeUnit } }: ResultBase,
  own: PassageFigures | null,
  { put, beside }: ColumnWriter,
): void {
  put("passed", "", passed);
  put("censored", "", censored);
  beside("mean", timeUnit, mean, meanStandardError, own?.mean);
  beside("meanWithinRun", timeUnit, within?.value, within?.standardError, own?.restrictedMean);
  put("rate", perTime(timeUnit), rate?.value);
  put("rate.low", perTime(timeUnit), rate?.low);
  put("rate.high", perTime(timeUnit), rate?.high);
}

export const missing = (own: readonly PassageFigures[]): MissingFigure[] =>
  own.flatMap(({ mean, survival, reason, survivalReason }): MissingFigure[] => {
    if (mean === null) return [[survival === null ? "first passage" : "mean first passage", reason]];
    return survival === null ? [["survival", survivalReason]] : [];
  });
