import { binAround } from "../hidden-markov/binned.ts";
import { decodeMargin, expectedOutput } from "../hidden-markov/decode.ts";
import type { EstimateOptions, Rough } from "../hidden-markov/estimate.ts";
import { roughTelegraph } from "../hidden-markov/estimate.ts";
import { planGrid } from "../hidden-markov/flow-grid.ts";
import { prepare } from "../hidden-markov/likelihood.ts";
import { averagedStretches, longestPiece, middleOf, type PlacedStretches, pieces } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";
import { type Blocks, blocksOf, mapped } from "./blocks.ts";
import { driftAt, fitDrift, type SmoothDrift } from "./drift.ts";
import { fitHum, type Hum, humAmplitudes, humAt, mostHarmonics } from "./hum.ts";

export interface BaselineOptions {
  /** A line of this frequency (Hz) and its harmonics are removed. */
  readonly mains?: number | undefined;
  /** Changes of the baseline over this time (s) or slower are removed. */
  readonly drift?: number | undefined;
}

/** The removed baseline of a trace, in its unit. */
export interface Baseline {
  /** Amplitudes of the line and its harmonics, root mean square along the trace; null if not requested. */
  readonly mains: { readonly frequency: number; readonly amplitudes: readonly number[] } | null;
  /** The drift at some hundred times (s) from the start of the file; null if not requested. */
  readonly drift: {
    readonly scale: number;
    readonly times: readonly number[];
    readonly values: readonly number[];
  } | null;
  /** Root mean square change of the baseline in the last round, over the noise. */
  readonly lastChange: number;
  readonly settled: boolean;
}

interface Found {
  readonly hum: Hum | null;
  readonly drift: SmoothDrift | null;
}

/** Number of means per knot interval of the drift, and per period of the highest harmonic. */
const perScale = 16;
const mostRounds = 12;
/** The rounds end when the baseline changes by less than this share of the noise. */
const enough = 0.01;
/** Number of samples for the estimate of the levels between the rounds. */
const estimatedFrom = 200_000;

/**
 * A trace without drift and mains. Baseline and levels are estimated in turn (expectation and maximization). The mean
 * signal of the levels at every sample, given the whole trace, is subtracted, and a smooth function and a line are
 * fitted to the rest; so the baseline does not absorb dwells. Throws TraceError if there are too few samples, or no
 * second level.
 */
export function withoutBaseline(
  trace: PlacedStretches,
  sampleTime: number,
  { mains, drift }: BaselineOptions,
  options: EstimateOptions,
): { readonly trace: PlacedStretches; readonly baseline: Baseline } {
  const harmonics = mains === undefined ? 0 : resolvedHarmonics(mains, sampleTime);
  const shortest = Math.min(
    drift ?? Number.POSITIVE_INFINITY,
    mains === undefined ? Number.POSITIVE_INFINITY : 1 / (harmonics * mains),
  );
  const width = Math.max(1, Math.floor(shortest / (perScale * sampleTime)));
  if (drift !== undefined) requireLength(trace, sampleTime, drift);
  const measured = blocksOf(trace, sampleTime, width);
  const fitted = (rest: Blocks, before: Found): Found => {
    const less = (found: Found): Blocks =>
      mapped(rest, (value, piece, _, time) => value - baselineAt(found, piece, time));
    const hum =
      mains === undefined
        ? null
        : fitHum(less({ hum: null, drift: before.drift }), before.hum?.frequency ?? mains, harmonics);
    return { hum, drift: drift === undefined ? null : fitDrift(less({ hum, drift: null }), drift) };
  };
  // at first the dwells count as baseline too
  const smooth = { hum: null, drift: fitDrift(measured, drift ?? Number.POSITIVE_INFINITY) };
  let found = fitted(measured, smooth);
  let change = Number.POSITIVE_INFINITY;
  for (let round = 0; round < mostRounds && change > enough; round++) {
    const flat = less(trace, sampleTime, found);
    const estimated = roughTelegraph(
      { values: middleOf(longestPiece(flat), estimatedFrom), breaks: [] },
      sampleTime,
      options,
    );
    const levels = blocksOf({ ...flat, values: predicted(flat, sampleTime, estimated) }, sampleTime, width);
    const next = fitted(
      mapped(measured, (value, piece, i) => value - levels.pieces[piece].means[i]),
      found,
    );
    change = distance(measured, found, next) / (estimated.telegraph.noise * Math.sqrt(estimated.averaging));
    found = next;
  }
  const { hum } = found;
  return {
    trace: less(trace, sampleTime, found),
    baseline: {
      mains: hum ? { frequency: hum.frequency, amplitudes: humAmplitudes(hum) } : null,
      drift: found.drift && drift !== undefined ? { scale: drift, ...course(measured, found.drift) } : null,
      lastChange: change,
      settled: change <= enough,
    },
  };
}

/** Harmonics below a quarter of the sampling rate. */
function resolvedHarmonics(mains: number, sampleTime: number): number {
  const resolved = Math.floor(1 / (4 * mains * sampleTime));
  if (resolved < 1)
    throw new TraceError(
      `a line at ${mains} Hz needs at least four samples a period; the samples are ${sampleTime} s apart`,
    );
  return Math.min(mostHarmonics, resolved);
}

function requireLength(trace: PlacedStretches, sampleTime: number, drift: number): void {
  const length = Math.min(...pieces(trace).map((piece) => piece.length)) * sampleTime;
  if (drift < perScale * sampleTime)
    throw new TraceError(
      `a drift over ${drift} s needs at least ${perScale} samples in that time; they are ${sampleTime} s apart`,
    );
  if (length < drift)
    throw new TraceError(
      `a drift over ${drift} s cannot be seen in ${length.toPrecision(3)} s, the length of a stretch of the trace`,
    );
}

const baselineAt = ({ hum, drift }: Found, piece: number, time: number): number =>
  (hum ? humAt(hum, piece, time) : 0) + (drift ? driftAt(drift, piece, time) : 0);

/** The trace minus its baseline; the mean of the drift is not removed, so that levels keep their values. */
function less(trace: PlacedStretches, sampleTime: number, found: Found): PlacedStretches {
  const edges = [0, ...trace.breaks, trace.values.length];
  const values = trace.values.slice();
  let mean = 0;
  for (let p = 0; p + 1 < edges.length; p++)
    for (let i = edges[p]; i < edges[p + 1]; i++) {
      const value = baselineAt(found, p, (trace.origins[p] + i - edges[p] + 0.5) * sampleTime);
      values[i] -= value;
      mean += value;
    }
  mean /= values.length;
  return { ...trace, values: values.map((value) => value + mean) };
}

/** The mean of the signal without noise at every sample, for the given levels and rates, given all samples. */
function predicted(flat: PlacedStretches, sampleTime: number, estimated: Rough): Float64Array {
  const { telegraph, averaging } = estimated;
  const seen = averagedStretches(flat, averaging);
  const trace = binAround(seen.values, averaging * sampleTime, telegraph, seen.breaks);
  const prepared = prepare(telegraph, trace, planGrid(telegraph, trace.sampleTime));
  const expected = expectedOutput(prepared, telegraph, trace, decodeMargin(telegraph, trace.sampleTime));
  if (averaging === 1) return expected;
  const all = new Float64Array(flat.values.length);
  const [from, to] = [
    [0, ...seen.breaks, seen.values.length],
    [0, ...flat.breaks, flat.values.length],
  ];
  for (let p = 0; p + 1 < to.length; p++)
    for (let i = to[p]; i < to[p + 1]; i++)
      all[i] = expected[Math.min(from[p + 1] - 1, from[p] + Math.floor((i - to[p]) / averaging))];
  return all;
}

/** Root mean square difference of two baselines, apart from a constant. */
function distance(blocks: Blocks, a: Found, b: Found): number {
  let [sum, squares, count] = [0, 0, 0];
  blocks.pieces.forEach(({ start, means }, piece) => {
    for (let i = 0; i < means.length; i++) {
      const time = start + i * blocks.spacing;
      const change = baselineAt(b, piece, time) - baselineAt(a, piece, time);
      sum += change;
      squares += change * change;
      count++;
    }
  });
  return Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}

const shownTimes = 400;

/** The drift along the trace about its mean. */
function course(blocks: Blocks, drift: SmoothDrift): { times: number[]; values: number[] } {
  const all = blocks.pieces.flatMap(({ start, means }, piece) =>
    Array.from(means, (_, i) => ({ piece, time: start + i * blocks.spacing })),
  );
  const stride = Math.ceil(all.length / shownTimes);
  const shown = all.filter((_, i) => i % stride === 0);
  const values = shown.map(({ piece, time }) => driftAt(drift, piece, time));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { times: shown.map(({ time }) => time), values: values.map((value) => value - mean) };
}
