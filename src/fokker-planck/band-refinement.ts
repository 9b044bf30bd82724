import type { Dynamics } from "../physics/dynamics.ts";
import type { Band, BandBasis } from "./band-basis.ts";
import type { BandProblem } from "./band-problem.ts";
import { bandProblem } from "./band-problem.ts";
import { expansionDegree } from "./degree.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import { remainingShare } from "./remaining-share.ts";
import { steepness } from "./steepness.ts";

/** Functions along z and azimuthal orders. */
export interface BandCounts {
  readonly count: number;
  readonly mmax: number;
}

/** Answers of one resolution: solutions, whose tails show where more functions are needed, and the difference of two answers. */
export interface BandSearch<Answer> {
  solve(problem: BandProblem): { readonly answer: Answer; readonly solutions: readonly Float64Array[] };
  /** Largest difference between two answers; relative for figures with a relative accuracy. */
  difference(fine: Answer, coarse: Answer): number;
}

export interface BandSetting {
  readonly dynamics: Dynamics;
  readonly diffusion: number;
  readonly band: Band;
  readonly axial: boolean;
  readonly tolerance: number;
}

/** With a larger difference between two resolutions the answer is refused. */
export const acceptable = 1e-3;
/** Most seconds of one factorization. */
const mostSeconds = 6;
/** If the next factorization takes longer than this, s, the agreement below is enough. */
const expensive = 0.6;
const expensiveTolerance = 1e-5;
const veryExpensive = 2;
const veryExpensiveTolerance = 1e-4;
/** If a resolution takes less than this, s, refinement goes on to the tolerance below, even if a lower accuracy is enough. */
const cheap = 0.1;
const cheapTolerance = 1e-6;
/** Most functions along z; with more, rounding of the polynomials grows. */
const mostAlongZ = 600;

/**
 * Solves on finer and finer bases of a band until two answers agree. An answer that does not reach the tolerance before it costs too much
 * is returned with its difference as error estimate, if that is acceptable.
 */
export function refineOnBand<Answer>(
  { dynamics, diffusion, band, axial, tolerance }: BandSetting,
  { solve, difference }: BandSearch<Answer>,
): Exact<Agreed<Answer>> {
  const degrees = [dynamics.psi, dynamics.omega].map((of) => expansionDegree(of, 60));
  if (degrees.some((degree) => degree === undefined))
    return outOfReach("the potentials are not resolved by harmonics up to degree 60");
  const degree = Math.max(1, ...(degrees as number[]));
  let [errorEstimate, before, last] = [1, 1, 1].map(() => Number.POSITIVE_INFINITY);
  let seconds = 0;
  let coarsest: Answer | undefined;
  return refineUntilTwoAgree<BandCounts, Solved<Answer>, Agreed<Answer>>({
    first: firstCounts(dynamics, diffusion, band, axial),
    solve(counts) {
      if (seconds > mostSeconds || counts.count > mostAlongZ)
        return outOfReach(
          `${counts.count} × ${2 * counts.mmax + 1} functions between the thresholds would take about ${Math.ceil(seconds)} s each time they are solved for` +
            (Number.isFinite(errorEstimate)
              ? `; fewer leave a difference of ${errorEstimate.toExponential(1)}`
              : ""),
        );
      const problem = bandProblem(dynamics, diffusion, band, degree, counts);
      const solved = releasing(problem, solve);
      const asked = problem.seconds() > expensive ? Math.max(tolerance, expensiveTolerance) : tolerance;
      const next = grown(problem.basis, solved.solutions, asked);
      seconds = secondsAt(problem.seconds(), counts, next);
      return exactly({ ...solved, next });
    },
    finer: (_, { next }) => next,
    compare({ coarse, fine, from, level }) {
      const apart = difference(fine.answer, coarse.answer);
      // if only one direction grew, the differences show no power law
      const growsAlike = level.count > from.count && (level.mmax > from.mmax || from.mmax === 0);
      errorEstimate = apart * remainingShare(apart, growsAlike ? before : Number.POSITIVE_INFINITY, last);
      before = growsAlike ? apart : Number.POSITIVE_INFINITY;
      last = apart;
      const found = exactly({ answer: fine.answer, coarser: coarse.answer, coarsest, errorEstimate });
      coarsest = coarse.answer;
      const wanted =
        seconds > expensive
          ? Math.max(tolerance, seconds > veryExpensive ? veryExpensiveTolerance : expensiveTolerance)
          : seconds < cheap
            ? Math.min(tolerance, cheapTolerance)
            : tolerance;
      if (errorEstimate <= wanted) return { enough: found };
      return { useful: errorEstimate <= acceptable ? () => found : undefined };
    },
    unresolved: ({ count }) => `${count} functions do not resolve the band`,
  });
}

/** Solves, and frees the factorizations even after an exception. */
function releasing<T>(problem: BandProblem, solve: (problem: BandProblem) => T): T {
  try {
    return solve(problem);
  } finally {
    problem.release();
  }
}

/** An answer with the solutions behind it, and the next resolution. */
interface Solved<Answer> {
  readonly answer: Answer;
  readonly solutions: readonly Float64Array[];
  readonly next: BandCounts;
}

/** The answers of the last two resolutions, and of the one before them. */
export interface Agreed<Answer> {
  readonly answer: Answer;
  readonly coarser: Answer;
  readonly coarsest: Answer | undefined;
  readonly errorEstimate: number;
}

/** Nested dissection takes a time ~ unknowns^(3/2). */
const secondsAt = (seconds: number, from: BandCounts, to: BandCounts): number =>
  seconds * ((to.count * (2 * to.mmax + 1)) / (from.count * (2 * from.mmax + 1))) ** 1.5;

/**
 * More functions along z, more orders, or both: in the direction with the larger tail of the solutions, by the number that geometrically
 * falling tails need.
 */
function grown(
  { count, mmax }: BandBasis,
  solutions: readonly Float64Array[],
  tolerance: number,
): BandCounts {
  const [alongZ, orders] = tails(count, mmax, solutions);
  const by = (n: number, tail: number): number => {
    const factor = tail < 1 ? Math.log(0.1 * tolerance) / Math.log(tail) : 2;
    return Math.ceil(Math.max(1.2, Math.min(1.6, factor)) * n) + 1;
  };
  return {
    count: alongZ > 0.03 * orders ? by(count, alongZ) : count,
    mmax: mmax > 0 && orders > 0.03 * alongZ ? by(mmax, orders) : mmax,
  };
}

/** Largest coefficients among the highest functions of z, and among the highest orders, relative to the largest of all. */
function tails(count: number, mmax: number, solutions: readonly Float64Array[]): [number, number] {
  let [alongZ, orders] = [0, 0];
  const [highCount, highOrder] = [count - Math.ceil(count / 8), mmax - Math.ceil(mmax / 8)];
  for (const c of solutions) {
    let [largest, z, high] = [0, 0, 0];
    c.forEach((x, i) => {
      const size = Math.abs(x);
      const order = (((i / count) | 0) + 1) >> 1;
      largest = Math.max(largest, size);
      if (i % count >= highCount) z = Math.max(z, size);
      if (order > highOrder) high = Math.max(high, size);
    });
    if (largest > 0) [alongZ, orders] = [Math.max(alongZ, z / largest), Math.max(orders, high / largest)];
  }
  return [alongZ, orders];
}

/** First counts: for wells of width 1/√span, and for layers of width √α in energy at low damping, over the height of the band. */
function firstCounts(dynamics: Dynamics, diffusion: number, { from, to }: Band, axial: boolean): BandCounts {
  if (axial) return { count: 24, mmax: 0 };
  const { span, damping } = steepness(dynamics, diffusion);
  const degree = Math.max(12, 3 * Math.sqrt(span), Math.sqrt(span / Math.max(damping, 1e-6)));
  const arc = (Math.acos(Math.max(-1, from)) - Math.acos(Math.min(1, to))) / Math.PI;
  return { count: Math.ceil(8 + 0.5 * degree * arc), mmax: Math.ceil(4 + 0.4 * degree) };
}
