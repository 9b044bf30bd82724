import { Matrix } from "ml-matrix";
import { twoSided } from "../../statistics/normal.ts";
import type { StepResponse } from "../instrument/step-response.ts";
import { answerOf } from "./answer.ts";
import type { Estimated } from "./estimate.ts";
import { followedLikelihoods } from "./followed.ts";
import { planHistories } from "./history-plan.ts";
import { covarianceFrom } from "./maximize.ts";

/** Estimated stretch of the given response. */
export interface StretchedResponse {
  /** Two-sided p-value of the given response. */
  readonly pValue: number;
  /** Factor of its times, by one step of Newton's method. */
  readonly factor: number;
}

/** Step of the derivative, relative to the times of the response. */
const difference = 0.02;

const stretched = (response: StepResponse, factor: number): StepResponse => ({
  ...response,
  times: response.times.map((time) => time * factor),
});

/**
 * Tests whether the trace shows a slower or faster response than given: score test of one parameter that stretches its
 * times, with the others free. It is sensitive to errors near jumps only, for which the ranks of samples have little
 * power. C. R. Rao, Proc. Camb. Phil. Soc. 44 (1948) 50. Null if no response was given.
 */
export function stretchedResponse(
  {
    trace,
    averaging,
    telegraph,
    free,
    instrument,
    maximum,
  }: Pick<Estimated, "trace" | "averaging" | "telegraph" | "free" | "instrument" | "maximum">,
  onEvaluation?: () => void,
): StretchedResponse | null {
  const { answer } = trace;
  const response = instrument?.response;
  if (!response || !answer) return null;
  const plan = planHistories(telegraph, answer);
  const [slower, faster] = [1 + difference, 1 - difference].map((factor) => {
    onEvaluation?.();
    const as = answerOf(
      stretched(response, factor),
      instrument.noise?.coefficients ?? [],
      trace.sampleTime / averaging,
      averaging,
    );
    return followedLikelihoods(telegraph, as, plan, trace, maximum.scores.length);
  });
  const scores = slower.map((value, block) => (value - faster[block]) / (2 * difference));
  const count = maximum.scores[0].length;
  const both = Matrix.zeros(count, 1);
  const gradient = Matrix.zeros(count, 1);
  maximum.scores.forEach((row, block) => {
    row.forEach((score, k) => {
      both.set(k, 0, both.get(k, 0) + score * scores[block]);
      gradient.set(k, 0, gradient.get(k, 0) + score);
    });
  });
  // minus the part that the other parameters would absorb
  const weights = covarianceFrom(maximum.information, free).mmul(both).transpose();
  const score = scores.reduce((sum, value) => sum + value, 0) - weights.mmul(gradient).get(0, 0);
  const variance = scores.reduce((sum, value) => sum + value * value, 0) - weights.mmul(both).get(0, 0);
  if (!(variance > 0)) return null;
  return { pValue: twoSided(score / Math.sqrt(variance)), factor: Math.exp(score / variance) };
}
