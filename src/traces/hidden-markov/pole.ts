import { quantilesOf } from "../../numerics/quantiles.ts";
import { binTrace } from "./binned.ts";
import type { Maximum } from "./maximize.ts";
import { maximize } from "./maximize.ts";
import { guessedPole } from "./slow-pole.ts";
import type { Telegraph } from "./telegraph.ts";

/** A pole must raise the log-likelihood by this; without a pole the probability of that is 1 in 50 000. */
export const convincing = 9;
/** A log-likelihood so far below the best does not rise again. */
export const clearly = 50;
/** A slower pole (times the time between samples) shows in many samples after each jump. */
const slow = 0.3;
/** A rise of the log-likelihood by this is significant. */
const unmistakable = 200;
/** Poles to try, times the time between samples. */
const tried = [2.5, 1.2, 0.6, 0.3, 0.12, 0.04];
/**
 * Spacing of the points of the pole's output during the search: it costs a quarter, with an error of some units of the
 * log-likelihood.
 */
export const coarse = 2;

/** Tests for a pole before the noise, by a search for the most likely one on a part of the trace. */
export function estimatePole(
  values: Float64Array,
  sampleTime: number,
  start: Telegraph,
  onEvaluation?: () => void,
): { telegraph: Telegraph; freePole: boolean } {
  const count = start.levels.length;
  const at = quantilesOf(values);
  const margin = 5 * start.noise;
  const trace = binTrace(values, sampleTime, start.noise, [
    Math.min(start.levels[0], at(0.001)) - margin,
    Math.max(start.levels[count - 1], at(0.999)) + margin,
  ]);
  const climb = (telegraph: Telegraph, freePole: boolean, iterations: number, fineness = 1): Maximum =>
    maximize(
      trace,
      telegraph,
      { count, freePole },
      { blocks: 200, settledBelow: 0.1, iterations, fineness, onEvaluation },
    );
  const without = climb(start, false, 30);
  // a slow pole is obvious: no others are tried then, and the maximization that follows uses finer points
  const guess = guessedPole(values);
  if (guess < slow) {
    const near = climb({ ...without.telegraph, pole: guess / sampleTime }, true, 30, coarse);
    if (near.settled && near.logLikelihood > without.logLikelihood + unmistakable)
      return { telegraph: near.telegraph, freePole: true };
  }
  let best = without;
  let before = without;
  let falls = 0;
  for (const product of tried) {
    const found = climb({ ...without.telegraph, pole: product / sampleTime }, false, 5, coarse);
    falls = found.logLikelihood < before.logLikelihood - clearly ? falls + 1 : 0;
    if (found.logLikelihood > best.logLikelihood) best = found;
    // while all poles are worse than none, one fall of the likelihood may precede a rise
    else if (falls > (best === without ? 1 : 0)) break;
    before = found;
  }
  if (best === without) return { telegraph: without.telegraph, freePole: false };
  best = climb(climb(best.telegraph, true, 30, coarse).telegraph, true, 30);
  return best.logLikelihood > without.logLikelihood + convincing
    ? { telegraph: best.telegraph, freePole: true }
    : { telegraph: without.telegraph, freePole: false };
}
