import type { BandProblem } from "./band-problem.ts";
import { soonAfterStart } from "./soon-after-start.ts";

/** The answer of one resolution. */
export interface PassageAnswer {
  readonly mean: number;
  readonly alive: number;
  /** Share of the living spins that functions which vanish at the rims cannot represent. */
  readonly lost: number;
  /** Seconds of one factorization. */
  readonly seconds: number;
  /** Survival at those times that are not before `from`; it may add a small part of `error`. */
  survival(from: number, error: number): Survival;
}

/** Times after this share of the last time, and times at which at least this share has passed, are computed at both resolutions. */
const lateShare = 0.25;
const fewHavePassed = 0.02;

/** Measured seconds for a decade of times, in units of one factorization: another factorization and about a hundred solutions. */
const secondsOfDecade = 4;

/** Estimated seconds of the survival at two resolutions. */
export const survivalSeconds = (
  fine: Pick<PassageAnswer, "seconds">,
  coarser: Pick<PassageAnswer, "seconds">,
): number => secondsOfDecade * Math.log10(1 / early) * (fine.seconds + coarser.seconds);

/**
 * Survival of the finer resolution. Its error is the difference from the coarser one, at late times or once a few spins have passed;
 * before that the error is reduced in proportion to the share that has passed.
 */
export function agreedSurvival(
  fine: PassageAnswer,
  coarser: PassageAnswer,
  times: readonly number[],
  known: number,
): Survival {
  if (times.length === 0) return { values: [], error: 0 };
  const last = times[times.length - 1];
  const whole = fine.survival(0, known);
  const passing = times.find((_, i) => whole.values[i] < (1 - fewHavePassed) * fine.alive);
  const other = coarser.survival(Math.min(lateShare * last, passing ?? last), known);
  const own = whole.values.slice(times.length - other.values.length);
  const error = own.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - other.values[i])),
    whole.error,
  );
  return soonAfterStart({ values: whole.values, error }, times, fine);
}

/** Returns the survival from a time on; the survival of all times is computed once. */
export function survivalOnce(
  problem: BandProblem,
  one: Float64Array,
  begin: Float64Array,
  alive: number,
  times: readonly number[],
): PassageAnswer["survival"] {
  let whole: Survival | undefined;
  return (from, error) => {
    const later = times.filter((t) => t >= from);
    if (whole) return { ...whole, values: whole.values.slice(times.length - later.length) };
    const found = survivalAt(problem, one, begin, alive, later, error);
    if (later.length === times.length) whole = found;
    return found;
  };
}

/** Times after this share of the last are computed first; if all spins are alive there, they were alive before. */
const early = 1e-3;
/** A passed share below this counts as zero, and so does one below this share of the figure's error. */
const negligible = 1e-8;
const negligibleShare = 0.3;
/** Share of a figure's error that Krylov spaces may add, and the limits of their tolerance. */
const addedShare = 0.03;
const [finest, coarsest] = [1e-8, 1e-5];

export interface Survival {
  readonly values: readonly number[];
  /** Error of values that are only known to lie between bounds. */
  readonly error: number;
}

/**
 * Survival at the times. It never rises, so it lies between the later survival and the share at the start. Early oscillations of
 * functions that vanish on the rims are clipped to this range. Earlier times are computed only if spins have passed by the later ones.
 */
function survivalAt(
  problem: BandProblem,
  one: Float64Array,
  begin: Float64Array,
  alive: number,
  times: readonly number[],
  known: number,
): Survival {
  const tolerance = Math.min(coarsest, Math.max(finest, addedShare * known));
  const at = new Map<number, number>();
  let left = [...new Set(times.filter((t) => t > 0))].sort((a, b) => a - b);
  let [least, error] = [Number.NEGATIVE_INFINITY, 0];
  while (left.length > 0) {
    const last = left[left.length - 1];
    const later = left.filter((t) => t >= early * last);
    const [values] = problem.evolveBackward(one, [begin], later, tolerance);
    for (let i = later.length - 1; i >= 0; i--) {
      const isBounded = least >= 0 && least <= alive;
      const value = isBounded ? Math.min(alive, Math.max(least, values[i])) : values[i];
      error = Math.max(error, Math.min(Math.abs(alive - least), 2 * Math.abs(value - values[i])));
      least = value;
      at.set(later[i], value);
    }
    if (Math.abs(alive - least) <= Math.max(negligible, negligibleShare * known)) {
      error = Math.max(error, Math.abs(alive - least));
      break;
    }
    left = left.slice(0, left.length - later.length);
  }
  // at time 0 the living share is known; functions that vanish on the rims would only approach it
  return { values: times.map((t) => at.get(t) ?? alive), error };
}
