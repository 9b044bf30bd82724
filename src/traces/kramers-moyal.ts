import { inverse, Matrix } from "ml-matrix";
import { quantilesOf } from "../numerics/quantiles.ts";
import type { Stretches } from "./stretches.ts";
import { pieces } from "./stretches.ts";

/** Drift and diffusion of a signal as functions of its value, in its unit and seconds. */
export interface KramersMoyal {
  /** Centres of the bins with enough samples. */
  readonly values: readonly number[];
  /** lim ⟨x(t+τ) − x(t)⟩/τ given x(t), unit/s, with standard errors. */
  readonly drift: readonly number[];
  readonly driftError: readonly number[];
  /** lim ⟨(x(t+τ) − x(t))²⟩/2τ given x(t), unit²/s, with standard errors. */
  readonly diffusion: readonly number[];
  readonly diffusionError: readonly number[];
  /** Lags τ (s) for the extrapolation. */
  readonly lags: readonly number[];
}

const bins = 40;
const lagCount = 6;
const blocks = 20;
/** Most samples that are read. */
const mostSamples = 1 << 22;
/** Fewest samples of a bin in every block. */
const leastVisits = 10;

interface Sums {
  /** [block][bin] */
  readonly visits: Float64Array;
  /** [block][bin][lag]: of the increments and of their squares */
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/**
 * Kramers–Moyal coefficients D1 and D2, extrapolated to zero lag: conditional moments of the increments at several
 * lags, fitted by c0 + c1 τ + c2 τ². White noise of the measurement adds a constant at any lag, so c1 is the
 * coefficient with or without it (F. Böttcher et al., Phys. Rev. Lett. 97 (2006) 090603). `scale` (s) is a time in
 * which the signal changes strongly; the longest lag is a third of it. Errors come from a jackknife over twenty parts
 * of the trace. For a signal that jumps, D2 at a level is half the rate of jumps times the square of the step.
 */
export function kramersMoyal(trace: Stretches, sampleTime: number, scale: number): KramersMoyal {
  const stride = Math.max(1, Math.floor(scale / (3 * lagCount * sampleTime)));
  const lags = Array.from({ length: lagCount }, (_, k) => (k + 1) * stride);
  const parts = pieces(trace);
  const share = Math.min(1, mostSamples / trace.values.length);
  const used = parts.map((part) => part.subarray(0, Math.floor(part.length * share)));
  const [low, high] = rangeOf(trace.values);
  const sums = gather(used, lags, low, high);
  const times = lags.map((lag) => lag * sampleTime);
  const slope = slopeWeights(times);
  const all = Array.from({ length: blocks }, (_, b) => b);
  const shown = Array.from({ length: bins }, (_, i) => i).filter((bin) =>
    all.every((b) => sums.visits[b * bins + bin] >= leastVisits),
  );
  const estimates = (of: Float64Array, bin: number, factor: number): { value: number; error: number } => {
    const without = all.map(
      (left) =>
        factor *
        slopeOf(
          sums.visits,
          of,
          bin,
          slope,
          all.filter((b) => b !== left),
        ),
    );
    const mean = without.reduce((sum, value) => sum + value, 0) / blocks;
    const scatter = without.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return {
      value: factor * slopeOf(sums.visits, of, bin, slope, all),
      error: Math.sqrt((scatter * (blocks - 1)) / blocks),
    };
  };
  const drift = shown.map((bin) => estimates(sums.first, bin, 1));
  const diffusion = shown.map((bin) => estimates(sums.second, bin, 0.5));
  return {
    values: shown.map((bin) => low + ((bin + 0.5) / bins) * (high - low)),
    drift: drift.map(({ value }) => value),
    driftError: drift.map(({ error }) => error),
    diffusion: diffusion.map(({ value }) => value),
    diffusionError: diffusion.map(({ error }) => error),
    lags: times,
  };
}

function rangeOf(values: Float64Array): [number, number] {
  const step = Math.max(1, Math.floor(values.length / 200_000));
  const at = quantilesOf(
    Float64Array.from({ length: Math.floor(values.length / step) }, (_, i) => values[i * step]),
  );
  return [at(0.001), at(0.999)];
}

function gather(parts: readonly Float64Array[], lags: readonly number[], low: number, high: number): Sums {
  const longest = lags[lags.length - 1];
  const total = parts.reduce((sum, part) => sum + Math.max(0, part.length - longest), 0);
  const sums = {
    visits: new Float64Array(blocks * bins),
    first: new Float64Array(blocks * bins * lagCount),
    second: new Float64Array(blocks * bins * lagCount),
  };
  let read = 0;
  for (const part of parts)
    for (let i = 0; i + longest < part.length; i++, read++) {
      const bin = Math.floor(((part[i] - low) / (high - low)) * bins);
      if (bin < 0 || bin >= bins) continue;
      const row = Math.floor((read / total) * blocks) * bins + bin;
      sums.visits[row]++;
      for (let k = 0; k < lagCount; k++) {
        const increment = part[i + lags[k]] - part[i];
        sums.first[row * lagCount + k] += increment;
        sums.second[row * lagCount + k] += increment * increment;
      }
    }
  return sums;
}

/** Weights of the moments at the lags that give the slope of a fitted parabola at zero lag. */
function slopeWeights(times: readonly number[]): number[] {
  // in units of the longest lag, so that the powers are of similar size
  const unit = times[times.length - 1];
  const design = new Matrix(times.map((time) => [1, time / unit, (time / unit) ** 2]));
  const solved = inverse(design.transpose().mmul(design)).mmul(design.transpose());
  return times.map((_, k) => solved.get(1, k) / unit);
}

function slopeOf(
  visits: Float64Array,
  of: Float64Array,
  bin: number,
  weights: readonly number[],
  from: readonly number[],
): number {
  let [count, sum] = [0, 0];
  for (const b of from) {
    count += visits[b * bins + bin];
    for (let k = 0; k < lagCount; k++) sum += weights[k] * of[(b * bins + bin) * lagCount + k];
  }
  return sum / count;
}
