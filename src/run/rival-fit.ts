import { chiSquaredSurvival } from "../statistics/chi-squared-distribution.ts";
import type { ExperimentFit } from "./fit.ts";

/** A second model of the same data. */
export interface RivalFit {
  readonly names: readonly string[];
  readonly values: readonly number[];
  readonly outcome: string;
  readonly chiSquared: number | null;
  readonly degreesOfFreedom: number;
  /** Chi-squared of the model with fewer free parameters less that of the other. */
  readonly likelihoodRatio: number | null;
  /**
   * Probability of so large a ratio if the smaller model were true and nested in the larger. Null if both have equally
   * many free parameters, since then no such test exists.
   */
  readonly pValue: number | null;
  /** Akaike's criterion, rival less model: positive speaks for the model. */
  readonly akaikeDifference: number | null;
  readonly verdict: string;
}

/** Probability below which the smaller model is rejected. */
const rejected = 0.001;

/** Likelihood ratio of two models of the same data with known errors. S. S. Wilks, Ann. Math. Stat. 9 (1938) 60. */
export function compareFits(model: ExperimentFit, rival: ExperimentFit): RivalFit {
  const { names, values, outcome, degreesOfFreedom } = rival;
  const shared = { names, values, outcome, degreesOfFreedom };
  if (!Number.isFinite(rival.chiSquared) || !Number.isFinite(model.chiSquared))
    return {
      ...shared,
      chiSquared: null,
      likelihoodRatio: null,
      pValue: null,
      akaikeDifference: null,
      verdict: `no comparison: ${rival.reason ?? model.reason ?? "a fit failed"}`,
    };
  const extra = rival.degreesOfFreedom - model.degreesOfFreedom;
  const likelihoodRatio = (extra < 0 ? -1 : 1) * (rival.chiSquared - model.chiSquared);
  const akaikeDifference = rival.chiSquared - model.chiSquared - 2 * extra;
  const pValue = extra === 0 ? null : chiSquaredSurvival(Math.max(0, likelihoodRatio), Math.abs(extra));
  const smaller = extra > 0 ? "rival" : "model";
  const verdict =
    pValue === null
      ? `model and rival have as many free parameters: Akaike's criterion is ${akaikeDifference.toFixed(1)} higher for the rival`
      : `likelihood ratio ${likelihoodRatio.toPrecision(4)} for ${Math.abs(extra)} more parameters, p = ${pValue.toPrecision(3)}: the ${smaller}, which has fewer, is ${pValue < rejected ? "rejected" : "not rejected"} if it is part of the other`;
  return { ...shared, chiSquared: rival.chiSquared, likelihoodRatio, pValue, akaikeDifference, verdict };
}
