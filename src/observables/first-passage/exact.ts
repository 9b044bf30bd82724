import type { Problem } from "../../experiment/problem.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import type { PredictedPassage } from "../../fokker-planck/switching.ts";
import { predictPassage } from "../../fokker-planck/switching.ts";
import { passageEdges } from "./bins.ts";
import { exactRestrictedMean } from "./means.ts";
import type { PlannedPassage } from "./spec.ts";
import { exactHazard, survivalQuantiles } from "./survival.ts";

/** The exact law of a first passage in SI units. */
export interface PassageFigures {
  readonly mean: number | null;
  /** s; of the time to passage or to the end of the run. */
  readonly restrictedMean: number | null;
  readonly survival: { readonly times: readonly number[]; readonly value: readonly number[] } | null;
  readonly quantiles: Readonly<Record<string, number | null>> | null;
  /** 1/s */
  readonly hazard: { readonly times: readonly number[]; readonly value: readonly (number | null)[] } | null;
  readonly errorEstimate: number | null;
  readonly reason?: string;
}

/** Mean and survival at the edges of the bins in which passages are counted. */
export const predict = (
  { until }: PlannedPassage,
  problem: Problem,
  prediction: Prediction,
): Exact<PredictedPassage> => predictPassage(problem, prediction, until, passageEdges(problem));

export function exactFigures(known: Exact<PredictedPassage> | null, problem: Problem): PassageFigures | null {
  if (!known) return null;
  if (known.value === null)
    return {
      mean: null,
      restrictedMean: null,
      survival: null,
      quantiles: null,
      hazard: null,
      errorEstimate: null,
      reason: known.reason,
    };
  const times = passageEdges(problem).map((t) => t * problem.units.time);
  const { mean, meanReason, survival, early, errorEstimate } = known.value;
  // bins late in a long run are wide beside what changes in them
  const fine = early
    ? { ...early, times: early.times.map((t) => t * problem.units.time) }
    : { times, survival };
  return {
    mean: mean === null ? null : mean * problem.units.time,
    restrictedMean: exactRestrictedMean(survival) * times[times.length - 1],
    survival: { times, value: survival },
    quantiles: survivalQuantiles(fine.times, fine.survival),
    hazard: exactHazard(times, survival),
    errorEstimate,
    ...(mean === null ? { reason: meanReason ?? "the mean depends on the drive at all later times" } : {}),
  };
}
