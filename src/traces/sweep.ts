import { fitLine } from "../statistics/weighted-line.ts";

/** Dwell times at one value of the swept parameter. Times in s. */
export interface SweepPoint {
  readonly value: number;
  readonly tauUp: number;
  readonly tauUpError: number;
  readonly tauDown: number;
  readonly tauDownError: number;
  /** ln(τ up/τ down), which is ln of the ratio of occupations. */
  readonly lnRatio: number;
  readonly lnRatioError: number;
  readonly occupationUp: number;
}

/** Mean dwell times (s) with standard errors, and the correlation of their logarithms. */
export interface MeasuredDwells {
  readonly up: { readonly mean: number; readonly standardError: number };
  readonly down: { readonly mean: number; readonly standardError: number };
  readonly correlation: number;
}

export interface TraceSweep {
  readonly points: readonly SweepPoint[];
  /**
   * The occupation as a sigmoid 1/(1 + exp(−slope·(x − midpoint))): a straight line through ln(τ up/τ down). Null with
   * fewer than two different values; pValue null with two.
   */
  readonly sigmoid: {
    readonly midpoint: number;
    readonly midpointError: number;
    readonly slope: number;
    readonly slopeError: number;
    /** Probability of a larger chi-squared if it were a sigmoid. */
    readonly pValue: number | null;
  } | null;
}

/** Dwell times and occupation over a sweep, with the correlation of errors within a trace. */
export function sweepOf(
  traces: readonly { readonly value: number; readonly dwell: MeasuredDwells }[],
): TraceSweep {
  const points = traces
    .map(({ value, dwell }): SweepPoint => {
      const [up, down] = [dwell.up.standardError / dwell.up.mean, dwell.down.standardError / dwell.down.mean];
      return {
        value,
        tauUp: dwell.up.mean,
        tauUpError: dwell.up.standardError,
        tauDown: dwell.down.mean,
        tauDownError: dwell.down.standardError,
        lnRatio: Math.log(dwell.up.mean / dwell.down.mean),
        lnRatioError: Math.sqrt(up * up + down * down - 2 * dwell.correlation * up * down),
        occupationUp: dwell.up.mean / (dwell.up.mean + dwell.down.mean),
      };
    })
    .sort((a, b) => a.value - b.value);
  const line = fitLine(
    points.map(({ value }) => value),
    points.map(({ lnRatio }) => lnRatio),
    points.map(({ lnRatioError }) => lnRatioError),
  );
  if (line === null) return { points, sigmoid: null };
  const { slope, intercept, covariance } = line;
  const midpoint = -intercept.value / slope.value;
  // error of the quotient, to first order
  const variance =
    intercept.standardError ** 2 + midpoint ** 2 * slope.standardError ** 2 + 2 * midpoint * covariance;
  return {
    points,
    sigmoid: {
      midpoint,
      midpointError: Math.sqrt(variance) / Math.abs(slope.value),
      slope: slope.value,
      slopeError: slope.standardError,
      pValue: line.pValue,
    },
  };
}
