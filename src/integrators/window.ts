import type { Expression, Operand } from "../expression/expression.ts";
import { add, div, floor, less, max, min, mul, select, sub, variable } from "../expression/expression.ts";

/** An interval of time, as offsets from t. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/**
 * A point of a quadrature over a window: its time, its weight as a share of the window, and its place in
 * the window from −1 to 1.
 */
export interface WindowPoint {
  readonly time: Expression;
  readonly share: Operand;
  readonly place: Expression | number;
}

/** The two points of Gauss's rule on [0, 1], each of weight ½: exact for cubics. */
const gauss = [0.5 - Math.sqrt(3) / 6, 0.5 + Math.sqrt(3) / 6];
/** Most breakpoints that divide one window; a user's step may be longer than a drive's period. */
const mostDivisions = 8;
/** Breakpoints nearer to each other than this share of the window count as one. */
const distinct = 1e-6;

const t = variable("t");
const never = 1e30;

/**
 * Quadrature points over a window for a function of time that is smooth between breakpoints: two Gauss
 * points between neighbouring breakpoints inside the window, wherever the window lies. Jumps and kinks cost
 * no accuracy.
 */
export function windowPoints({ from, to }: Window, breakpoints: readonly number[]): WindowPoint[] {
  const length = to - from;
  const [begin, end] = [from, to].map((offset) => add(t, offset));
  const edges = apart(breakpoints, distinct * length);
  const dividing = Math.min(mostInWindow(edges, length), mostDivisions);
  if (dividing === 0)
    return gauss.map((x) => ({ time: add(t, from + x * length), share: 0.5, place: 2 * x - 1 }));
  const after = edgeAfter(edges);
  const limits = [begin, ...Array.from({ length: dividing }, (_, k) => min(after(begin, k), end)), end];
  return limits.slice(1).flatMap((right, k) => {
    const left = limits[k];
    const width = sub(right, left);
    return gauss.map((x): WindowPoint => {
      const time = add(left, mul(x, width));
      return {
        time,
        share: mul(0.5 / length, width),
        place: mul(2 / length, sub(time, add(t, (from + to) / 2))),
      };
    });
  });
}

/** Ascending, without those that are nearly equal. */
function apart(times: readonly number[], least: number): number[] {
  const edges: number[] = [];
  for (const time of [...times].sort((a, b) => a - b))
    if (edges.length === 0 || time - edges[edges.length - 1] > least) edges.push(time);
  return edges;
}

/** The largest number of edges in any window of a length. */
function mostInWindow(edges: readonly number[], length: number): number {
  let [most, first] = [0, 0];
  edges.forEach((edge, i) => {
    while (edge - edges[first] > length) first++;
    most = Math.max(most, i - first + 1);
  });
  return most;
}

/** The k-th edge after a time (k = 0: the next); a time far away if there is none. */
function edgeAfter(edges: readonly number[]): (time: Expression, k: number) => Expression {
  const period = periodOf(edges);
  if (!period) {
    // a balanced tree of `select` over the number of edges that have passed
    const between = (time: Expression, k: number, first: number, last: number): Expression => {
      if (first === last) return add(edges[first + k] ?? never);
      const middle = (first + last) >> 1;
      return select(
        less(time, edges[middle]),
        between(time, k, first, middle),
        between(time, k, middle + 1, last),
      );
    };
    return (time, k) => between(time, k, 0, edges.length);
  }
  const { size, length, count } = period;
  const group = edges.slice(0, size);
  return (time, k) => {
    const number = min(max(floor(div(sub(time, edges[0]), length)), 0), count - 1);
    const start = mul(length, number);
    const within = sub(time, start);
    // the group and as much of the next as is needed; after the last group there is nothing
    const next = (passed: number): Expression => {
      const place = passed + k;
      const edge = add(group[place % size] + length * Math.floor(place / size), start);
      const beyond = count - Math.floor(place / size);
      return place < size ? edge : select(less(number, beyond), edge, never);
    };
    return group.reduceRight<Expression>(
      (later, edge, passed) => select(less(within, edge), next(passed), later),
      next(size),
    );
  };
}

/** Largest group of edges that repeats. */
const largestGroup = 8;

/** The period, if the edges are equal groups at equal distances, like those of a pulse train. */
function periodOf(edges: readonly number[]): { size: number; length: number; count: number } | undefined {
  for (let size = 1; size <= largestGroup && 3 * size <= edges.length; size++) {
    const length = edges[size] - edges[0];
    if (edges.length % size !== 0 || edges.length <= 2 * largestGroup) continue;
    const isEven = edges.every(
      (edge, i) => Math.abs(edge - edges[i % size] - length * Math.floor(i / size)) < 1e-9 * length,
    );
    if (isEven) return { size, length, count: edges.length / size };
  }
  return undefined;
}
