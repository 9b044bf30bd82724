import type { BandProblem } from "./band-problem.ts";
import { soonAfterStart } from "./soon-after-start.ts";

/** What one resolution says. */
export interface PassageAnswer {
  readonly mean: number;
  readonly alive: number;
  /** Share of the alive that functions which vanish at the rims leave out, by its size. */
  readonly lost: number;
  /** Seconds of one factorization. */
  readonly seconds: number;
  /** At those of the times that are not earlier; of what the figure errs by, a small part may be added. */
  survival(from: number, error: number): Survival;
}

/** Times after this share of the last, and all since this share has passed, are computed at both resolutions. */
const lateShare = 0.25;
const fewHavePassed = 0.02;

/** Seconds of a decade of times over those of a factorization, measured: another one and about a hundred solutions. */
const secondsOfDecade = 4;

/** About how long the survival of two resolutions takes. */
export const survivalSeconds = (
  fine: Pick<PassageAnswer, "seconds">,
  coarser: Pick<PassageAnswer, "seconds">,
): number => secondsOfDecade * Math.log10(1 / early) * (fine.seconds + coarser.seconds);

/**
 * Survival of the finer resolution, and what it differs by from the coarser one late or where more than a few have passed: before that it
 * differs by as much less as fewer have passed.
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

/** Survival from a time on; that of all times is computed once. */
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

/** Times of this share of the last and later are compared first: what is all alive there was so before. */
const early = 1e-3;
/** Fewer than these have not passed yet, or than this share of what a figure errs by. */
const negligible = 1e-8;
const negligibleShare = 0.3;
/** Share of a figure's error that Krylov spaces may add, and the least and most that is asked of them. */
const addedShare = 0.03;
const [finest, coarsest] = [1e-8, 1e-5];

export interface Survival {
  readonly values: readonly number[];
  /** How far values may be off because they stand between bounds. */
  readonly error: number;
}

/**
 * Survival at the times. It never rises, so that it lies between what is left later and the share that began: early ringing of functions that
 * vanish on the rims is laid there, and earlier times are computed only where somebody has passed when they are over.
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
  // at once the alive share is known; functions that vanish on the rims would only approach it
  return { values: times.map((t) => at.get(t) ?? alive), error };
}
