import { timeUnitOf } from "../../experiment/natural-units.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { BinnedRecords } from "../../figures/bins.ts";
import { reasonOfTimes } from "../../figures/reason-of-times.ts";
import { gatheredProbabilities, gatheredSteps } from "../../fokker-planck/gathered-density.ts";
import type { Binning } from "../../physics/binning.ts";
import type { ResultContext } from "../observable.ts";
import { timeOf } from "../observable.ts";
import type { MissingFigure } from "../shown.ts";
import type { ObservedHistogram } from "./count.ts";
import type { PlannedHistogram } from "./spec.ts";

export interface HistogramResult extends BinnedRecords {
  readonly type: "histogram";
  /** "histogram of mz" */
  readonly name: string;
  /**
   * Why exact bins are missing, or at which times and why, if there is an exact side and the record is not one of a
   * single direction at the start.
   */
  readonly probabilitiesReason?: string;
  /** Present if samples at this interval (s), from a certain time on, are gathered in one row of counts. */
  readonly gathered?: { readonly every: number; readonly from: number; readonly looks: number };
}

const edgesOf = (binning: Binning): { edges: readonly number[]; columnEdges?: readonly number[] } =>
  binning.kind === "map" ? { edges: binning.mz, columnEdges: binning.phi } : { edges: binning.edges };

/** Exact bin probabilities for the counts, if there is an exact side. */
export function result(
  { name, records, groups }: ObservedHistogram,
  { gather, binning }: PlannedHistogram,
  problem: Problem,
  { prediction }: ResultContext<never>,
): HistogramResult {
  const time = timeOf(problem);
  if (groups && gather) {
    const known = prediction && gatheredProbabilities(prediction, gather, problem.steps, binning);
    const exact = known?.value;
    return {
      type: "histogram",
      name,
      ...edgesOf(binning),
      times: [time(problem.steps)],
      counts: [[...groups[0]].map((_, bin) => groups.reduce((sum, counts) => sum + counts[bin], 0))],
      probabilities: exact ? [[...exact.probabilities]] : null,
      ...(known?.reason ? { probabilitiesReason: known.reason } : {}),
      gathered: {
        every: time(gather.every),
        from: time(gather.from),
        looks: gatheredSteps(gather, problem.steps).length,
      },
    };
  }
  const steps = records.map((record) => record.step);
  const sharp = "direction" in problem.initial && steps.includes(0);
  const found = prediction === null || sharp ? null : prediction.densitiesEach(steps);
  const known = found?.map((density) =>
    density.value === null ? density : density.value.probabilities(binning),
  );
  const reason = known && reasonOfTimes(known, steps.map(time), timeUnitOf(problem));
  return {
    type: "histogram",
    name,
    ...edgesOf(binning),
    times: steps.map(time),
    counts: records.map((record) => [...record.value]),
    probabilities: known?.some(({ value }) => value !== null)
      ? known.map(({ value }) => value && [...value])
      : null,
    ...(reason ? { probabilitiesReason: reason } : {}),
  };
}

export const missing = (_own: unknown, found: readonly HistogramResult[]): MissingFigure[] =>
  found.flatMap(({ name, probabilitiesReason: reason }) =>
    reason === undefined ? [] : [[`exact bins of ${name}`, reason] as const],
  );
