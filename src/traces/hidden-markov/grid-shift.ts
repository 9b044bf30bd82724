import { Matrix } from "ml-matrix";
import { stretch } from "./binned.ts";
import type { Estimated } from "./estimate.ts";
import { planGrid } from "./flow-grid.ts";
import { covarianceFrom, slopes } from "./maximize.ts";
import { rateCount } from "./parameters.ts";
import { planWalk } from "./trace-walk.ts";

/** Part of a trace that is read twice, and bounds of it: the shift is common to all samples, and needs few of them. */
const share = 0.05;
const [fewest, most] = [3000, 20_000];
/** The shift by points half as far apart is three quarters of all: their error falls as the square of their distance. */
const toTheEnd = 4 / 3;
/** Of the shift, for what its part of the trace leaves unsure and for higher orders. */
const unsure = 0.3;

/**
 * How far the points of a pole's output hold the levels from where the likelihood of finer points has its top, in units of
 * the signal, and the error of that. From the slopes of both likelihoods on one part of the trace, whose noise cancels.
 * Null where there are no such points.
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
