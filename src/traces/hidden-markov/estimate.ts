import type { Matrix } from "ml-matrix";
import type { EvaluatedPart } from "../analysis-progress.ts";
import type { GivenInstrument, InstrumentOptions } from "../instrument/given-instrument.ts";
import { instrumentOf, whiteBehind } from "../instrument/given-instrument.ts";
import { delayOf } from "../instrument/step-response.ts";
import { averagedStretches, middleOf, type Stretches } from "../stretches.ts";
import { TraceError } from "../trace-error.ts";
import type { Answer } from "./answer.ts";
import { answerOf } from "./answer.ts";
import type { BinnedTrace } from "./binned.ts";
import { binAround, stretch } from "./binned.ts";
import { continuousLogLikelihood } from "./continuous-null.ts";
import { averagedBehind } from "./history-plan.ts";
import type { Maximum } from "./maximize.ts";
import { covarianceFrom, maximize, outerProducts } from "./maximize.ts";
import { withOtherNoise } from "./other-noise.ts";
import type { Free } from "./parameters.ts";
import { coarse, estimatePole } from "./pole.ts";
import { neighbourNoise, startingPoint } from "./start.ts";
import type { Telegraph } from "./telegraph.ts";
import { exchangeRate } from "./telegraph.ts";
import { logLikelihood } from "./trace-walk.ts";

export interface EstimateOptions extends InstrumentOptions {
  /** Number of levels, default 2. */
  readonly levels?: number;
  readonly onEvaluation?: ((part?: EvaluatedPart) => void) | undefined;
}

export interface Estimated {
  readonly telegraph: Telegraph;
  readonly free: Free;
  /** The data of the likelihood: the trace averaged over `averaging` samples if the pole is slow, in bins. */
  readonly trace: BinnedTrace;
  readonly averaging: number;
  /** Null if the instrument is one pole with white noise. */
  readonly instrument: GivenInstrument | null;
  /** Mean delay of a jump, s. */
  readonly delay: number;
  readonly maximum: Maximum;
  /** Covariance of the parameters of parameters.ts, from the likelihood's curvature. */
  readonly covariance: Matrix;
  /** The same from the scatter of long blocks: it is larger if the trace does not follow the model. */
  readonly blockCovariance: Matrix;
}

/** With a pole this slow, samples are averaged: within a mean the output is almost a straight line. */
const averagedOver = 0.13;
const longBlocks = 40;
const shortBlocks = 1000;

/** The maximization on a part of a trace. */
export interface Rough {
  readonly telegraph: Telegraph;
  readonly free: Free;
  readonly averaging: number;
  /** The trace averaged in this way, with white noise. */
  readonly seen: Stretches;
  readonly maximum: Maximum;
  readonly instrument: GivenInstrument | null;
  readonly binned: BinnedTrace;
  /** The part, and its first sample of `seen`. */
  readonly part: BinnedTrace;
  readonly offset: number;
}

/** The starting point of the maximization, and the trace prepared for it. */
interface Start extends Pick<Rough, "telegraph" | "free" | "averaging" | "seen" | "instrument"> {
  readonly answer?: Answer;
}

function startOf(trace: Stretches, sampleTime: number, options: EstimateOptions): Start {
  const count = options.levels ?? 2;
  const { onEvaluation } = options;
  // samples are averaged only once the pole is known, so these evaluations do not show how long later ones take
  const uncounted = (): void => onEvaluation?.();
  const given = options.bandwidth === undefined ? null : options.bandwidth;
  const pole = given === null ? null : 2 * Math.PI * given;
  const first = startingPoint(middleOf(trace.values, 200_000), sampleTime, count, pole);
  const { telegraph: start, freePole } =
    options.bandwidth === undefined
      ? estimatePole(middleOf(trace.values, 20_000), sampleTime, first, uncounted)
      : { telegraph: first, freePole: false };
  const averaging =
    start.pole === null
      ? 1
      : Math.max(1, Math.floor((averagedOver * (freePole ? 0.8 : 1)) / (start.pole * sampleTime)));
  return {
    telegraph: { ...start, noise: start.noise / Math.sqrt(averaging) },
    free: { count, freePole },
    averaging,
    seen: averagedStretches(trace, averaging),
    instrument: null,
  };
}

function startBehind(
  instrument: GivenInstrument,
  trace: Stretches,
  sampleTime: number,
  count: number,
): Start {
  const { response, noise } = instrument;
  const pole = response ? 1 / delayOf(response) : null;
  const first = startingPoint(middleOf(trace.values, 200_000), sampleTime, count, pole);
  const white = whiteBehind(trace, instrument);
  const coefficients = noise?.coefficients ?? [];
  const spread = neighbourNoise(middleOf(white.values, 200_000));
  const telegraph = { ...first, pole: null, noise: Math.max(spread, 1e-6 * first.noise) };
  const averaging = averagedBehind(answerOf(response, coefficients, sampleTime, 1), telegraph);
  return {
    telegraph: { ...telegraph, noise: telegraph.noise / Math.sqrt(averaging) },
    free: { count, freePole: false },
    averaging,
    seen: averagedStretches(white, averaging),
    instrument,
    answer: answerOf(response, coefficients, sampleTime, averaging),
  };
}

/**
 * Estimates from a part of the trace with some hundred dwells, with a coarse grid of points or histories. Does not test
 * whether there are two levels.
 */
export function roughTelegraph(trace: Stretches, sampleTime: number, options: EstimateOptions = {}): Rough {
  const { length } = trace.values;
  if (length < 200) throw new TraceError(`${length} samples are too few, at least 200 are needed`);
  const given = instrumentOf(options);
  const start = given
    ? startBehind(given, trace, sampleTime, options.levels ?? 2)
    : startOf(trace, sampleTime, options);
  const { telegraph, free, averaging, seen, instrument, answer } = start;
  const seenTime = averaging * sampleTime;
  const correlation = 1 / exchangeRate(telegraph);
  const few = Math.min(
    seen.values.length,
    Math.max(20_000, Math.min(200_000, Math.ceil((600 * correlation) / seenTime))),
  );
  const offset = (seen.values.length - few) >> 1;
  const part = stretch(
    binAround(seen.values, seenTime, telegraph, seen.breaks, answer),
    offset,
    offset + few,
  );
  const rough = maximize(part, telegraph, free, {
    blocks: 300,
    fineness: coarse,
    settledBelow: 0.02,
    iterations: 60,
    onEvaluation: options.onEvaluation,
  });
  const binned = binAround(seen.values, seenTime, rough.telegraph, seen.breaks, answer);
  return {
    telegraph: rough.telegraph,
    free,
    averaging,
    seen,
    maximum: rough,
    instrument,
    binned,
    part,
    offset,
  };
}

/**
 * Rates, levels and noise of a trace by maximum likelihood, the instrument's pole included; first on a part of the
 * trace. Throws TraceError if there is no second level.
 */
export function estimateTelegraph(
  trace: Stretches,
  sampleTime: number,
  options: EstimateOptions = {},
): Estimated {
  const rough = roughTelegraph(trace, sampleTime, options);
  const { averaging, seen, instrument } = rough;
  requireLevels(rough, options);
  const blocks = Math.min(shortBlocks, Math.floor(seen.values.length / 20));
  const { onEvaluation } = options;
  const { telegraph, free } = withOtherNoise(rough.part, rough, onEvaluation);
  const binned =
    free === rough.free
      ? rough.binned
      : binAround(seen.values, rough.binned.sampleTime, telegraph, seen.breaks, rough.binned.answer);
  const maximum = maximize(binned, telegraph, free, { blocks, settledBelow: 0.005, onEvaluation });
  const covariance = covarianceFrom(maximum.information, free);
  const long = outerProducts(grouped(maximum.scores, longBlocks));
  return {
    telegraph: maximum.telegraph,
    free,
    trace: binned,
    averaging,
    instrument,
    delay: delayBehind(instrument, maximum.telegraph),
    maximum,
    covariance,
    blockCovariance: covariance.mmul(long).mmul(covariance),
  };
}

function delayBehind(instrument: GivenInstrument | null, { pole }: Telegraph): number {
  if (instrument) return instrument.response ? delayOf(instrument.response) : 0;
  return pole === null ? 0 : 1 / pole;
}

function requireLevels(
  { telegraph, seen, part, offset, instrument }: Rough,
  { bandwidth, onEvaluation }: EstimateOptions,
): void {
  const samples = part.bins.length;
  const values = seen.values.subarray(offset, offset + Math.min(samples, 50_000));
  const jumps = logLikelihood(part, telegraph, onEvaluation) * (values.length / samples);
  if (jumps > continuousLogLikelihood(values) + 5) return;
  const count = telegraph.levels.length;
  const wanted = count === 2 ? "no second level" : `no ${count} levels`;
  const isGiven = instrument !== null || bandwidth !== undefined;
  const filter = isGiven
    ? "behind another filter than was given (leave --bandwidth and --response out to fit a pole)"
    : "behind a filter of more than one pole (give its --response)";
  throw new TraceError(
    `${wanted}: a signal that fluctuates continuously about one level explains the trace as well as jumps between ${count} levels do. The same is found with more levels (try --levels ${count + 1}), with a baseline that drifts by more than the step, and ${filter}`,
  );
}

/** Sums of successive rows in so many groups. */
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
