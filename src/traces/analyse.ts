import { powerSpectrum } from "../statistics/spectrum.ts";
import type { AnalysisOptions, SignalSpectrum, SignalValues, TraceAnalysis } from "./analysis.ts";
import { withoutBaseline } from "./baseline/baseline.ts";
import { converterSteps, spreadOver } from "./converter-steps.ts";
import { stretch } from "./hidden-markov/binned.ts";
import type { Estimated } from "./hidden-markov/estimate.ts";
import { estimateTelegraph } from "./hidden-markov/estimate.ts";
import { gridShift } from "./hidden-markov/grid-shift.ts";
import { otherPole } from "./hidden-markov/other-pole.ts";
import { parameterNames } from "./hidden-markov/parameters.ts";
import { stretchedResponse } from "./hidden-markov/stretched-response.ts";
import type { Telegraph } from "./hidden-markov/telegraph.ts";
import { exchangeRate, leaving, noiseAt, occupations } from "./hidden-markov/telegraph.ts";
import { planWalk } from "./hidden-markov/trace-walk.ts";
import { whiteness } from "./hidden-markov/whiteness.ts";
import { withOnePole } from "./instrument/given-instrument.ts";
import { kramersMoyal } from "./kramers-moyal.ts";
import { levelDwells } from "./level-dwells.ts";
import { dwellCounts, exponentialityOf, separatedDwells } from "./separated-dwells.ts";
import { signalAutocorrelation } from "./signal-autocorrelation.ts";
import { saturationIn, signalRange } from "./signal-range.ts";
import { steadiness } from "./stationarity.ts";
import type { PlacedStretches, Stretches } from "./stretches.ts";
import { averaged, longestPiece } from "./stretches.ts";
import type { ThresholdDwells } from "./threshold-dwells.ts";
import { dwellsByThresholds } from "./threshold-dwells.ts";
import { TraceError } from "./trace-error.ts";
import { upAndDown } from "./up-level.ts";
import { warningsOf } from "./warnings.ts";

export type { AnalysisOptions, TraceAnalysis } from "./analysis.ts";

/**
 * Levels, dwell times, spectrum and steadiness of a trace, after subtraction of its baseline if the options request it.
 * Throws TraceError if there is no second level. Stretches without places in the file count as consecutive.
 */
export function analyseTrace(
  measured: Stretches & Partial<PlacedStretches>,
  total: number,
  sampleTime: number,
  options: AnalysisOptions = {},
): TraceAnalysis {
  const range = signalRange(measured.values);
  const width = range.highest - range.lowest;
  const step = converterSteps(measured.values, width);
  const saturation = step === null ? saturationIn(range) : null;
  const trace = step === null ? measured : spreadOver(measured, step, width);
  const first =
    step === null
      ? saturation
      : `most samples are equal to the one before: the converter's steps, of ${Number(step.toPrecision(3))}, are larger than the noise; each sample gets a random value within its step, and this adds to the noise`;
  try {
    const { warnings, ...found } = analysed(trace, total, sampleTime, {
      ...options,
      isSpread: step !== null,
    });
    return { ...found, warnings: first === null ? warnings : [first, ...warnings] };
  } catch (error) {
    if (saturation === null || !(error instanceof TraceError)) throw error;
    throw new TraceError(`${saturation} (${error.message})`);
  }
}

function analysed(
  measured: Stretches & Partial<PlacedStretches>,
  total: number,
  sampleTime: number,
  options: AnalysisOptions & { readonly isSpread: boolean },
): TraceAnalysis {
  const { trace, baseline } =
    options.mains === undefined && options.drift === undefined
      ? { trace: measured, baseline: null }
      : withoutBaseline({ origins: [0, ...measured.breaks], ...measured }, sampleTime, options, {
          ...options,
          ...withOnePole(options),
        });
  const estimated = estimateTelegraph(trace, sampleTime, options);
  const { telegraph, free, maximum, covariance } = estimated;
  const { instrument } = estimated;
  const { levels } = telegraph;
  const [lowest, highest] = [levels[0], levels[levels.length - 1]];
  const share = occupations(telegraph);
  const { noise, noiseLaw } = noiseOf(estimated, share);
  const watched = trace.values.length * sampleTime;
  const perLevel = levelDwells(estimated, watched);
  const { up: upLevel = "highest" } = options;
  const [up, down] = upAndDown(perLevel, upLevel);
  const names = parameterNames(free);
  const firstLevel = names.indexOf("level 0");
  const at = (fraction: number): number => lowest + fraction * (highest - lowest);
  const byThresholds = (low: number, high: number): ThresholdDwells =>
    dwellsByThresholds(trace, sampleTime, { low: at(low), high: at(high), upLevel });
  const stationarity = steadiness(maximum, free);
  const decoded = decodedPart(estimated);
  const shift = gridShift(estimated, options.onEvaluation);
  const separated = levels.map((_, s) => separatedDwells(decoded, estimated, s));
  const found = {
    samples: total,
    samplesUsed: trace.values.length,
    sampleTime,
    levels: levels.map((value, s) => ({
      value: value + (shift?.levels[s] ?? 0),
      standardError: Math.hypot(
        Math.sqrt(covariance.get(firstLevel + s, firstLevel + s)),
        shift?.standardErrors[s] ?? 0,
      ),
      occupation: share[s],
    })),
    noise,
    noiseLaw,
    baseline,
    bandwidth: bandwidthOf(estimated, options),
    instrument: instrumentNames(instrument),
    upLevel,
    dwell: { up, down, correlation: levels.length === 2 ? correlationOf(estimated, 1, 0) : 0 },
    perLevel,
    threshold: byThresholds(0.5, 0.5),
    hysteresis: byThresholds(0.25, 0.75),
    exponentiality: separated.map(exponentialityOf),
    dwellTimes: separated.map(dwellCounts),
    stationarity,
    whiteness: whiteness(estimated),
    spectrum: spectrumOf(trace, sampleTime, telegraph, share),
    autocorrelation: signalAutocorrelation(trace, sampleTime, estimated),
    kramersMoyal: kramersMoyal(trace, sampleTime, 1 / exchangeRate(telegraph)),
    histogram: histogramOf(trace.values, lowest, highest, noise),
    excerpt: excerptOf(trace, estimated, decoded),
    ...(options.keepsTrace ? { kept: { trace: estimated.trace, telegraph, free, upLevel } } : {}),
    logLikelihood: maximum.logLikelihood,
    settled: maximum.settled,
  };
  const other = otherPole(estimated, options.onEvaluation);
  const stretched = stretchedResponse(estimated, options.onEvaluation);
  return {
    ...found,
    warnings: warningsOf(found, estimated, { other, stretched, isSpread: options.isSpread }),
  };
}

const instrumentNames = (instrument: Estimated["instrument"]): TraceAnalysis["instrument"] =>
  instrument && {
    response: instrument.response?.name ?? null,
    noise: instrument.noise?.name ?? null,
  };

/** Standard deviation of the noise of one measured sample. */
function noiseOf(
  { telegraph, averaging, instrument }: Estimated,
  share: Float64Array,
): Pick<TraceAnalysis, "noise" | "noiseLaw"> {
  const { levels, noises, tails } = telegraph;
  const gain = Math.sqrt(averaging * (instrument?.noise?.gain ?? 1));
  const perLevel = levels.map((_, s) => gain * noiseAt(telegraph, s));
  return {
    noise: noises
      ? Math.sqrt(perLevel.reduce((sum, value, s) => sum + share[s] * value ** 2, 0))
      : perLevel[0],
    noiseLaw: { perLevel: noises ? perLevel : null, degreesOfFreedom: tails ?? null },
  };
}

function bandwidthOf(
  { telegraph: { pole }, free, covariance, instrument }: Estimated,
  { bandwidth }: AnalysisOptions,
): TraceAnalysis["bandwidth"] {
  if (instrument && bandwidth) return { value: bandwidth, low: bandwidth, high: bandwidth, given: true };
  if (pole === null) return null;
  const value = pole / (2 * Math.PI);
  if (!free.freePole) return { value, low: value, high: value, given: true };
  const last = covariance.rows - 1;
  const width = Math.exp(1.96 * Math.sqrt(covariance.get(last, last)));
  return { value, low: value / width, high: value * width, given: false };
}

const correlationOf = ({ covariance }: Estimated, i: number, j: number): number =>
  covariance.get(i, j) / Math.sqrt(covariance.get(i, i) * covariance.get(j, j));

/** Number of samples that are decoded for the tests of shape and the figure. */
const decodedSamples = 300_000;

function decodedPart({ telegraph, trace }: Estimated): Uint8Array {
  const part = stretch(
    trace,
    0,
    Math.min(trace.bins.length, decodedSamples, trace.breaks[0] ?? Number.POSITIVE_INFINITY),
  );
  return planWalk(telegraph, part).levels(telegraph);
}

function spectrumOf(
  trace: Stretches,
  sampleTime: number,
  telegraph: Telegraph,
  share: Float64Array,
): SignalSpectrum {
  const { levels } = telegraph;
  const longest = longestPiece(trace);
  const rate = exchangeRate(telegraph);
  // twenty correlation times resolve the corner; more segments make the spectrum smoother
  const wanted = 2 ** Math.ceil(Math.log2(Math.max(256, 120 / (rate * sampleTime))));
  const segmentLength = Math.min(wanted, 65_536, 2 ** Math.floor(Math.log2(longest.length)));
  const { frequencies, oneSidedPower } = powerSpectrum([longest.subarray(0, 1 << 21)], {
    sampleInterval: sampleTime,
    segmentLength,
  });
  const variance =
    share.reduce((sum, p, s) => sum + p * levels[s] ** 2, 0) -
    share.reduce((sum, p, s) => sum + p * levels[s], 0) ** 2;
  return {
    frequencies: Array.from(frequencies),
    oneSidedPower: Array.from(oneSidedPower),
    lorentzian: levels.length === 2 ? { corner: rate / (2 * Math.PI), plateau: (4 * variance) / rate } : null,
  };
}

function histogramOf(values: Float64Array, lowest: number, highest: number, noise: number): SignalValues {
  const [low, high, bins] = [lowest - 5 * noise, highest + 5 * noise, 200];
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.floor(((value - low) / (high - low)) * bins);
    if (bin >= 0 && bin < bins) counts[bin]++;
  }
  return { centres: counts.map((_, i) => low + ((i + 0.5) / bins) * (high - low)), counts };
}

function excerptOf(
  measured: Stretches,
  { trace, telegraph, averaging, instrument }: Estimated,
  decoded: Uint8Array,
): TraceAnalysis["excerpt"] {
  // the first samples have no predecessors from which the filter could whiten their noise
  const skipped = instrument?.noise?.coefficients.length ?? 0;
  const slowest = 1 / Math.min(leaving(telegraph, 0), leaving(telegraph, telegraph.levels.length - 1));
  const count = Math.min(decoded.length, 4000, Math.max(400, Math.ceil((12 * slowest) / trace.sampleTime)));
  const indices = Array.from({ length: count }, (_, i) => i);
  const shown = averaged(measured.values.subarray(skipped, skipped + count * averaging), averaging);
  return {
    times: indices.map((i) => (i + 0.5) * trace.sampleTime),
    values: Array.from(shown),
    level: indices.map((i) => telegraph.levels[decoded[i]]),
  };
}
