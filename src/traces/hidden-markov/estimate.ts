import { inverse, type Matrix } from "ml-matrix";
import { averagedStretches, type Stretches } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";
import type { BinnedTrace } from "./binned.ts";
import { binTrace, stretch } from "./binned.ts";
import { continuousLogLikelihood } from "./continuous-null.ts";
import type { Maximum } from "./maximize.ts";
import { maximize, outerProducts } from "./maximize.ts";
import type { Free } from "./parameters.ts";
import { estimatePole } from "./pole.ts";
import { startingPoint } from "./start.ts";
import type { Telegraph } from "./telegraph.ts";
import { leaving } from "./telegraph.ts";

export interface EstimateOptions {
  /** Number of levels, default 2. */
  readonly levels?: number;
  /** Corner of the pole before the noise (Hz); null for none; undefined: looked for. */
  readonly bandwidth?: number | null | undefined;
  readonly onEvaluation?: (() => void) | undefined;
}

export interface Estimated {
  readonly telegraph: Telegraph;
  readonly free: Free;
  /** The trace as the likelihood saw it: averaged over `averaging` samples where the pole is slow, in bins. */
  readonly trace: BinnedTrace;
  readonly averaging: number;
  readonly maximum: Maximum;
  /** Of the parameters of parameters.ts: from the likelihood's curvature. */
  readonly covariance: Matrix;
  /** The same with the scatter of long blocks in place of the curvature's: wider where the trace is not as the model says. */
  readonly blockCovariance: Matrix;
}

/** A pole this slow against a sample lets samples be averaged: within them the output is almost a straight line. */
const averagedOver = 0.13;
const longBlocks = 40;
const shortBlocks = 1000;

/**
 * Rates, levels and noise of a trace by maximum likelihood, the instrument's pole included. Climbs on a part of the trace
 * first. Throws TraceError where there is no second level.
 */
export function estimateTelegraph(
  { values, breaks }: Stretches,
  sampleTime: number,
  options: EstimateOptions = {},
): Estimated {
  const count = options.levels ?? 2;
  if (values.length < 200)
    throw new TraceError(`${values.length} samples are too few, at least 200 are needed`);
  const given = options.bandwidth === undefined ? null : options.bandwidth;
  const pole = given === null ? null : 2 * Math.PI * given;
  const middle = part(values, 200_000);
  const first = startingPoint(middle, sampleTime, count, pole);
  const { telegraph: start, freePole } =
    options.bandwidth === undefined
      ? estimatePole(part(values, 20_000), sampleTime, first, options.onEvaluation)
      : { telegraph: first, freePole: false };
  const free = { count, freePole };
  const averaging =
    start.pole === null
      ? 1
      : Math.max(1, Math.floor((averagedOver * (freePole ? 0.8 : 1)) / (start.pole * sampleTime)));
  const { values: seen, breaks: seenBreaks } = averagedStretches({ values, breaks }, averaging);
  const seenTime = averaging * sampleTime;
  const telegraph: Telegraph = { ...start, noise: start.noise / Math.sqrt(averaging) };
  // enough of the trace for some hundred dwells, then all of it
  const correlation = 1 / (leaving(telegraph, 0) + leaving(telegraph, count - 1));
  const few = Math.min(
    seen.length,
    Math.max(20_000, Math.min(200_000, Math.ceil((600 * correlation) / seenTime))),
  );
  const { onEvaluation } = options;
  const offset = (seen.length - few) >> 1;
  const some = stretch(bin(seen, seenTime, telegraph, seenBreaks), offset, offset + few);
  const rough = maximize(some, telegraph, free, {
    blocks: 300,
    settledBelow: 0.02,
    iterations: 60,
    onEvaluation,
  });
  requireLevels(rough, seen.subarray(offset, offset + Math.min(few, 50_000)), few);
  const trace = bin(seen, seenTime, rough.telegraph, seenBreaks);
  const blocks = Math.min(shortBlocks, Math.floor(seen.length / 20));
  const maximum = maximize(trace, rough.telegraph, free, { blocks, settledBelow: 0.005, onEvaluation });
  const covariance = inverse(maximum.information);
  const long = outerProducts(grouped(maximum.scores, longBlocks));
  return {
    telegraph: maximum.telegraph,
    free,
    trace,
    averaging,
    maximum,
    covariance,
    blockCovariance: covariance.mmul(long).mmul(covariance),
  };
}

/** The middle of the trace, at most so many samples. */
function part(values: Float64Array, most: number): Float64Array {
  const start = Math.max(0, (values.length - most) >> 1);
  return values.subarray(start, start + most);
}

function bin(
  values: Float64Array,
  sampleTime: number,
  { levels, noise }: Telegraph,
  breaks: readonly number[],
): BinnedTrace {
  const sorted = part(values, 200_000).slice().sort();
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))];
  const low = Math.min(levels[0], at(0.001)) - 5 * noise;
  const high = Math.max(levels[levels.length - 1], at(0.999)) + 5 * noise;
  return binTrace(values, sampleTime, noise, [low, high], breaks);
}

function requireLevels({ telegraph, logLikelihood }: Maximum, values: Float64Array, samples: number): void {
  const scale = values.length / samples;
  if (logLikelihood * scale > continuousLogLikelihood(values) + 5) return;
  const count = telegraph.levels.length;
  const wanted = count === 2 ? "no second level" : `no ${count} levels`;
  throw new TraceError(
    `${wanted}: a signal that fluctuates continuously about one level explains the trace as well as jumps between ${count} levels do; so it is with more levels than that (levels ${count + 1} tells) and with a baseline that drifts by more than the step`,
  );
}

/** Sums of successive rows, so many groups. */
export function grouped(scores: readonly Float64Array[], groups: number): Float64Array[] {
  const count = Math.min(groups, scores.length);
  return Array.from({ length: count }, (_, g) => {
    const rows = scores.slice(
      Math.floor((scores.length * g) / count),
      Math.floor((scores.length * (g + 1)) / count),
    );
    return rows.reduce((sum, row) => sum.map((value, i) => value + row[i]), new Float64Array(rows[0].length));
  });
}
