import type { ObservableDescription } from "../../experiment/observable-spec.ts";
import { magnetization, mz } from "../../expression/vector.ts";
import { atTimeOf, readable, withError } from "../../figures/readable.ts";
import { smallestRealEigenvalue } from "../../figures/smallest-real-eigenvalue.ts";
import type { ExactBase, ResultBase, TimeUnit } from "../../result-parts.ts";
import { fewestScattered } from "../../statistics/spectrum.ts";
import type {
  Candidate,
  ColumnWriter,
  LevelRate,
  MeasuredRatio,
  MissingFigure,
  Row,
  SummaryLine,
} from "../shown.ts";
import { besideExact, isShown } from "../shown.ts";
import type { ObservedSpectrum } from "./count.ts";
import type { SpectrumFigures } from "./exact.ts";
import type { SpectrumResult } from "./result.ts";

/** Variance and correlation time. */
export const shown = (
  { name, autocorrelation, correlationTime, correlationTimeStandardError }: SpectrumResult,
  _observed: ObservedSpectrum,
  _exact: ExactBase,
  own: SpectrumFigures | null,
  unit: TimeUnit,
): Candidate[] => [
  ...besideExact(
    name,
    ": autocorrelation",
    `variance, ${name}`,
    "",
    autocorrelation?.value[0],
    autocorrelation?.standardError[0],
    own?.variance,
  ),
  ...besideExact(
    name,
    ": correlation time",
    `correlation time, ${name}`,
    unit,
    correlationTime,
    correlationTimeStandardError,
    own?.correlationTime,
  ),
];

/** The corner of the fitted Lorentzian, and a correlation time without an exact partner. */
export function rows(result: SpectrumResult, whole: ResultBase): Row[] {
  const { name, correlationTime, correlationTimeStandardError, correlationTimeReason } = result;
  const { timeUnit } = whole.provenance;
  const corner = result.lorentzian?.corner;
  const mode = smallestRealEigenvalue(whole.fokkerPlanck?.eigenvalues);
  return [
    ...(corner
      ? [
          [
            `corner of the Lorentzian (${timeUnit === "s" ? "Hz" : "γ'B_K"}), ${name}`,
            withError(corner.value, corner.standardError),
            mode
              ? `for orientation: λ₁/2π${atTimeOf(whole.fokkerPlanck)} = ${readable(mode.re / (2 * Math.PI))}`
              : "—",
          ] as const,
        ]
      : []),
    ...(correlationTimeReason
      ? [[`correlation time (${timeUnit}), ${name}`, `not resolved: ${correlationTimeReason}`, "—"] as const]
      : []),
    ...(correlationTime !== null && !isShown(whole, name, "correlation time")
      ? [
          [
            `correlation time (${timeUnit}), ${name}`,
            withError(correlationTime, correlationTimeStandardError),
            "—",
          ] as const,
        ]
      : []),
  ];
}

export const lines = (
  { correlationTime, correlationTimeStandardError, correlationTimeReason }: SpectrumResult,
  unit: TimeUnit,
): SummaryLine[] =>
  correlationTime === null
    ? correlationTimeReason
      ? [["correlation time", `not resolved: ${correlationTimeReason}`]]
      : []
    : [["correlation time", `${withError(correlationTime, correlationTimeStandardError)} ${unit}`]];

/** The corner as a rate, and the correlation time. */
export function ratios(
  { lorentzian, correlationTime, correlationTimeStandardError }: SpectrumResult,
  { fokkerPlanck }: ResultBase,
  own: SpectrumFigures | null,
): MeasuredRatio[] {
  const corner = lorentzian?.corner;
  return [
    {
      label: "λ₁: 2π × corner of the spectrum",
      value: corner && 2 * Math.PI * corner.value,
      error: corner?.standardError && 2 * Math.PI * corner.standardError,
      exact: own?.correlationTime == null ? null : smallestRealEigenvalue(fokkerPlanck?.eigenvalues)?.re,
    },
    {
      label: "correlation time",
      value: correlationTime,
      error: correlationTimeStandardError,
      exact: own?.correlationTime,
    },
  ];
}

/** The integral relaxation time is the correlation time of mz, or of a resistance, which is linear in it. */
export const exactOf = (
  quantity: string,
  { of }: ObservableDescription,
  own: SpectrumFigures,
): number | null =>
  quantity === `integral relaxation time of ${mz}` && (of === magnetization[2] || of === "resistance")
    ? own.correlationTime
    : null;

export const columns = (
  { correlationTime, correlationTimeStandardError, correlationTimeReason }: SpectrumResult,
  { provenance: { timeUnit } }: ResultBase,
  own: SpectrumFigures | null,
  { beside }: ColumnWriter,
): void =>
  beside("correlationTime", timeUnit, correlationTime, correlationTimeStandardError, own?.correlationTime, {
    error: `fewer than ${fewestScattered} spins show no standard error`,
    value:
      correlationTimeReason ??
      "the autocovariance has not decayed within the lags that the run is long enough for",
    exact: own?.correlationTimeReason,
  });

export const missing = (own: readonly SpectrumFigures[]): MissingFigure[] =>
  own.flatMap(({ mean, correlationTime, reason, correlationTimeReason, powerReason }): MissingFigure[] => {
    if (mean === null) return [["spectrum", reason]];
    return [
      ...(powerReason ? [["spectrum", powerReason] as const] : []),
      ...(correlationTime === null ? [["correlation time", correlationTimeReason] as const] : []),
    ];
  });

/** A telegraph signal's corner is at the sum of both rates over 2π. */
export function levelRate({ name, lorentzian }: SpectrumResult, unit: TimeUnit): LevelRate | null {
  const corner = lorentzian?.corner.value;
  if (!corner || !(corner > 0)) return null;
  const rate = 2 * Math.PI * corner;
  return {
    rate,
    standardError: 2 * Math.PI * (lorentzian.corner.standardError ?? 0),
    from: `the corner of the ${name}, at ${readable(corner)} ${unit === "s" ? "Hz" : "γ'B_K"}, corresponds to levels that last ${readable(2 / rate)} ${unit} if both last equally long`,
    signal: "the spectrum",
  };
}
