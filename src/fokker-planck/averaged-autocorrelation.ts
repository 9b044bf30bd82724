import type { Expression } from "../expression/expression.ts";
import type { ExactAutocorrelation } from "./autocorrelation.ts";
import { autocorrelation } from "./autocorrelation.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Prediction } from "./predict.ts";

/** Errors of covariances relative to the typical variance: the target, and the error that is enough. */
const accuracy = { of: "absolute", wanted: 1e-6, enough: 1e-4 } as const;
const largestError = 1e-2;
/** Index of the correlation time's integral among the figures of a member. */
const ofIntegral = 2;
const endless = "the means of the spins differ, so that their correlations never end";
const unsettled = "its average over the spreads is not settled";
/** A variance between spins below this share of the whole counts as zero. */
const noOffset = 1e-9;

/**
 * Autocovariance of a spin drawn at random from an ensemble of spins that differ: the mean of theirs, plus the variance of their means,
 * which stays at all lags. If the latter exceeds rounding, the correlation time is infinite and returned as null. It is also null, alone,
 * if its average did not settle.
 */
export function averagedAutocorrelation(
  prediction: Prediction,
  of: Expression,
  lags: readonly number[],
): Exact<
  Omit<ExactAutocorrelation, "correlationTime" | "errors"> & {
    readonly correlationTime: number | null;
    readonly correlationTimeReason?: string;
  }
> {
  const typical = autocorrelation(prediction.typical.solution, prediction.typical.at(of), lags);
  if (typical.value === null) return typical;
  const { mean: centre, variance: unit } = typical.value;
  const found = prediction.average(
    "the spectrum",
    (member) => {
      const own = autocorrelation(member.solution, member.at(of), lags);
      if (own.value === null) return own;
      const { mean, variance, covariance, correlationTime, errors } = own.value;
      const offset = (mean - centre) / Math.sqrt(unit);
      const ofOffset = errors.mean / Math.sqrt(unit);
      const scale = 1 / (unit * typical.value.correlationTime);
      return {
        value: [
          offset,
          offset * offset,
          variance * correlationTime * scale,
          variance / unit,
          ...covariance.map((c) => c / unit),
        ],
        errors: [
          ofOffset,
          (2 * Math.abs(offset) + ofOffset) * ofOffset,
          (errors.variance * correlationTime + variance * errors.correlationTime) * scale,
          errors.variance / unit,
          ...errors.covariance.map((e) => e / unit),
        ],
      };
    },
    accuracy,
    [of],
  );
  if (found.value === null) return found;
  const { values, errors, points } = found.value;
  const error = errors.reduce((most, e, i) => (i === ofIntegral ? most : Math.max(most, e)), 0);
  if (!(error <= largestError))
    return outOfReach(
      `the average of the spectrum over the spreads, from ${points.length} solutions, has an error of ${(100 * error).toPrecision(2)} % of the variance`,
    );
  const [offset, squared, integral, own] = values;
  const between = Math.max(0, squared - offset * offset);
  const variance = unit * (own + between);
  const isEndless = between > noOffset * own;
  const isSettled = errors[ofIntegral] <= largestError;
  return exactly(
    {
      mean: centre + offset * Math.sqrt(unit),
      variance,
      covariance: Array.from(values.subarray(4), (c) => unit * (c + between)),
      correlationTime: !isEndless && isSettled ? (integral * typical.value.correlationTime) / own : null,
      ...(isEndless
        ? { correlationTimeReason: endless }
        : isSettled
          ? {}
          : { correlationTimeReason: unsettled }),
    },
    isEndless || !isSettled ? error : Math.max(error, errors[ofIntegral]),
  );
}
