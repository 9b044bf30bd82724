import { stretch } from "./binned.ts";
import type { Estimated } from "./estimate.ts";
import { maximize } from "./maximize.ts";
import { clearly, coarse, convincing } from "./pole.ts";
import type { Telegraph } from "./telegraph.ts";
import { logLikelihood } from "./trace-walk.ts";

/** A pole that the trace shows, different from the given one or from none. */
export interface OtherPole {
  /** 1/s. */
  readonly pole: number;
  /** Rise of the log-likelihood, on so many samples. */
  readonly rise: number;
  readonly samples: number;
}

const mostSamples = 20_000;
/**
 * Poles that are tried first, each row until the likelihood has clearly fallen. Relative to the given pole, or to one
 * over the time between samples if none was given.
 */
const ofGiven = [
  [1.19, 1.7, 2.9],
  [0.84, 0.6, 0.35],
];
const ofSamples = [[2.5, 1.2, 0.6, 0.3, 0.12]];

/**
 * Tests whether another pole than the given one (or than none) explains the trace better. If one of some other poles
 * has at least the same likelihood without a fit, the likelihood is maximized on the middle of the trace with the pole
 * free and with the given pole. Null if the pole was fitted anyway, or if a response or noise was given.
 */
export function otherPole(
  { trace, telegraph, free, instrument }: Pick<Estimated, "trace" | "telegraph" | "free" | "instrument">,
  onEvaluation?: () => void,
): OtherPole | null {
  if (instrument || free.freePole) return null;
  const samples = Math.min(mostSamples, trace.bins.length);
  const start = (trace.bins.length - samples) >> 1;
  const part = stretch(trace, start, start + samples);
  const here = logLikelihood(part, telegraph, onEvaluation);
  const { pole } = telegraph;
  const unit = pole ?? 1 / trace.sampleTime;
  let best = { as: telegraph, value: Number.NEGATIVE_INFINITY };
  for (const row of pole === null ? ofSamples : ofGiven)
    for (const factor of row) {
      const as = { ...telegraph, pole: factor * unit };
      const value = logLikelihood(part, as, onEvaluation);
      if (value > best.value) best = { as, value };
      if (value < Math.max(here, best.value) - clearly) break;
    }
  // with only the pole changed the likelihood is at most that after a fit
  if (best.value < here - 2) return null;
  const climb = (from: Telegraph, freePole: boolean, fineness = 1) =>
    maximize(
      part,
      from,
      { ...free, freePole },
      { blocks: Math.min(200, samples >> 3), settledBelow: 0.1, iterations: 15, fineness, onEvaluation },
    );
  const other = climb(climb(best.as, true, coarse).telegraph, true);
  const rise = other.logLikelihood - climb(telegraph, false).logLikelihood;
  return rise > convincing ? { pole: other.telegraph.pole as number, rise, samples } : null;
}
