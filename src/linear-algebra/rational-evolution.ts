import type { KrylovBasis } from "./arnoldi.ts";
import { addScaled, dotProduct, krylov, leading, norm } from "./arnoldi.ts";
import { factorDense, solveDense } from "./dense-lu.ts";
import { denseExponential } from "./matrix-exponential.ts";

/** γ over the length of a stretch of time. */
const poleShare = 0.02;
/** Vectors of one space; a stretch that needs more is cut. */
const mostVectors = 160;

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
  tolerance = 1e-10,
): Float64Array[] {
  const found = outputs.map(() => new Float64Array(times.length));
  let x: Float64Array = start;
  let [now, place] = [0, 0];
  const decades = decadesOf(times);
  while (decades.length > 0) {
    const end = decades.shift() as number;
    let upTo = place;
    while (upTo < times.length && times[upTo] <= end) upTo++;
    if (norm(x) < 1e-140) break;
    const here = times.slice(place, upTo).map((t) => t - now);
    const stretch = evolveStretch(inverse(poleShare * (end - now)), poleShare * (end - now), {
      start: x,
      outputs,
      times: here,
      end: end - now,
      tolerance,
    });
    if (!stretch) {
      // what oscillates fast decays in shorter stretches first
      decades.unshift(now + (end - now) / 6, end);
      continue;
    }
    stretch.values.forEach((row, o) => found[o].set(row, place));
    [x, now, place] = [stretch.state, end, upTo];
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
}

function evolveStretch(
  apply: (x: Float64Array) => void,
  gamma: number,
  { start, outputs, times, end, tolerance }: Stretch,
): { values: Float64Array[]; state: Float64Array } | undefined {
  const length = norm(start);
  const size = outputs.map((output) => Math.abs(dotProduct(output, start)));
  // looked at where the space is hardest pressed: early, in the middle, at the end
  const looked = [times[0], times[times.length >> 1], end].filter((t) => t !== undefined);
  let before: Float64Array[] = [];
  let next = 12;
  let settled = false;
  const vectors: Float64Array[] = [];
  const keep = (x: Float64Array) => {
    vectors.push(x.slice());
    apply(x);
  };
  const basis = krylov(keep, start, Math.min(mostVectors, start.length), (k, hessenberg, stride) => {
    if (k < next) return false;
    next = Math.ceil(1.25 * k);
    const generator = projected(hessenberg, stride, k, gamma);
    const now = looked.map((t) => firstColumn(generator, k, t));
    settled =
      before.length > 0 &&
      now.every((column, i) => {
        const change = column.map((c, j) => length * (c - (before[i][j] ?? 0)));
        const state = length * norm(column);
        if (i === looked.length - 1 && norm(change) > 100 * tolerance * state) return false;
        return outputs.every((output, o) => {
          let [difference, value] = [0, 0];
          for (let j = 0; j < k; j++) {
            const overlap = dotProduct(output, vectors[j]);
            difference += overlap * change[j];
            value += overlap * column[j] * length;
          }
          return Math.abs(difference) <= tolerance * Math.max(Math.abs(value), 1e-3 * size[o]);
        });
      });
    before = now;
    return settled;
  });
  if (!settled && !basis.invariant && basis.size < start.length) return undefined;
  return evaluate(basis, gamma, { start, outputs, times, end, tolerance });
}

function evaluate(
  { hessenberg, stride, size, vectors }: KrylovBasis,
  gamma: number,
  { start, outputs, times, end }: Stretch,
): { values: Float64Array[]; state: Float64Array } {
  const length = norm(start);
  const generator = projected(hessenberg, stride, size, gamma);
  const overlaps = outputs.map((output) =>
    Float64Array.from({ length: size }, (_, j) => length * dotProduct(output, vectors[j])),
  );
  const values = outputs.map(() => new Float64Array(times.length));
  // evenly spaced times share one exponential
  const steps = new Map<number, Float64Array>();
  let column: Float64Array = new Float64Array(size);
  column[0] = 1;
  let now = 0;
  const advance = (gap: number) => {
    if (gap <= 0) return;
    const key = Number(gap.toPrecision(11));
    let step = steps.get(key);
    if (!step) {
      step = denseExponential(
        generator.map((x) => x * gap),
        size,
      );
      steps.set(key, step);
    }
    const matrix = step;
    column = Float64Array.from({ length: size }, (_, i) =>
      dotProduct(matrix.subarray(i * size, (i + 1) * size), column),
    );
    now += gap;
  };
  times.forEach((t, k) => {
    advance(t - now);
    overlaps.forEach((overlap, o) => {
      values[o][k] = dotProduct(overlap, column);
    });
  });
  advance(end - now);
  const state = new Float64Array(start.length);
  for (let j = 0; j < size; j++) addScaled(state, vectors[j], length * column[j]);
  return { values, state };
}

/** A restricted to the space: (1 − H⁻¹)/γ. */
function projected(hessenberg: Float64Array, stride: number, size: number, gamma: number): Float64Array {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) inverse[i * (size + 1)] = 1;
  solveDense(factorDense(leading(hessenberg, stride, size), size), inverse, size);
  return inverse.map((x, i) => ((i % (size + 1) === 0 ? 1 : 0) - x) / gamma);
}

const firstColumn = (generator: Float64Array, size: number, t: number): Float64Array => {
  const whole = denseExponential(
    generator.map((x) => x * t),
    size,
  );
  return Float64Array.from({ length: size }, (_, i) => whole[i * size]);
};
