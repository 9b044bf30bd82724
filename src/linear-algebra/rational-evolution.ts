import { spaceUntilTwoAgree } from "./agreed-space.ts";
import type { KrylovBasis } from "./arnoldi.ts";
import { addScaled, dotProduct, inverseProjection, norm } from "./arnoldi.ts";
import { exponentialSeries } from "./exponential-series.ts";

/** γ relative to the length of the time interval. */
const poleShare = 0.006;
/** Largest dimension of one space; an interval that needs more is divided. */
const mostVectors = 200;

/**
 * outputs·exp(tA)·start at ascending times > 0, by Krylov spaces of (1 − γA)⁻¹ (van den Eshof and Hochbruck 2006). One
 * space, and one γ, serves a decade of times. `inverse(γ)` gives x ↦ (1 − γA)⁻¹x in place. A space is large enough when the
 * outputs at its times and the state at its end change by less than `tolerance` of themselves. Row-major [output][time].
 */
export function evolveOutputs(
  inverse: (gamma: number) => (x: Float64Array) => void,
  start: Float64Array,
  outputs: readonly Float64Array[],
  times: readonly number[],
  tolerance: number,
): Float64Array[] {
  const found = outputs.map(() => new Float64Array(times.length));
  let x: Float64Array = start;
  let [now, place] = [0, 0];
  const decades = decadesOf(times);
  while (decades.length > 0 && norm(x) > 1e-140) {
    const end = decades[0] - now;
    const gamma = poleShare * end;
    const later = times.slice(place).map((t) => t - now);
    const { reached, values, state } = evolveStretch(inverse(gamma), gamma, {
      start: x,
      outputs,
      times: later.filter((t) => t <= end * (1 + 1e-12)),
      end,
      tolerance,
      isLast: decades.length === 1,
    });
    values.forEach((row, o) => {
      found[o].set(row, place);
    });
    place += values[0].length;
    x = state;
    if (reached === end) now = decades.shift() as number;
    else now += reached;
  }
  return found;
}

/** Ends of decades up to the last time. */
function decadesOf(times: readonly number[]): number[] {
  if (times.length === 0) return [];
  const ends = [times[times.length - 1]];
  while (ends[0] / 10 > times[0] && ends.length < 16) ends.unshift(ends[0] / 10);
  return ends;
}

interface Stretch {
  readonly start: Float64Array;
  readonly outputs: readonly Float64Array[];
  readonly times: readonly number[];
  readonly end: number;
  readonly tolerance: number;
  /** Whether the evolution ends here, so that the state at the end is not needed. */
  readonly isLast: boolean;
}

interface Reached {
  readonly reached: number;
  /** At the times up to what was reached. */
  readonly values: Float64Array[];
  readonly state: Float64Array;
}

/** Evolves as far as one space suffices: to the end, or to an earlier time. */
function evolveStretch(
  apply: (x: Float64Array) => void,
  gamma: number,
  { start, outputs, times, end, tolerance, isLast }: Stretch,
): Reached {
  const length = norm(start);
  const size = outputs.map((output) => Math.abs(dotProduct(output, start)));
  /** Whether a smaller and a larger space agree in the outputs, and roughly in the state. */
  const agree = (small: Float64Array, large: Float64Array, vectors: readonly Float64Array[]): boolean => {
    const change = large.map((c, j) => length * (c - (small[j] ?? 0)));
    if (!isLast && norm(change) > 100 * tolerance * length * norm(large)) return false;
    return outputs.every((output, o) => {
      let [difference, value] = [0, 0];
      for (let j = 0; j < large.length; j++) {
        const overlap = dotProduct(output, vectors[j]);
        difference += overlap * change[j];
        value += overlap * large[j] * length;
      }
      return Math.abs(difference) <= tolerance * Math.max(Math.abs(value), 1e-3 * size[o]);
    });
  };
  // checked where the space is least accurate: early and at the end
  const checked = [times[0] ?? end, end];
  const { space, before, answer, isEnough } = spaceUntilTwoAgree(apply, start, {
    first: 12,
    next: (size) => Math.ceil(1.25 * size),
    most: mostVectors,
    answer: (space) => {
      const generator = generatorIn(space, gamma);
      const { size, vectors } = space;
      return { generator, size, vectors, columns: firstColumns(generator, size, checked) };
    },
    agree: (smaller, { columns, vectors }) =>
      smaller.columns.every((column, i) => agree(column, columns[i], vectors)),
  });
  let reached = end;
  if (!isEnough && before && answer) {
    const at = ({ generator, size }: typeof answer) => firstColumns(generator, size, [reached])[0];
    do reached /= 2;
    while (reached > 1e-6 * end && !agree(at(before), at(answer), answer.vectors));
  }
  const within = times.filter((t) => t <= reached * (1 + 1e-12));
  return { reached, ...evaluate(space, gamma, { start, outputs, times: within, end: reached }) };
}

function evaluate(
  space: KrylovBasis,
  gamma: number,
  { start, outputs, times, end }: Pick<Stretch, "start" | "outputs" | "times" | "end">,
): { values: Float64Array[]; state: Float64Array } {
  const { size, vectors } = space;
  const length = norm(start);
  const generator = generatorIn(space, gamma);
  const overlaps = outputs.map((output) =>
    Float64Array.from({ length: size }, (_, j) => length * dotProduct(output, vectors[j])),
  );
  const values = outputs.map(() => new Float64Array(times.length));
  const columns = firstColumns(generator, size, [...times, end]);
  times.forEach((_, k) => {
    overlaps.forEach((overlap, o) => {
      values[o][k] = dotProduct(overlap, columns[k]);
    });
  });
  const column = columns[times.length];
  const state = new Float64Array(start.length);
  for (let j = 0; j < size; j++) addScaled(state, vectors[j], length * column[j]);
  return { values, state };
}

/** A in a space of (1 − γA)⁻¹: (1 − H⁻¹)/γ. */
export function generatorIn(space: KrylovBasis, gamma: number): Float64Array {
  const matrix = inverseProjection(space);
  const diagonal = space.size + 1;
  for (let i = 0; i < matrix.length; i++) matrix[i] = ((i % diagonal === 0 ? 1 : 0) - matrix[i]) / gamma;
  return matrix;
}

/** First columns of exp(tA) at ascending times, by one chain of squarings for all. */
function firstColumns(generator: Float64Array, size: number, times: readonly number[]): Float64Array[] {
  const first = new Float64Array(size);
  first[0] = 1;
  return exponentialSeries(generator, size, first, times);
}
