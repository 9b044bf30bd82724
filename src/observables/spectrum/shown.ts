import type { ExactBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate } from "../shown.ts";
import { besideExact } from "../shown.ts";
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
