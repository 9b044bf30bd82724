import { quantilesOf } from "../../numerics/quantiles.ts";
import { averaged } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";
import { fitMixture } from "./mixture.ts";
import type { Telegraph } from "./telegraph.ts";

/**
 * Starting point of the maximization: levels and occupations from the histogram, noise from differences of neighbours,
 * rates from the decay of the autocovariance. Throws TraceError if no second level can be seen.
 */
export function startingPoint(
  values: Float64Array,
  sampleTime: number,
  count: number,
  pole: number | null,
): Telegraph {
  const covariance = autocovariance(values);
  const { slow, lags, decay } = correlationTime(covariance, values.length);
  if (!slow)
    throw new TraceError(
      "no second level is seen: samples next to each other are uncorrelated, so the signal is constant but for white noise, or switches much faster than it is sampled",
    );
  const noise = Math.max(neighbourNoise(values), 1e-6 * Math.sqrt(covariance[0]));
  // averages over a small part of a dwell separate the levels better
  const smooth = averaged(values, Math.max(1, Math.floor(lags / 8)));
  const mixture = fitMixture(smooth, count);
  const shares = mixture.shares.map((share) => Math.min(0.98, Math.max(0.02, share)));
  const rate = 1 / (decay * sampleTime);
  const rates = shares.map((share, from) =>
    shares.map((other, to) =>
      from === to ? 0 : (rate * other) / (count === 2 ? 1 : (1 - share) * (count - 1)),
    ),
  );
  return { levels: isSlow(pole, sampleTime) ? outermost(smooth, count) : mixture.levels, rates, noise, pole };
}

const isSlow = (pole: number | null, sampleTime: number): boolean => pole !== null && pole * sampleTime < 1;

/** A slow pole fills the histogram between the levels, so that its ends show the levels better than its peaks. */
function outermost(values: Float64Array, count: number): number[] {
  const [low, high] = [0.01, 0.99].map(quantilesOf(values));
  return Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** At lags 0, 1, 2, 3, 4, 6, 8 …: [lag] = covariance; holes are undefined. */
function autocovariance(values: Float64Array): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const found: number[] = [];
  for (let lag = 0; lag < values.length / 8; lag = lag < 4 ? lag + 1 : Math.ceil(lag * 1.15)) {
    let sum = 0;
    for (let i = lag; i < values.length; i++) sum += (values[i] - mean) * (values[i - lag] - mean);
    found[lag] = sum / (values.length - lag);
  }
  return found;
}

/** Lag at which the correlation has fallen by two thirds, and its exponential decay time, in samples. */
function correlationTime(
  covariance: readonly number[],
  length: number,
): { slow: boolean; lags: number; decay: number } {
  const floor = (4 * covariance[0]) / Math.sqrt(length);
  if (!(covariance[1] > floor)) return { slow: false, lags: 0, decay: 0 };
  const points = covariance.flatMap((value, lag) => (lag > 0 && value > 0 ? [{ lag, value }] : []));
  const below = (share: number) =>
    points.find(({ value, lag }) => value < share * covariance[1] && lag > 1) ?? points[points.length - 1];
  const [near, far] = [below(0.75), below(0.33)];
  const decay =
    far.lag > near.lag && far.value < near.value
      ? (far.lag - near.lag) / Math.log(near.value / far.value)
      : far.lag;
  return { slow: true, lags: far.lag, decay: Math.max(0.5, decay) };
}

/** Standard deviation of white noise from the middle of |z_{n+1} − z_n|: jumps are few and do not affect it. */
export function neighbourNoise(values: Float64Array): number {
  const stride = Math.max(1, Math.floor(values.length / 50_000));
  const steps: number[] = [];
  for (let i = 1; i < values.length; i += stride) steps.push(Math.abs(values[i] - values[i - 1]));
  return quantilesOf(steps)(0.5) / (0.674489750196082 * Math.SQRT2);
}
