import type { Stretches } from "../stretches.ts";
import { pieces } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";

/** Colour of an instrument's noise: noise_n + Σ coefficients[k]·noise_{n−1−k} is white. */
export interface ColouredNoise {
  readonly name: string;
  readonly coefficients: readonly number[];
  /** Variance of the noise over that of its white innovations. */
  readonly gain: number;
}

const longest = 32;

/** Autoregressive models of order 0, 1 … to an autocovariance. N. Levinson, J. Math. Phys. 25 (1946) 261. */
function* levinson(covariance: readonly number[]): Generator<{ coefficients: number[]; innovation: number }> {
  let coefficients: number[] = [];
  let innovation = covariance[0];
  yield { coefficients, innovation };
  for (let order = 1; order < covariance.length; order++) {
    const miss = coefficients.reduce((sum, a, k) => sum + a * covariance[order - 1 - k], covariance[order]);
    const reflection = -miss / innovation;
    const before = coefficients;
    coefficients = [...before.map((a, k) => a + reflection * before[before.length - 1 - k]), reflection];
    innovation *= 1 - reflection * reflection;
    if (!(innovation > 0)) return;
    yield { coefficients, innovation };
  }
}

/** The order with the smallest criterion of Akaike, for a covariance estimated from so many samples. */
function modelOf(name: string, covariance: readonly number[], samples: number): ColouredNoise {
  let best: { coefficients: number[]; innovation: number } | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const model of levinson(covariance)) {
    const criterion = samples * Math.log(model.innovation) + 2 * model.coefficients.length;
    if (criterion < least) [best, least] = [model, criterion];
  }
  if (!best) throw new TraceError(`${name}: the noise is constant`);
  return {
    name,
    coefficients: best.coefficients,
    gain: covariance[0] / best.innovation,
  };
}

/** Noise model from a trace of the instrument without a signal, with the same time between samples as the signal. */
export function noiseOfIdleTrace(name: string, trace: Stretches): ColouredNoise {
  const { length } = trace.values;
  if (length < 40 * longest)
    throw new TraceError(
      `${name}: ${length} samples are too few for the spectrum of the noise, at least ${40 * longest} are needed`,
    );
  const mean = trace.values.reduce((sum, value) => sum + value, 0) / length;
  const sums = new Array<number>(longest + 1).fill(0);
  for (const piece of pieces(trace))
    for (let lag = 0; lag <= longest; lag++)
      for (let i = lag; i < piece.length; i++) sums[lag] += (piece[i] - mean) * (piece[i - lag] - mean);
  return modelOf(
    name,
    sums.map((sum) => sum / length),
    length,
  );
}

/** Number of points in the integration of a spectrum. */
const points = 8192;

/**
 * Noise model from a one-sided spectrum (any unit of power over frequency, at ascending frequencies in Hz) that reaches
 * half the sampling rate. Below its first frequency it is taken as constant, between two frequencies as linear.
 */
export function noiseOfSpectrum(
  name: string,
  frequencies: readonly number[],
  power: readonly number[],
  sampleTime: number,
): ColouredNoise {
  const nyquist = 0.5 / sampleTime;
  const last = frequencies[frequencies.length - 1];
  if (!(last >= 0.98 * nyquist))
    throw new TraceError(
      `${name}: the spectrum ends at ${Number(last.toPrecision(4))} Hz, but the trace holds noise up to half its sampling rate, ${Number(nyquist.toPrecision(4))} Hz`,
    );
  const isAscending = frequencies.every((f, i) => f >= 0 && (i === 0 || f > frequencies[i - 1]));
  if (!isAscending) throw new TraceError(`${name}: the frequencies of a spectrum must be ≥ 0 and ascend`);
  if (power.some((value) => !(value >= 0)))
    throw new TraceError(`${name}: a power spectrum must be ≥ 0; decibels cannot be read`);
  const covariance = new Array<number>(longest + 1).fill(0);
  let at = 0;
  for (let i = 0; i < points; i++) {
    const f = (nyquist * (i + 0.5)) / points;
    while (at < frequencies.length - 1 && frequencies[at + 1] < f) at++;
    const [a, b] = [frequencies[at], frequencies[at + 1]];
    const u = b === undefined ? 0 : Math.min(1, Math.max(0, (f - a) / (b - a)));
    const value = power[at] + (u > 0 ? u * (power[at + 1] - power[at]) : 0);
    for (let lag = 0; lag <= longest; lag++)
      covariance[lag] += value * Math.cos((Math.PI * lag * (i + 0.5)) / points);
  }
  // a measured spectrum has errors like those from a trace of some thousand samples
  return modelOf(name, covariance, 40 * longest);
}

/** The trace with whitened noise; every stretch loses as many samples as there are coefficients. */
export function whitened(trace: Stretches, { coefficients }: ColouredNoise): Stretches {
  const order = coefficients.length;
  const parts = pieces(trace).filter((piece) => piece.length > order);
  const values = new Float64Array(parts.reduce((sum, { length }) => sum + length - order, 0));
  const breaks: number[] = [];
  let at = 0;
  for (const piece of parts) {
    if (at > 0) breaks.push(at);
    for (let i = order; i < piece.length; i++) {
      let sum = piece[i];
      for (let k = 0; k < order; k++) sum += coefficients[k] * piece[i - 1 - k];
      values[at++] = sum;
    }
  }
  return { values, breaks };
}
