import { oncePer } from "../numerics/once-per.ts";
import { inverseEven, nextPowerOfTwo, powerTransform } from "./fourier.ts";
import type { NumericArray } from "./numeric-array.ts";
import { total } from "./numeric-array.ts";
import type { WindowName } from "./window.ts";
import { windowWeights } from "./window.ts";

export interface SpectrumOptions {
  /** Time between samples (s). */
  readonly sampleInterval: number;
  /** Samples per transform, a power of two; default the largest that fits the record. */
  readonly segmentLength?: number;
  /** Default "hann". */
  readonly window?: WindowName;
  /** Share of a segment that the next one repeats; default ½ for hann, 0 for rectangular. */
  readonly overlap?: number;
  /** What is subtracted: a known mean (the exact one, for comparisons), or by default the mean of all records. */
  readonly mean?: number | undefined;
}

export interface Spectrum {
  /** Hz, 0 to half the sampling rate. */
  readonly frequencies: Float64Array;
  /** One-sided, unit²/Hz: its integral over frequency is the variance. */
  readonly oneSidedPower: Float64Array;
  /**
   * Standard error of oneSidedPower from the spread between records; with fewer than `fewestScattered` records at least
   * that of a Gaussian signal, power/√segments.
   */
  readonly standardError: Float64Array;
  /** One-sided power of each record; rows are independent if the records are. */
  readonly perRecord: readonly Float64Array[];
}

/** Fewest records whose scatter gives an error: the scatter of two is ten times too small in one case of 13. */
export const fewestScattered = 10;

/**
 * Welch's estimate of the power spectral density from equally sampled records, averaged over segments and records.
 * Normalization 2δ|Σ w x e^{−2πifn}|²/Σw², without the factor 2 at 0 and at the Nyquist frequency. Throws on an empty
 * set, records of unequal length, or a segment that is no power of two or does not fit.
 * P. D. Welch, IEEE Trans. Audio Electroacoust. 15 (1967) 70.
 */
export function powerSpectrum(records: readonly NumericArray[], options: SpectrumOptions): Spectrum {
  const length = records[0]?.length ?? 0;
  if (length < 2) throw new RangeError("a spectrum needs records of at least two samples");
  if (records.some((record) => record.length !== length)) throw new RangeError("records differ in length");
  const segment = options.segmentLength ?? 2 ** Math.floor(Math.log2(length));
  if (segment < 2 || segment > length || !Number.isInteger(Math.log2(segment)))
    throw new RangeError(`segmentLength must be a power of two from 2 to ${length}, got ${segment}`);
  const window = options.window ?? "hann";
  const weights = windowWeights(window, segment);
  const shift = Math.max(1, Math.round(segment * (1 - (options.overlap ?? (window === "hann" ? 0.5 : 0)))));
  const mean = options.mean ?? records.reduce((sum, r) => sum + total(r), 0) / (length * records.length);
  const transform = powerTransform(segment);
  const segments = 1 + Math.floor((length - segment) / shift);
  const perRecord = records.map((record) => {
    const power = new Float64Array(segment / 2 + 1);
    for (let s = 0; s < segments; s++) {
      const piece = weights.map((w, i) => w * (record[s * shift + i] - mean));
      transform(piece).forEach((p, k) => {
        power[k] += (p * oneSided(k, segment, options.sampleInterval, weights)) / segments;
      });
    }
    return power;
  });
  const oneSidedPower = averageRows(perRecord);
  const standardError = oneSidedPower.map((p, k) => {
    const gaussian = p / Math.sqrt(segments * perRecord.length);
    if (perRecord.length < 2) return gaussian;
    const squares = perRecord.reduce((sum, row) => sum + (row[k] - p) ** 2, 0);
    const scatter = Math.sqrt(squares / (perRecord.length - 1) / perRecord.length);
    return perRecord.length < fewestScattered ? Math.max(scatter, gaussian) : scatter;
  });
  const frequencies = oneSidedPower.map((_, k) => k / (segment * options.sampleInterval));
  return { frequencies, oneSidedPower, standardError, perRecord };
}

const squareSum = oncePer((weights: Float64Array): number => weights.reduce((sum, w) => sum + w * w, 0));

/** Factors that turn |X_k|² into one-sided power per Hz. */
function oneSided(k: number, length: number, sampleInterval: number, weights: Float64Array): number {
  return ((k === 0 || 2 * k === length ? 1 : 2) * sampleInterval) / squareSum(weights);
}

const averageRows = (rows: readonly Float64Array[]): Float64Array =>
  rows[0].map((_, k) => rows.reduce((sum, row) => sum + row[k], 0) / rows.length);

/**
 * Expectation of `powerSpectrum` for a process of known mean with autocovariance C(jδ), j = 0 … segmentLength − 1. It
 * includes window leakage and aliasing, so records need not be long. Same frequencies and normalization.
 */
export function expectedSpectrum(
  autocovariance: NumericArray,
  segmentLength: number,
  sampleInterval: number,
  window: WindowName = "hann",
): Float64Array {
  if (autocovariance.length < segmentLength)
    throw new RangeError(`autocovariance needs ${segmentLength} lags, got ${autocovariance.length}`);
  const weights = windowWeights(window, segmentLength);
  const overlaps = inverseEven(powerTransform(2 * segmentLength)(weights));
  // E|X_k|² = Σ_{|j|<n} C(j) W(j) e^{−2πijk/n}, W(j) = Σ w_i w_{i+j}: folded to one transform of length n.
  const folded = new Float64Array(segmentLength);
  for (let j = 0; j < segmentLength; j++) {
    folded[j] += autocovariance[j] * overlaps[j];
    if (j > 0) folded[segmentLength - j] += autocovariance[j] * overlaps[j];
  }
  const half = inverseEven(folded.subarray(0, segmentLength / 2 + 1));
  return half.map((p, k) => p * segmentLength * oneSided(k, segmentLength, sampleInterval, weights));
}

export interface Autocorrelation {
  /** Lags in the unit of the sample interval. */
  readonly times: Float64Array;
  /** ⟨(x_0 − mean)(x_t − mean)⟩, not divided by the variance. */
  readonly value: Float64Array;
  /** From the spread between records; NaN with one record. */
  readonly standardError: Float64Array;
}

/**
 * The autocovariance at lags 0 … lags, averaged over records; each lag divided by its own number of pairs (no bias when the
 * mean is the exact one; with an estimated mean the bias is about −2τ σ²/T).
 */
export function autocorrelation(
  records: readonly NumericArray[],
  options: { readonly sampleInterval: number; readonly lags: number; readonly mean?: number },
): Autocorrelation {
  const length = records[0]?.length ?? 0;
  const lags = Math.min(options.lags, length - 1);
  if (!(lags >= 0)) throw new RangeError("an autocorrelation needs records");
  const mean = options.mean ?? records.reduce((sum, r) => sum + total(r), 0) / (length * records.length);
  const transform = powerTransform(nextPowerOfTwo(length + lags + 1));
  const rows = records.map((record) => {
    const products = inverseEven(transform(Float64Array.from(record, (x) => x - mean)));
    return products.slice(0, lags + 1).map((sum, j) => sum / (length - j));
  });
  const value = averageRows(rows);
  return {
    times: value.map((_, j) => j * options.sampleInterval),
    value,
    standardError: value.map((v, j) =>
      Math.sqrt(rows.reduce((sum, row) => sum + (row[j] - v) ** 2, 0) / (rows.length - 1) / rows.length),
    ),
  };
}
