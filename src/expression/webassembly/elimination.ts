import type { EliminationKernels } from "../../linear-algebra/elimination-kernels.ts";
import type { Code, ValueType } from "./binary.ts";
import { decrease, increase, repeatBy } from "./counted-loops.ts";
import type { Local } from "./function.ts";
import { FunctionBuilder } from "./function.ts";
import { instantiated } from "./instantiated.ts";
import { f64, f64x2, i32, v128 } from "./instructions.ts";

/** A pack of neighbouring columns as one value: two in a vector, or one number. */
interface Pack {
  readonly type: ValueType;
  readonly bytes: number;
  readonly load: (address: Code, offset?: number) => Code;
  readonly store: (address: Code, value: Code, offset?: number) => Code;
  /** Loads one number into all columns. */
  readonly spread: (address: Code, offset?: number) => Code;
  readonly zero: Code;
  readonly add: (x: Code, y: Code) => Code;
  readonly subtract: (x: Code, y: Code) => Code;
  readonly multiply: (x: Code, y: Code) => Code;
}

const pair: Pack = {
  type: "v128",
  bytes: 16,
  load: v128.load,
  store: v128.store,
  spread: f64x2.loadSplat,
  zero: f64x2.constant(0),
  add: f64x2.add,
  subtract: f64x2.subtract,
  multiply: f64x2.multiply,
};
const single: Pack = {
  type: "f64",
  bytes: 8,
  load: f64.load,
  store: f64.store,
  spread: f64.load,
  zero: f64.constant(0),
  add: f64.add,
  subtract: f64.subtract,
  multiply: f64.multiply,
};

/** Columns taken in one pass, widest first. */
const strips: readonly { readonly pack: Pack; readonly packs: number }[] = [
  { pack: pair, packs: 2 },
  { pack: pair, packs: 1 },
  { pack: single, packs: 1 },
];

/** C −= A·B; parameters c, a, b and stride in bytes, rows, columns and depth in numbers. */
function subtractProduct(): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32", "i32", "i32", "i32"]);
  const [c, a, b, rows, columns, depth, stride] = [0, 1, 2, 3, 4, 5, 6].map((i) => f.parameter(i));
  const [left, target, remaining] = [f.local("i32"), f.local("i32"), f.local("i32")];
  for (const { pack, packs } of strips)
    repeatBy(f, columns, (packs * pack.bytes) / 8, () => {
      f.add(left.set(a.get), target.set(c.get), remaining.set(rows.get));
      for (const height of [4, 1])
        repeatBy(f, remaining, height, () =>
          tile(f, { left, target, b, depth, stride }, height, pack, packs),
        );
      increase(f, b, i32.constant(packs * pack.bytes));
      increase(f, c, i32.constant(packs * pack.bytes));
    });
  return f;
}

interface Operands {
  readonly left: Local;
  readonly target: Local;
  readonly b: Local;
  readonly depth: Local;
  readonly stride: Local;
}

/** A few rows of one strip: their sums stay in registers over the whole depth. Advances `left` and `target`. */
function tile(
  f: FunctionBuilder,
  { left, target, b, depth, stride }: Operands,
  height: number,
  pack: Pack,
  packs: number,
): void {
  const rows = Array.from({ length: height }, () => f.local("i32"));
  const sums = rows.map(() => Array.from({ length: packs }, () => f.local(pack.type)));
  const [right, count] = [f.local("i32"), f.local("i32")];
  f.add(right.set(b.get), count.set(depth.get));
  for (const row of rows) {
    f.add(row.set(left.get));
    increase(f, left, stride.get);
  }
  for (const sum of sums.flat()) f.add(sum.set(pack.zero));
  f.repeat(() => {
    const factors = sums[0].map((_, j) => f.keep(pack.load(right.get, j * pack.bytes), pack.type));
    rows.forEach((row, i) => {
      const value = f.keep(pack.spread(row.get), pack.type);
      sums[i].forEach((sum, j) => {
        f.add(sum.set(pack.add(sum.get, pack.multiply(value, factors[j]))));
      });
      increase(f, row, i32.constant(8));
    });
    increase(f, right, stride.get);
    decrease(f, count, 1);
    return count.get;
  });
  for (const row of sums) {
    row.forEach((sum, j) => {
      const old = pack.load(target.get, j * pack.bytes);
      f.add(pack.store(target.get, pack.subtract(old, sum.get), j * pack.bytes));
    });
    increase(f, target, stride.get);
  }
}

/** L X = B for unit lower triangular L of `height` rows; parameters b, l and stride in bytes, columns in numbers. */
function substitute(height: number): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32"]);
  const [b, l, columns, stride] = [0, 1, 2, 3].map((i) => f.parameter(i));
  const rows = Array.from({ length: height }, () => f.local("i32"));
  const row = f.local("i32");
  for (const pack of [pair, single]) {
    f.add(row.set(l.get));
    const factors = rows.map((_, i) => {
      const values = Array.from({ length: i }, (_, j) => f.keep(pack.spread(row.get, 8 * j), pack.type));
      increase(f, row, stride.get);
      return values;
    });
    repeatBy(f, columns, pack.bytes / 8, () => {
      f.add(row.set(b.get));
      const values: Code[] = [];
      rows.forEach((_, i) => {
        let value = pack.load(row.get);
        factors[i].forEach((factor, j) => {
          value = pack.subtract(value, pack.multiply(factor, values[j]));
        });
        values.push(f.keep(value, pack.type));
        if (i > 0) f.add(pack.store(row.get, values[i]));
        increase(f, row, stride.get);
      });
      increase(f, b, i32.constant(pack.bytes));
    });
  }
  return f;
}

/**
 * One pass over a column beside `done` columns of L; parameters: the strip's place in bytes, eligible and other rows in
 * numbers, stride in bytes, the factors of L, and the inverse pivot. Leaves the row of the largest magnitude.
 */
function updateColumn(done: number): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32", "f64", "f64", "f64", "f64"], false, "i32");
  const [row, eligible, others, stride, u0, u1, u2, inverse] = [0, 1, 2, 3, 4, 5, 6, 7].map((i) =>
    f.parameter(i),
  );
  const u = [u0, u1, u2];
  const [best, left, largest, x] = [f.local("i32"), f.local("i32"), f.local("f64"), f.local("f64")];
  f.add(best.set(i32.constant(0)), left.set(eligible.get), largest.set(f64.constant(0)));
  const update = (): void => {
    f.add(x.set(f64.load(row.get, 8 * done)));
    for (let j = 0; j < done; j++) {
      let l = f64.load(row.get, 8 * j);
      if (j === done - 1) {
        l = f.keep(f64.multiply(l, inverse.get), "f64");
        f.add(f64.store(row.get, l, 8 * j));
      }
      f.add(x.set(f64.subtract(x.get, f64.multiply(l, u[j].get))));
    }
    f.add(f64.store(row.get, x.get, 8 * done));
    increase(f, row, stride.get);
  };
  repeatBy(f, left, 1, () => {
    update();
    f.when(f64.greater(f64.absolute(x.get), largest.get), () =>
      f.add(largest.set(f64.absolute(x.get)), best.set(left.get)),
    );
  });
  repeatBy(f, others, 1, update);
  // counted down from `eligible`; if none was found the result is `eligible` itself
  f.add(i32.subtract(eligible.get, best.get));
  return f;
}

/** Adds an n×n matrix to scattered rows and columns; target, source, map and stride in bytes. */
function addScattered(): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32", "i32"]);
  const [target, source, map, n, stride] = [0, 1, 2, 3, 4].map((i) => f.parameter(i));
  const [rows, columns, row, place, column] = ["i32", "i32", "i32", "i32", "i32"].map((type) =>
    f.local(type as ValueType),
  );
  f.add(rows.set(n.get), row.set(map.get));
  repeatBy(f, rows, 1, () => {
    const start = f.keep(i32.add(target.get, i32.multiply(i32.load(row.get), stride.get)), "i32");
    f.add(columns.set(n.get), column.set(map.get));
    repeatBy(f, columns, 1, () => {
      f.add(place.set(i32.add(start, i32.shiftLeft(i32.load(column.get), i32.constant(3)))));
      f.add(f64.store(place.get, f64.add(f64.load(place.get), f64.load(source.get))));
      increase(f, source, i32.constant(8));
      increase(f, column, i32.constant(4));
    });
    increase(f, row, i32.constant(4));
  });
  return f;
}

/** Moves n rows of n numbers down, so that they lie side by side; places and stride in bytes. */
function compact(): FunctionBuilder {
  const f = new FunctionBuilder(["i32", "i32", "i32", "i32"]);
  const [target, source, n, stride] = [0, 1, 2, 3].map((i) => f.parameter(i));
  const [rows, columns, from] = [f.local("i32"), f.local("i32"), f.local("i32")];
  f.add(rows.set(n.get));
  repeatBy(f, rows, 1, () => {
    f.add(columns.set(n.get), from.set(source.get));
    for (const pack of [pair, single])
      repeatBy(f, columns, pack.bytes / 8, () => {
        f.add(pack.store(target.get, pack.load(from.get)));
        increase(f, from, i32.constant(pack.bytes));
        increase(f, target, i32.constant(pack.bytes));
      });
    increase(f, source, stride.get);
  });
  return f;
}

/** The kernels of dense elimination in WebAssembly with SIMD; undefined if the engine has no SIMD. */
export function webAssemblyKernels(): EliminationKernels | undefined {
  const instance = instantiated({
    product: subtractProduct(),
    addScattered: addScattered(),
    compact: compact(),
    ...Object.fromEntries([2, 3, 4].map((height) => [`substitute${height}`, substitute(height)])),
    ...Object.fromEntries([0, 1, 2, 3].map((done) => [`updateColumn${done}`, updateColumn(done)])),
  });
  if (!instance) return undefined;
  const { functions: made, memory } = instance;
  const triangles = [1, 1, 2, 3, 4].map((height) => made[`substitute${height}`]);
  const columns = [0, 1, 2, 3].map((done) => made[`updateColumn${done}`]);
  let view = new Float64Array(0);
  let indices = new Int32Array(0);
  let mapBytes = 0;
  return {
    reserve: (count, longest) => {
      mapBytes = 8 * count;
      const needed = mapBytes + 4 * longest;
      if (memory.buffer.byteLength < needed)
        memory.grow(Math.ceil((1.2 * needed - memory.buffer.byteLength) / 65536));
      view = new Float64Array(memory.buffer, 0, count);
      indices = new Int32Array(memory.buffer, mapBytes, longest);
      return view;
    },
    subtractProduct: (c, a, b, rows, width, depth, stride) =>
      made.product(8 * c, 8 * a, 8 * b, rows, width, depth, 8 * stride),
    substitute: (b, l, rows, width, stride) => triangles[rows]?.(8 * b, 8 * l, width, 8 * stride),
    updateColumn: (at, rows, eligible, stride, done, [u0, u1, u2], inverse) => {
      const best = columns[done](8 * at, eligible, rows - eligible, 8 * stride, u0, u1, u2, inverse);
      return best < eligible ? best : -1;
    },
    addScattered: (target, source, map, stride) => {
      indices.set(map);
      made.addScattered(8 * target, 8 * source, mapBytes, map.length, 8 * stride);
    },
    compact: (target, source, n, stride) => {
      made.compact(8 * target, 8 * source, n, 8 * stride);
    },
  };
}
