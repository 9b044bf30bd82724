import { Matrix } from "ml-matrix";
import { chiSquaredSurvival } from "../../statistics/chi-squared-distribution.ts";
import type { BinnedTrace } from "./binned.ts";
import { stretch } from "./binned.ts";
import type { Maximum } from "./maximize.ts";
import { covarianceFrom, maximize, outerProducts } from "./maximize.ts";
import type { Free } from "./parameters.ts";
import { coarse, convincing } from "./pole.ts";
import { shapeOfRanks } from "./shape-of-ranks.ts";
import type { Telegraph } from "./telegraph.ts";
import { planWalk } from "./trace-walk.ts";

interface Model {
  readonly telegraph: Telegraph;
  readonly free: Free;
}

/** Significance level of the score test and of the kurtosis, from which on a freer noise is tried. */
const improbable = 1e-4;
/** Degrees of freedom of Student's law at the start of the maximization. */
const firstTails = 6;
const mostRanks = 20_000;

/**
 * The most likely signal with one normal noise. If the likelihood of a part of the trace rises clearly, the noise
 * differs between levels or follows Student's law; otherwise outliers would count as short dwells. A score test (C. R.
 * Rao, Proc. Camb. Phil. Soc. 44 (1948) 50) and the kurtosis of the ranks decide whether to try this.
 */
export function withOtherNoise(
  part: BinnedTrace,
  { maximum, free }: { readonly maximum: Maximum; readonly free: Free },
  onEvaluation?: () => void,
): Model {
  const common = { telegraph: maximum.telegraph, free };
  const climbed = (from: Telegraph, freed: Free): Model => ({
    telegraph: maximize(part, from, freed, {
      blocks: maximum.scores.length,
      fineness: coarse,
      settledBelow: 0.02,
      iterations: 60,
      onEvaluation,
    }).telegraph,
    free: freed,
  });
  const isBetter = (other: Model, than: Model): boolean => {
    const walk = planWalk(other.telegraph, part);
    const [rich, poor] = [other, than].map(({ telegraph }) => {
      onEvaluation?.();
      return walk.likelihoods(telegraph, 1)[0];
    });
    return rich > poor + convincing;
  };
  let found: Model = common;
  if (levelsDiffer(part, common, maximum, onEvaluation)) {
    const own = climbed(common.telegraph, { ...free, ownNoises: true });
    if (isBetter(own, found)) found = own;
  }
  if (!hasOutliers(part, found.telegraph)) return found;
  const tailed = climbed({ ...found.telegraph, tails: firstTails }, { ...found.free, freeTails: true });
  if (!isBetter(tailed, found)) return found;
  if (!tailed.free.ownNoises) return tailed;
  // an apparent difference of noise between levels may have been outliers
  const one = climbed({ ...common.telegraph, tails: firstTails }, { ...free, freeTails: true });
  return isBetter(tailed, one) ? tailed : one;
}

/** Step of the derivative with respect to the logarithm of a noise. */
const difference = 1e-4;

/** Whether the likelihood would rise with a separate noise at any level. */
function levelsDiffer(
  part: BinnedTrace,
  { telegraph, free }: Model,
  { scores }: Maximum,
  onEvaluation?: () => void,
): boolean {
  const walk = planWalk(telegraph, part, coarse);
  const evaluate = (noises: readonly number[]): Float64Array => {
    onEvaluation?.();
    return walk.likelihoods({ ...telegraph, noises }, scores.length);
  };
  const common = telegraph.levels.map(() => telegraph.noise);
  const here = evaluate(common);
  // the common noise is among the scores: all levels but one remain
  const moved = common
    .slice(1)
    .map((_, s) => evaluate(common.map((noise, i) => (i === s + 1 ? noise * Math.exp(difference) : noise))));
  const all = scores.map((row, block) =>
    Float64Array.from([...row, ...moved.map((there) => (there[block] - here[block]) / difference)]),
  );
  const gradient = all.reduce((sum, row) => sum.map((value, i) => value + row[i]));
  const column = Matrix.columnVector(Array.from(gradient));
  const statistic = column
    .transpose()
    .mmul(covarianceFrom(outerProducts(all), free))
    .mmul(column)
    .get(0, 0);
  return chiSquaredSurvival(statistic, moved.length) < improbable;
}

function hasOutliers(part: BinnedTrace, telegraph: Telegraph): boolean {
  const few = stretch(part, 0, Math.min(part.bins.length, mostRanks));
  const { pValue, excess } = shapeOfRanks(planWalk(telegraph, few).ranks(telegraph));
  return pValue < improbable && excess > 0;
}
