import { Matrix } from "ml-matrix";
import { stretch } from "./binned.ts";
import type { Estimated } from "./estimate.ts";
import { planGrid } from "./flow-grid.ts";
import { covarianceFrom, slopes } from "./maximize.ts";
import { rateCount } from "./parameters.ts";
import { planWalk } from "./trace-walk.ts";

/** Part of a trace that is read twice, and bounds of its length: the shift is common to all samples, so few suffice. */
const share = 0.05;
const [fewest, most] = [3000, 20_000];
/**
 * Points half as far apart give three quarters of the total shift, because the error falls as the square of the
 * distance.
 */
const toTheEnd = 4 / 3;
/** Relative error of the shift, for the scatter of its part of the trace and for higher orders. */
const unsure = 0.3;

/**
 * Shift of the levels by the finite spacing of the points of a pole's output, relative to the maximum of the likelihood
 * with finer points, in the unit of the signal, with its error. It comes from the slopes of both likelihoods on one
 * part of the trace, in which the noise cancels. Null without such points.
 */
export function gridShift(
  {
    telegraph,
    free,
    trace,
    instrument,
    maximum,
  }: Pick<Estimated, "telegraph" | "free" | "trace" | "instrument" | "maximum">,
  onEvaluation?: (() => void) | undefined,
): { readonly levels: readonly number[]; readonly standardErrors: readonly number[] } | null {
  if (instrument || planGrid(telegraph, trace.sampleTime).reach === 0) return null;
  const { length } = trace.bins;
  const size = Math.min(length, most, Math.max(fewest, Math.ceil(share * length)));
  const part = stretch(trace, (length - size) >> 1, ((length - size) >> 1) + size);
  const [coarse, fine] = [1, 0.5].map((fineness) => {
    const walk = planWalk(telegraph, part, fineness);
    const evaluate = (of: typeof telegraph): Float64Array => {
      onEvaluation?.();
      return walk.likelihoods(of, 1);
    };
    return slopes(telegraph, free, evaluate(telegraph), evaluate).scores[0];
  });
  const covariance = Matrix.mul(covarianceFrom(maximum.information, free), length / size);
  const moves = covariance.mmul(Matrix.columnVector(Array.from(fine, (slope, i) => slope - coarse[i])));
  const first = rateCount(free);
  const levels = telegraph.levels.map((_, s) => toTheEnd * moves.get(first + s, 0));
  return { levels, standardErrors: levels.map((shift) => Math.abs(unsure * shift)) };
}
