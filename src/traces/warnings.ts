import type { TraceAnalysis } from "./analysis.ts";
import type { Estimated } from "./hidden-markov/estimate.ts";
import type { OtherPole } from "./hidden-markov/other-pole.ts";
import type { StretchedResponse } from "./hidden-markov/stretched-response.ts";
import type { Whiteness } from "./hidden-markov/whiteness.ts";
import { unlikely } from "./hidden-markov/whiteness.ts";

const digits = (value: number): string => {
  const short = Number(value.toPrecision(3));
  return short >= 1e5 ? short.toExponential().replace("+", "") : `${short}`;
};

/** The likelihood with merged histories shifts the times of a response by up to half of this. */
const negligible = 0.06;

/** A smaller excess kurtosis changes dwell times by less than their errors. */
const notNormal = 0.25;

/** Results of tests of other models. */
interface Tried {
  readonly other: OtherPole | null;
  readonly stretched: StretchedResponse | null;
  /** Whether samples were spread over the steps of a converter. */
  readonly isSpread: boolean;
}

/** Warnings on the numbers, each with its reason. */
export function warningsOf(
  found: Omit<TraceAnalysis, "warnings">,
  { averaging, delay, instrument }: Estimated,
  { other, stretched, isSpread }: Tried,
): string[] {
  const { sampleTime, perLevel, noise, levels } = found;
  const warnings: string[] = [];
  for (const { mean, level, standardError, blockStandardError } of perLevel) {
    const at = `the mean dwell time at level ${digits(level)}, ${digits(mean)} s,`;
    if (mean < 3 * sampleTime)
      warnings.push(
        `${at} is only ${digits(mean / sampleTime)} samples: most dwells are seen in one sample or none, and the figure rests on the model of exponential times`,
      );
    if (mean < 3 * delay)
      warnings.push(
        `${at} is only ${digits(mean / delay)} ${instrument ? "mean delays of the response" : "time constants of the bandwidth"}: the output rarely reaches the level`,
      );
    // the larger error was used
    if (standardError === blockStandardError)
      warnings.push(
        `${at} scatters between parts of the trace by more than its likelihood allows: its error is taken from that scatter`,
      );
    if (standardError > 0.3 * mean)
      warnings.push(`${at} rests on few dwells: its error is ${digits((100 * standardError) / mean)} %`);
  }
  for (let s = 1; s < levels.length; s++) {
    const step = levels[s].value - levels[s - 1].value;
    if (step < 1.5 * noise)
      warnings.push(
        `levels ${digits(levels[s - 1].value)} and ${digits(levels[s].value)} are ${digits(step / noise)} of the noise apart: single switchings cannot be seen, only their statistics`,
      );
  }
  if (other) warnings.push(otherFilter(other, found.bandwidth));
  if (stretched && stretched.pValue < unlikely && Math.abs(Math.log(stretched.factor)) > negligible)
    warnings.push(
      `the trace shows a ${stretched.factor > 1 ? "slower" : "faster"} response than was given, of times about ${digits(stretched.factor)} of its (p = ${digits(stretched.pValue)}): dwell times may be wrong; check --response and --bandwidth`,
    );
  if (found.whiteness.pValue < unlikely)
    warnings.push(notForeseen(found.whiteness, Boolean(instrument?.noise)));
  const { pValueOfShape, excess } = found.whiteness;
  // steps of a converter lower the kurtosis of normal noise, but do not change dwell times
  const isOther = Math.abs(excess) > notNormal && (excess > 0 || found.noiseLaw.degreesOfFreedom !== null);
  if (!isSpread && pValueOfShape < unlikely && isOther)
    warnings.push(
      `samples are not distributed as in the model (p = ${digits(pValueOfShape)}): the noise is neither normal nor Student's (skewed, or with rare outliers), or changes along the trace; levels and dwell times may be wrong by more than their errors`,
    );
  for (const { parameter, driftPValue, jumpPValue, jumpAt } of found.stationarity) {
    if (jumpPValue < unlikely)
      warnings.push(
        `${parameter} changes along the trace, most clearly at ${digits(100 * jumpAt)} % of it (p = ${digits(jumpPValue)})`,
      );
    else if (driftPValue < unlikely)
      warnings.push(`${parameter} drifts along the trace (p = ${digits(driftPValue)})`);
  }
  for (const { level, pValue } of found.exponentiality)
    if (pValue !== null && pValue < unlikely)
      warnings.push(
        `dwell times at ${level} are not exponential (p = ${digits(pValue)}): more than two states, or rates that change`,
      );
  const { baseline } = found;
  if (baseline && !baseline.settled)
    warnings.push(
      `the removed baseline still changed by ${digits(baseline.lastChange)} of the noise in the last round`,
    );
  for (const { mean, level } of perLevel)
    if (baseline?.drift && baseline.drift.scale < 10 * mean)
      warnings.push(
        `the drift that was removed changes over ${digits(baseline.drift.scale)} s, only ${digits(baseline.drift.scale / mean)} mean dwell times at level ${digits(level)}: it is hard to distinguish from them`,
      );
  if (!found.settled) warnings.push("the likelihood was still rising when the search ended");
  if (found.samplesUsed < found.samples)
    warnings.push(
      `${found.samplesUsed} of ${found.samples} samples were used, in stretches spread evenly over the trace`,
    );
  if (averaging > 1)
    warnings.push(
      `${instrument ? "the response" : "the pole"} is slow against a sample: means of ${averaging} samples were used, over which it hardly moves`,
    );
  return warnings;
}

const otherFilter = ({ pole, rise, samples }: OtherPole, given: TraceAnalysis["bandwidth"]): string =>
  `the trace shows a pole at ${digits(pole / (2 * Math.PI))} Hz, but ${given ? `${digits(given.value)} Hz was` : "no filter was"} given: it raises the log-likelihood of ${samples} samples by ${digits(rise)}; with a wrong filter levels and dwell times are wrong, so leave --bandwidth out to fit the pole, or give the --response if the filter has more than one`;

/** The cause: if samples far from any jump depend on each other, the noise is wrong, otherwise the filter. */
const notForeseen = (
  { pValue, pValueWithin, correlation, lags, samples }: Whiteness,
  isNoiseGiven: boolean,
): string => {
  const cause =
    pValueWithin !== null && pValueWithin < 1e-3
      ? `also far from jumps: ${isNoiseGiven ? "the noise is not the given one" : "the noise is not white (give --noise)"}, or the signal fluctuates within its levels and crosses back soon after a crossing; quick returns count as short dwells, and dwell times may be too short`
      : "only near jumps: the filter is not the given one (--bandwidth, --response), or the signal moves slowly from level to level; levels and dwell times may be wrong";
  return `the trace does not follow the model: samples depend on earlier ones more than in the model (neighbours' ranks correlate by ${digits(correlation)}; ${samples} samples, ${lags} lags, p = ${digits(pValue)}), ${cause}`;
};
