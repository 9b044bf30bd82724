import { stretch } from "./binned.ts";
import type { Estimated } from "./estimate.ts";
import { maximize } from "./maximize.ts";
import { clearly, coarse, convincing } from "./pole.ts";
import type { Telegraph } from "./telegraph.ts";
import { logLikelihood } from "./trace-walk.ts";

/** A pole that a trace shows although another one, or none, was given. */
export interface OtherPole {
  /** 1/s. */
  readonly pole: number;
  /** Of the log-likelihood, on so many samples. */
  readonly rise: number;
  readonly samples: number;
}

const mostSamples = 20_000;
/**
 * Poles that are tried first, each row until the likelihood has clearly fallen: in terms of the given one, and of one over the time
 * between samples where none was given.
 */
const ofGiven = [
  [1.19, 1.7, 2.9],
  [0.84, 0.6, 0.35],
];
const ofSamples = [[2.5, 1.2, 0.6, 0.3, 0.12]];

/**
 * Does another pole than the one that was given (or than none) explain the trace better? The likelihood is maximized on the middle of the
 * trace with the pole free and with it as given, if one of some other poles is no worse without any fit. Null where the pole was fitted anyway, or a
 * response or noise was given.
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
  // with the pole alone changed the likelihood is no higher than after a fit
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
