import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Frame } from "./frame.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import type { TailSetting } from "./tail-cells.ts";
import { mostWork, TailCells } from "./tail-cells.ts";

export interface ProbabilityFigure {
  readonly value: number;
  /** Relative difference between the last two extrapolations. */
  readonly errorEstimate: number;
}

/** Probabilities on the two sides of a threshold at each time, each with its own relative accuracy. */
export interface TailProbability {
  readonly above: readonly ProbabilityFigure[];
  readonly below: readonly ProbabilityFigure[];
  /** Share of the spins that start in the cell just above the threshold. */
  readonly beside: number;
  /** Absolute error of all figures, if a relative accuracy of each would have needed too many hops. */
  readonly absoluteError?: number;
}

export interface TailOptions {
  /** Threshold of z = axis·m; default 0. */
  readonly threshold?: number;
  /** The part of the meridian with living spins; its ends absorb unless they are poles. Default: all. */
  readonly band?: { readonly from: number; readonly to: number };
  /** Times of jumps and kinks of the drive. */
  readonly breakpoints?: readonly number[];
  /** Relative error at the last time at which refining ends; default 1e-5. If it is not reached, the error of each figure says so. */
  readonly tolerance?: number;
  /** Absolute error at which refining ends as well; default 0. */
  readonly absoluteTolerance?: number;
}

const levels = 5;
/** Rounding error of all implicit steps. */
const leastError = 1e-12;
/** Relative error that is enough before the last time, because early fronts of probabilities near 1e-15 need many cells. */
const onTheWay = 1e-2;
/** Smaller figures have no relative accuracy in double precision. */
const tiniest = 1e-290;

/**
 * Forward evolution of an axial problem without a single subtraction: cells whose contents are never negative, midpoint drives, and
 * extrapolation of the logarithms over cells and steps halved together. A probability of 1e-15, or 1e-100, has as many digits as one of a
 * half. `dynamics` may depend on t; its axis is the frame's third. If that takes too many hops, implicit steps with an absolute error
 * evolve the same cells; small probabilities then have large errors, which are returned.
 */
export function tailProbability(
  dynamics: Dynamics,
  frame: Frame,
  initial: InitialLaw,
  times: readonly number[],
  options: TailOptions = {},
): Exact<TailProbability> {
  const { tolerance = 1e-5, absoluteTolerance = 0, threshold = 0, band = { from: -1, to: 1 } } = options;
  const { breakpoints = [] } = options;
  const setting: TailSetting = { dynamics, frame, initial, times, threshold, band, breakpoints };
  const found = extrapolated(setting, tolerance, absoluteTolerance);
  if (found.value === null) return found;
  const { values, errors, beside, absoluteError } = found.value;
  const side = (from: number): ProbabilityFigure[] =>
    times.map((_, i) => {
      // contents of cells are positive, but extrapolation may carry one above 1
      const [value, error] = [values[from + i], errors[from + i]];
      return { value: Math.min(1, value), errorEstimate: Math.max(error, value - 1) };
    });
  return exactly({
    above: side(0),
    below: side(times.length),
    beside,
    ...(absoluteError === undefined ? {} : { absoluteError }),
  });
}

/** Figures of both sides, those above before those below, with relative errors. */
interface Extrapolated {
  readonly values: readonly number[];
  readonly errors: readonly number[];
  readonly beside: number;
  readonly absoluteError?: number;
}

/** How often cells and steps are halved; implicit steps start again from the coarsest cells. */
interface Level {
  readonly halved: number;
  readonly isImplicit: boolean;
}

/** What one level adds: the last row of Romberg's table, and what the cells report. */
interface Evolved {
  readonly rows: readonly (readonly number[])[];
  /** Absolute error of all levels so far. */
  readonly absolute: number;
  readonly beside: number;
  /** Whether explicit steps at the third level, the first with an error estimate, would take too much work. */
  readonly isTooLong: boolean;
}

const tooLong = "the time is too long for an evolution that keeps small probabilities";

/** Halves cells and steps until extrapolations agree; refused if the third level takes too much work. */
function extrapolated(
  setting: TailSetting,
  tolerance: number,
  absoluteTolerance: number,
): Exact<Extrapolated> {
  const cells = new TailCells(setting);
  const count = setting.times.length;
  return refineUntilTwoAgree<Level, Evolved, Extrapolated>({
    first: { halved: 0, isImplicit: false },
    solve({ halved, isImplicit }, coarse) {
      const found = cells.evolved(halved, isImplicit);
      // cells halved and steps halved: eight times as many hops
      const isTooLong = halved < 2 && !isImplicit && (!found || found.work * 8 ** (2 - halved) > mostWork);
      if (isTooLong) return exactly({ rows: [], absolute: 0, beside: 0, isTooLong });
      if (!found) return outOfReach(tooLong);
      const before = halved > 0 ? coarse : undefined;
      return exactly({
        rows: nextRows(before?.rows ?? [], [...found.above, ...found.below]),
        absolute: Math.max(before?.absolute ?? 0, found.error),
        beside: found.beside,
        isTooLong,
      });
    },
    finer({ halved, isImplicit }, { isTooLong }) {
      if (isTooLong) return { halved: 0, isImplicit: true };
      return halved + 1 < levels ? { halved: halved + 1, isImplicit } : undefined;
    },
    compare({ fine: { rows, absolute, beside }, level: { halved, isImplicit } }) {
      if (halved < 2) return {};
      const doubt = isImplicit ? Math.max(leastError, absolute) : 0;
      const errors = relativeErrors(rows, doubt, setting);
      // no figure is below the error of implicit steps
      const enough = Math.max(absoluteTolerance, 2 * doubt);
      const isEnough = (e: number, i: number): boolean =>
        e <= (i % count === count - 1 ? tolerance : onTheWay) || e * rows[2][i] <= enough;
      const found = exactly({
        values: rows[2],
        errors,
        beside,
        ...(isImplicit ? { absoluteError: doubt } : {}),
      });
      // the errors say how good the figures are where levels end
      return errors.every(isEnough) ? { enough: found } : { useful: () => found };
    },
    unresolved: () => tooLong,
  });
}

/** The next row of Romberg's table in the logarithms: the errors of cells and of midpoints are even in their sizes. */
function nextRows(
  rows: readonly (readonly number[])[],
  figures: readonly number[],
): readonly (readonly number[])[] {
  const next = [figures];
  rows.forEach((row, k) => {
    const gain = 1 / (4 ** (k + 1) - 1);
    if (k < 2) next.push(next[k].map((x, i) => (x > 0 && row[i] > 0 ? x * (x / row[i]) ** gain : x)));
  });
  return next;
}

/** Difference of two extrapolations relative to the later one, plus an absolute error. */
function relativeErrors(
  [, once, twice]: readonly (readonly number[])[],
  doubt: number,
  { band, threshold }: TailSetting,
): number[] {
  return twice.map((x, i) => {
    // beyond a rim the density is zero
    if (x <= tiniest) return doubt > 0 && band.from < threshold ? Number.MAX_VALUE : 0;
    return Math.abs(once[i] / x - 1) + doubt / x;
  });
}

/** Why a figure with too large a relative error is refused. */
export const notKnown = ({ errorEstimate }: ProbabilityFigure, { absoluteError }: TailProbability): string =>
  absoluteError === undefined
    ? `it did not settle: two resolutions differ by ${errorEstimate.toExponential(1)} of it`
    : `the time is too long for an evolution that keeps small probabilities, and it is known to ${absoluteError.toExponential(0)} only`;
