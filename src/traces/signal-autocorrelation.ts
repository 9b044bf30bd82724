import { autocorrelation } from "../statistics/spectrum.ts";
import type { Estimated } from "./hidden-markov/estimate.ts";
import type { Telegraph } from "./hidden-markov/telegraph.ts";
import { exchangeRate, occupations } from "./hidden-markov/telegraph.ts";
import type { StepResponse } from "./instrument/step-response.ts";
import { respondedAt } from "./instrument/step-response.ts";
import type { Stretches } from "./stretches.ts";
import { averaged, longestPiece } from "./stretches.ts";

/** Autocovariance of a signal at lags > 0 (s), in its unit squared. */
export interface SignalAutocorrelation {
  readonly lags: readonly number[];
  readonly value: readonly number[];
  /** Standard error from the scatter of twenty parts of the trace. */
  readonly standardError: readonly number[];
  /**
   * Autocovariance of the fitted telegraph signal behind its pole; null with more than two levels, or if coloured noise
   * adds to it.
   */
  readonly fitted: readonly number[] | null;
}

const parts = 20;
/** Most values that are read, and lags per correlation time. */
const mostValues = 1 << 21;
const lagsPerTime = 20;
/** Longest lag in correlation times. */
const reach = 5;

/**
 * The autocovariance up to five correlation times, from means of samples if the lags are long; white noise does not
 * contribute.
 */
export function signalAutocorrelation(
  trace: Stretches,
  sampleTime: number,
  { telegraph, instrument }: Pick<Estimated, "telegraph" | "instrument">,
): SignalAutocorrelation {
  const rate = exchangeRate(telegraph);
  const width = Math.max(1, Math.floor(1 / (rate * lagsPerTime * sampleTime)));
  const spacing = width * sampleTime;
  const values = averaged(longestPiece(trace), width).subarray(0, mostValues);
  const length = Math.floor(values.length / parts);
  const lags = Math.min(Math.ceil(reach / (rate * spacing)), length >> 1);
  const records = Array.from({ length: parts }, (_, p) => values.subarray(p * length, (p + 1) * length));
  const found = autocorrelation(records, { sampleInterval: spacing, lags });
  const times = Array.from(found.times.subarray(1));
  return {
    lags: times,
    value: Array.from(found.value.subarray(1)),
    standardError: Array.from(found.standardError.subarray(1)),
    fitted:
      telegraph.levels.length === 2 && !instrument?.noise
        ? times.map(covarianceOf(telegraph, instrument?.response ?? null, rate))
        : null,
  };
}

/**
 * Of two levels behind a pole p: V p (p e^{−kt} − k e^{−pt})/(p² − k²) with the rates' sum k and the variance V of the levels; without a
 * pole V e^{−kt}.
 */
function covarianceOf(telegraph: Telegraph, response: StepResponse | null, k: number): (t: number) => number {
  const [low, high] = telegraph.levels;
  const [down, up] = occupations(telegraph);
  const variance = down * up * (high - low) ** 2;
  if (response) return behind(response, variance, k);
  const { pole } = telegraph;
  if (pole === null) return (t) => variance * Math.exp(-k * t);
  // at p = k both terms meet
  const p = Math.abs(pole / k - 1) < 1e-6 ? k * (1 + 1e-6) : pole;
  return (t) => (variance * p * (p * Math.exp(-k * t) - k * Math.exp(-p * t))) / (p * p - k * k);
}

/** Number of intervals in the sum over a response. */
const intervals = 400;

/** V Σ_l r_l e^{−k|t − l δ|}, r the autocorrelation of the rises of the response in intervals δ. */
function behind(response: StepResponse, variance: number, k: number): (t: number) => number {
  const width = response.times[response.times.length - 1] / intervals;
  const rises = Array.from(
    { length: intervals },
    (_, j) => respondedAt(response, (j + 1) * width) - respondedAt(response, j * width),
  );
  const pairs = Array.from({ length: intervals }, (_, lag) =>
    rises.slice(lag).reduce((sum, rise, j) => sum + rise * rises[j], 0),
  );
  return (t) =>
    variance *
    pairs.reduce(
      (sum, pair, lag) =>
        sum +
        pair *
          (Math.exp(-k * Math.abs(t - lag * width)) +
            (lag === 0 ? 0 : Math.exp(-k * Math.abs(t + lag * width)))),
      0,
    );
}
