import type { ExactBase, TimeUnit } from "../../result-parts.ts";
import type { Candidate } from "../shown.ts";
import { besideExact } from "../shown.ts";
import type { ObservedPassage } from "./count.ts";
import type { PassageFigures } from "./exact.ts";
import type { PassageResult } from "./result.ts";

/** Means and the median. */
export function shown(
  { name, mean, meanStandardError, restrictedMean, quantiles }: PassageResult,
  _observed: ObservedPassage,
  _exact: ExactBase,
  own: PassageFigures | null,
  unit: TimeUnit,
): Candidate[] {
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
    ),
  ];
}
