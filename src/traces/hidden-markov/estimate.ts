import { inverse, type Matrix } from "ml-matrix";
import { averagedStretches, middleOf, type Stretches } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";
import type { BinnedTrace } from "./binned.ts";
import { binAround, stretch } from "./binned.ts";
import { continuousLogLikelihood } from "./continuous-null.ts";
import type { Maximum } from "./maximize.ts";
import { maximize, outerProducts } from "./maximize.ts";
import type { Free } from "./parameters.ts";
import { estimatePole } from "./pole.ts";
import { startingPoint } from "./start.ts";
import type { Telegraph } from "./telegraph.ts";
import { exchangeRate } from "./telegraph.ts";

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

/** The climb on a part of a trace. */
export interface Rough {
  readonly telegraph: Telegraph;
  readonly free: Free;
  readonly averaging: number;
  /** The trace averaged so. */
  readonly seen: Stretches;
  readonly logLikelihood: number;
  /** The part: its first sample of `seen`, and their number. */
  readonly offset: number;
  readonly few: number;
}

/** From enough of the trace for some hundred dwells. Whether there are two levels at all is not asked. */
export function roughTelegraph(
  { values, breaks }: Stretches,
  sampleTime: number,
  options: EstimateOptions = {},
): Rough {
  const count = options.levels ?? 2;
  if (values.length < 200)
    throw new TraceError(`${values.length} samples are too few, at least 200 are needed`);
  const given = options.bandwidth === undefined ? null : options.bandwidth;
  const pole = given === null ? null : 2 * Math.PI * given;
  const { onEvaluation } = options;
  const first = startingPoint(middleOf(values, 200_000), sampleTime, count, pole);
  const { telegraph: start, freePole } =
    options.bandwidth === undefined
      ? estimatePole(middleOf(values, 20_000), sampleTime, first, onEvaluation)
      : { telegraph: first, freePole: false };
  const free = { count, freePole };
  const averaging =
    start.pole === null
      ? 1
      : Math.max(1, Math.floor((averagedOver * (freePole ? 0.8 : 1)) / (start.pole * sampleTime)));
  const seen = averagedStretches({ values, breaks }, averaging);
  const seenTime = averaging * sampleTime;
  const telegraph: Telegraph = { ...start, noise: start.noise / Math.sqrt(averaging) };
  const correlation = 1 / exchangeRate(telegraph);
  const few = Math.min(
    seen.values.length,
    Math.max(20_000, Math.min(200_000, Math.ceil((600 * correlation) / seenTime))),
  );
  const offset = (seen.values.length - few) >> 1;
  const some = stretch(binAround(seen.values, seenTime, telegraph, seen.breaks), offset, offset + few);
  const rough = maximize(some, telegraph, free, {
    blocks: 300,
    settledBelow: 0.02,
    iterations: 60,
    onEvaluation,
  });
  return { ...rough, free, averaging, seen, offset, few };
}

/**
 * Rates, levels and noise of a trace by maximum likelihood, the instrument's pole included. Climbs on a part of the trace
 * first. Throws TraceError where there is no second level.
 */
export function estimateTelegraph(
  trace: Stretches,
  sampleTime: number,
  options: EstimateOptions = {},
): Estimated {
  const rough = roughTelegraph(trace, sampleTime, options);
  const { free, averaging, seen, offset, few } = rough;
  requireLevels(rough, seen.values.subarray(offset, offset + Math.min(few, 50_000)), few);
  const binned = binAround(seen.values, averaging * sampleTime, rough.telegraph, seen.breaks);
  const blocks = Math.min(shortBlocks, Math.floor(seen.values.length / 20));
  const { onEvaluation } = options;
  const maximum = maximize(binned, rough.telegraph, free, { blocks, settledBelow: 0.005, onEvaluation });
  const covariance = inverse(maximum.information);
  const long = outerProducts(grouped(maximum.scores, longBlocks));
  return {
    telegraph: maximum.telegraph,
    free,
    trace: binned,
    averaging,
    maximum,
    covariance,
    blockCovariance: covariance.mmul(long).mmul(covariance),
  };
}

function requireLevels({ telegraph, logLikelihood }: Rough, values: Float64Array, samples: number): void {
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
