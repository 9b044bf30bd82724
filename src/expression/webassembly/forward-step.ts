import { increase, repeatBy } from "./counted-loops.ts";
import { FunctionBuilder } from "./function.ts";
import { instantiated } from "./instantiated.ts";
import { f64, f64x2, i32, v128 } from "./instructions.ts";

/** One step of a Markov chain, on one growing memory. Places are indices into it; rows have `size` numbers, a multiple of four. */
export interface ForwardStep {
  /** The memory with room for `count` numbers; unwritten numbers are zero. Earlier views of it become invalid. */
  reserve(count: number): Float64Array;
  /** next[i] = scale · weight[i] · Σ_j now[j] matrix[j][i]; returns Σ next[i]. */
  step(now: number, next: number, matrix: number, weight: number, size: number, scale: number): number;
}

/** Pairs of states that one pass over the previous states computes, largest number first. */
const strips = [4, 2];

function stepFunction(): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32", "i32", "f64"], false, "f64");
  const [now, next, matrix, weight, size, scale] = [0, 1, 2, 3, 4, 5].map((i) => f.parameter(i));
  const [left, count, from, row] = Array.from({ length: 4 }, () => f.local("i32"));
  const [factor, total] = [f.local("v128"), f.local("v128")];
  const stride = f.keep(i32.shiftLeft(size.get, i32.constant(3)), "i32");
  f.add(left.set(size.get), factor.set(f64x2.splat(scale.get)), total.set(f64x2.constant(0)));
  for (const pairs of strips)
    repeatBy(f, left, 2 * pairs, () => {
      const sums = Array.from({ length: pairs }, () => f.local("v128"));
      f.add(count.set(size.get), from.set(now.get), row.set(matrix.get));
      for (const sum of sums) f.add(sum.set(f64x2.constant(0)));
      repeatBy(f, count, 1, () => {
        const value = f.keep(f64x2.loadSplat(from.get));
        sums.forEach((sum, i) => {
          f.add(sum.set(f64x2.add(sum.get, f64x2.multiply(value, v128.load(row.get, 16 * i)))));
        });
        increase(f, from, i32.constant(8));
        increase(f, row, stride);
      });
      sums.forEach((sum, i) => {
        const weighted = f64x2.multiply(factor.get, v128.load(weight.get, 16 * i));
        const found = f.keep(f64x2.multiply(sum.get, weighted));
        f.add(v128.store(next.get, found, 16 * i), total.set(f64x2.add(total.get, found)));
      });
      for (const place of [next, matrix, weight]) increase(f, place, i32.constant(16 * pairs));
    });
  f.add(f64.add(f64x2.extractLane(total.get, 0), f64x2.extractLane(total.get, 1)));
  return f;
}

/** In WebAssembly with SIMD; undefined if the engine has none. */
export function forwardStep(): ForwardStep | undefined {
  const instance = instantiated({ step: stepFunction() });
  if (!instance) return undefined;
  const { memory, functions } = instance;
  return {
    reserve: (count) => {
      const missing = 8 * count - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / 65536));
      return new Float64Array(memory.buffer, 0, count);
    },
    step: (now, next, matrix, weight, size, scale) =>
      functions.step(8 * now, 8 * next, 8 * matrix, 8 * weight, size, scale),
  };
}
