import type { Observation, Production, Record } from "../ensemble/observations.ts";
import type { Moments } from "../ensemble/observers/moments.ts";
import { equator } from "../experiment/compared-binnings.ts";
import type { Problem } from "../experiment/problem.ts";
import { gatheredProbabilities } from "../fokker-planck/gathered-density.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import type { Comparison } from "./comparison.ts";
import { notCompared, speakingOf } from "./comparison.ts";
import { compareCounts } from "./counts.ts";
import { compareGathered } from "./gathered-counts.ts";
import { compareMoments, compareProduction } from "./means-of-density.ts";
import { compareProportion } from "./proportion-comparison.ts";

/** Bias of the time step that the comparison forgives. */
export interface AllowedBias {
  /** Absolute, in first and second moments. */
  readonly moments: number;
  /** Root-mean-square relative error of bin probabilities. */
  readonly relative: number;
}

/** Unit of the times of a problem's results: the natural one where the magnet is given in reduced units. */
export const timeUnitOf = ({ experiment }: Problem): "s" | "1/(γ'B_K)" =>
  "delta" in (experiment.magnet ?? {}) ? "1/(γ'B_K)" : "s";

/** Steps at which the exact density is needed. A delta function at step 0 is no density. */
export function comparedSteps(problem: Problem): number[] {
  const steps = problem.observables.flatMap((observable) =>
    "steps" in observable ? [...observable.steps] : [],
  );
  const first = problem.initial.kind === "direction" ? 1 : 0;
  return [...new Set(steps)].filter((step) => step >= first).sort((a, b) => a - b);
}

/** Histograms that many looks have gathered. */
function compareGatherings(
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction,
  bias: AllowedBias,
): Comparison[] {
  return observations.flatMap((observation, i): Comparison[] => {
    const planned = problem.observables[i];
    if (observation.type !== "histogram" || !observation.groups) return [];
    if (planned.type !== "histogram" || !planned.gather) return [];
    const exact = gatheredProbabilities(prediction, planned.gather, problem.steps, planned.binning);
    if (exact.value === null) return [notCompared(observation.name, "t-scores", exact.reason)];
    const { probabilities, errors } = exact.value;
    // where values outside the bins are not counted, fractions are of those inside
    const inside = probabilities.reduce((sum, p) => sum + p, 0);
    return [
      compareGathered(
        `${observation.name}, gathered`,
        observation.groups,
        probabilities.map((p) => p / inside),
        { errors, allowedBias: bias.relative },
      ),
    ];
  });
}

/** What an expansion in harmonics may be off by in the probability of half a sphere. */
const probabilityError = 1e-8;

/** Each record of moments and histograms against the exact density at its time. */
export function compareDensities(
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction,
  bias: AllowedBias,
): Comparison[] {
  const steps = comparedSteps(problem);
  const gathered = compareGatherings(problem, observations, prediction, bias);
  if (steps.length === 0) return gathered;
  const found = prediction.densities(steps);
  const unit = timeUnitOf(problem);
  const time = (step: number): string =>
    `${(step * problem.timeStep * problem.units.time).toPrecision(4)} ${unit}`;
  const recorded = observations.flatMap((observation, i): Comparison[] => {
    const planned = problem.observables[i];
    if (
      observation.type !== "moments" &&
      observation.type !== "histogram" &&
      observation.type !== "entropyProduction"
    )
      return [];
    if (found.value === null) return [notCompared(observation.name, "density", found.reason)];
    const densities = found.value;
    const exactError = found.errorEstimate ?? 0;
    return observation.records.flatMap((record): Comparison[] => {
      const at = steps.indexOf(record.step);
      if (at < 0) return [];
      const name = `${observation.name} at ${time(record.step)}`;
      if (planned.type === "histogram") {
        const known = densities[at].probabilities(planned.binning);
        if (known.value === null) return [notCompared(name, "chi-squared", known.reason)];
        return [
          compareCounts(name, record.value as Float64Array, known.value, {
            samples: problem.ensemble,
            allowedBias: bias.relative,
            probabilityError: known.errorEstimate,
          }),
        ];
      }
      if (planned.type === "entropyProduction")
        return [compareProduction(name, problem, record as Record<Production>, densities[at], bias)];
      const moments = record.value as Moments;
      const key = `${observation.name}@${record.step}`;
      const compared = [
        speakingOf(
          [key],
          compareMoments(name, moments, densities[at], { ...bias, moments: bias.moments + exactError }),
        ),
      ];
      // the switched fraction once, at the end: with a pulse this is the write error
      if (record !== observation.records[observation.records.length - 1]) return compared;
      const label = `mz > 0 at ${time(record.step)}`;
      const known = densities[at].probabilities(equator);
      const probability = known.value?.[1] ?? 0;
      return [
        ...compared,
        speakingOf(
          [`${key}: mz > 0`],
          known.value === null
            ? notCompared(label, "binomial", known.reason)
            : compareProportion(
                label,
                moments.up,
                moments.spins,
                probability,
                Math.max(probabilityError, known.errorEstimate ?? 0) +
                  bias.relative * Math.sqrt(probability * (1 - probability)),
              ),
        ),
      ];
    });
  });
  return [...recorded, ...gathered];
}
