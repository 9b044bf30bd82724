import type { Problem } from "../../experiment/problem.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly } from "../../fokker-planck/exact.ts";
import { noPassage } from "../../fokker-planck/first-passage.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import type { PredictedPassage } from "../../fokker-planck/switching.ts";
import { predictPassage } from "../../fokker-planck/switching.ts";
import { passageEdges, passageShares } from "./bins.ts";
import { exactRestrictedMean } from "./means.ts";
import type { PlannedPassage } from "./spec.ts";
import { exactHazard, levels, survivalQuantiles } from "./survival.ts";

/** The exact law of a first passage in SI units. */
export interface PassageFigures {
  readonly mean: number | null;
  /** s; of the time to passage or to the end of the run. */
  readonly restrictedMean: number | null;
  readonly survival: { readonly times: readonly number[]; readonly value: readonly number[] } | null;
  readonly quantiles: Readonly<Record<string, number | null>> | null;
  /** 1/s */
  readonly hazard: { readonly times: readonly number[]; readonly value: readonly (number | null)[] } | null;
  /** The larger of the relative error of the mean and the absolute error of the survival. */
  readonly errorEstimate: number | null;
  /** Why there is no mean; without a `survivalReason`, why there is no figure at all. */
  readonly reason?: string;
  /** Why there is no survival, nor any figure derived from it. */
  readonly survivalReason?: string;
}

/** Mean and survival at the edges of the bins in which passages are counted. */
export const predict = (
  { until }: PlannedPassage,
  problem: Problem,
  prediction: Prediction,
): Exact<PredictedPassage> => {
  const edges = passageEdges(problem);
  const found = predictPassage(problem, prediction, until, edges);
  if (found.value === null || found.value.early) return found;
  const survival = found.value.survival.value;
  if (survival === null) return found;
  const firstQuantile = survival.findIndex((s) => s <= 1 - Math.min(...levels));
  if (firstQuantile < 1 || firstQuantile >= coarseBins) return found;
  // if many spins pass within few bins: the survival from the start to the last of these, in finer bins
  const times = passageShares.map((share) => share * edges[coarseBins]);
  const early = predictPassage(problem, prediction, until, times);
  const first = early.value?.survival.value;
  if (!first) return found;
  const rest = coarseBins + 1;
  return exactly({
    ...found.value,
    early: {
      times: [...times, ...edges.slice(rest)],
      survival: [...first, ...survival.slice(rest)],
    },
  });
};

/** Quantiles in the first bins come from finer bins. */
const coarseBins = 16;

export function exactFigures(known: Exact<PredictedPassage> | null, problem: Problem): PassageFigures | null {
  if (!known) return null;
  const found: PredictedPassage = known.value === null ? noPassage(known.reason) : known.value;
  const { mean, survival, early } = found;
  const errors = [mean, survival].flatMap(({ errorEstimate = [] }) => errorEstimate);
  return {
    mean: mean.value === null ? null : mean.value * problem.units.time,
    ...(survival.value === null ? noLaw : lawOf(survival.value, early, problem)),
    errorEstimate: errors.length > 0 ? Math.max(...errors) : null,
    ...(mean.value === null ? { reason: mean.reason } : {}),
    ...(survival.value === null && known.value !== null ? { survivalReason: survival.reason } : {}),
  };
}

const noLaw = { restrictedMean: null, survival: null, quantiles: null, hazard: null } as const;

/** All figures from a survival at the edges of the bins, in SI units. */
function lawOf(survival: readonly number[], early: PredictedPassage["early"], problem: Problem) {
  const times = passageEdges(problem).map((t) => t * problem.units.time);
  // late bins of a long run are wide compared with the changes in them
  const fine = early
    ? { ...early, times: early.times.map((t) => t * problem.units.time) }
    : { times, survival };
  return {
    restrictedMean: exactRestrictedMean(survival) * times[times.length - 1],
    survival: { times, value: survival },
    quantiles: survivalQuantiles(fine.times, fine.survival),
    hazard: exactHazard(times, survival),
  };
}
