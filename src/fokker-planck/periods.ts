import { Matrix } from "ml-matrix";
import { spaceUntilTwoAgree } from "../linear-algebra/agreed-space.ts";
import type { KrylovBasis } from "../linear-algebra/arnoldi.ts";
import { addScaled, leading, norm, relativeDistance } from "../linear-algebra/arnoldi.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";

/** A time as whole periods and a remainder. */
export interface PeriodsAndPhase {
  readonly count: number;
  readonly phase: number;
}

/** Densities at phases of a period, from a density at phase 0. */
export type Follow = (start: Float64Array, phases: readonly number[]) => Float64Array[];

/** Most periods that are followed. */
const mostFollowed = 240;
/** Required accuracy of the state after all other periods, relative to its norm, in the space that the followed periods span. */
const wanted = 1e-10;
const growth = 1.2;

/**
 * Densities after any number of periods of a drive. A period maps a density linearly, and after a few of them only slow modes are left,
 * so the powers of the map are taken in the Krylov space of the start (Y. Saad, SIAM J. Numer. Anal. 29 (1992) 209, of exponentials). The
 * first coefficient is the total, which is conserved; powers are normalized to it. Times ascend.
 */
export function throughPeriods(
  follow: Follow,
  start: Float64Array,
  times: readonly PeriodsAndPhase[],
  period: number,
): Exact<Float64Array[]> {
  const counts = [...new Set(times.map(({ count }) => count))];
  const map = (x: Float64Array): void => {
    x.set(follow(x, [period])[0]);
  };
  const columnsIn = ({ hessenberg, stride, size }: KrylovBasis): Float64Array[] =>
    powers(leading(hessenberg, stride, size), size, counts);
  const { space, answer, isEnough } = spaceUntilTwoAgree(map, start, {
    first: 3,
    next: (size) => Math.ceil(growth * size) + 1,
    most: mostFollowed,
    answer: columnsIn,
    agree: (smaller, larger) =>
      larger.every((column, i) => relativeDistance(padded(smaller[i], column.length), column) <= wanted),
  });
  if (!isEnough)
    return outOfReach(
      `the state after ${counts[counts.length - 1]} periods of the drive does not follow from ${space.size} periods: too many modes relax slowly compared with a period`,
    );
  const length = norm(start);
  const states = (answer ?? columnsIn(space)).map((column) => {
    const sum = new Float64Array(start.length);
    for (let j = 0; j < space.size; j++) addScaled(sum, space.vectors[j], length * column[j]);
    const total = start[0] / sum[0];
    return sum.map((x) => total * x);
  });
  const densities: Float64Array[] = [];
  counts.forEach((count, i) => {
    const phases = times.filter((time) => time.count === count).map(({ phase }) => phase);
    densities.push(...follow(states[i], phases));
  });
  return exactly(densities);
}

const padded = (x: Float64Array, size: number): Float64Array => {
  const out = new Float64Array(size);
  out.set(x.subarray(0, size));
  return out;
};

/** First columns of powers of a square matrix, by squaring. */
function powers(matrix: Float64Array, size: number, exponents: readonly number[]): Float64Array[] {
  const squares = [Matrix.from1DArray(size, size, matrix)];
  const highest = Math.max(...exponents);
  for (let two = 2; two <= highest; two *= 2) {
    const last = squares[squares.length - 1];
    squares.push(last.mmul(last));
  }
  return exponents.map((exponent) => {
    let column = Matrix.eye(size, 1);
    squares.forEach((square, j) => {
      if (Math.floor(exponent / 2 ** j) % 2 === 1) column = square.mmul(column);
    });
    return Float64Array.from(column.to1DArray());
  });
}
