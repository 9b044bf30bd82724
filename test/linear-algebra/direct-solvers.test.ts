import { describe, expect, it } from "vitest";
import { webAssemblyKernels } from "../../src/expression/webassembly/elimination.ts";
import { factorBanded, solveBanded, solveBandedTransposed } from "../../src/linear-algebra/banded-lu.ts";
import {
  factorBlockTridiagonal,
  solveBlockTridiagonal,
  solveBlockTridiagonalTransposed,
} from "../../src/linear-algebra/block-tridiagonal-lu.ts";
import {
  factorDense,
  SingularMatrixError,
  solveDense,
  solveDenseTransposed,
} from "../../src/linear-algebra/dense-lu.ts";
import { plainKernels } from "../../src/linear-algebra/elimination-kernels.ts";
import { analyseFronts } from "../../src/linear-algebra/front-analysis.ts";
import { nestedDissection, symmetricPattern } from "../../src/linear-algebra/nested-dissection.ts";
import type { SparseMatrix } from "../../src/linear-algebra/sparse.ts";
import { multiply, SparseRows, transpose } from "../../src/linear-algebra/sparse.ts";
import { factorSparse } from "../../src/linear-algebra/sparse-lu.ts";
import { solveSparse, solveSparseTransposed } from "../../src/linear-algebra/sparse-solve.ts";

/** Residuals of well-conditioned systems of this size stay below a few hundred roundings. */
const rounding = 1e-12;

const noise = (i: number) => ((Math.sin(12.9898 * i) * 43758.5453) % 1) * 2;

function random(n: number, keep: (i: number, j: number) => boolean): SparseMatrix {
  const rows = new SparseRows(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) if (keep(i, j)) rows.add(j, noise(i * n + j + 1));
    rows.endRow();
  }
  return rows.matrix();
}

const dense = (a: SparseMatrix): Float64Array => {
  const out = new Float64Array(a.rows * a.columns);
  for (let i = 0; i < a.rows; i++)
    for (let k = a.starts[i]; k < a.starts[i + 1]; k++) out[i * a.columns + a.indices[k]] = a.values[k];
  return out;
};

function expectSolved(a: SparseMatrix, solve: (b: Float64Array) => void): void {
  const b = Float64Array.from({ length: a.rows }, (_, i) => noise(7 * i + 3));
  const x = b.slice();
  solve(x);
  const back = multiply(a, x, new Float64Array(a.rows));
  const scale = Math.max(...x.map(Math.abs), 1);
  back.forEach((value, i) => {
    expect(Math.abs(value - b[i]) / scale).toBeLessThan(rounding);
  });
}

describe("direct solvers", () => {
  it("solve dense systems and their transposes, with pivoting", () => {
    const a = random(23, (i, j) => i !== j || i > 3);
    expectSolved(a, (b) => solveDense(factorDense(dense(a), 23), b));
    expectSolved(transpose(a), (b) => solveDenseTransposed(factorDense(dense(a), 23), b));
  });

  it("solve for many right-hand sides at once", () => {
    const a = random(12, () => true);
    const identity = Float64Array.from({ length: 144 }, (_, i) => (i % 13 === 0 ? 1 : 0));
    const inverse = identity.slice();
    solveDense(factorDense(dense(a), 12), inverse, 12);
    for (let j = 0; j < 12; j++) {
      const column = Float64Array.from({ length: 12 }, (_, i) => inverse[i * 12 + j]);
      multiply(a, column, new Float64Array(12)).forEach((value, i) => {
        expect(value).toBeCloseTo(identity[i * 12 + j], 10);
      });
    }
  });

  it("say that a singular matrix is singular", () => {
    expect(() => factorDense(new Float64Array(4), 2)).toThrow(SingularMatrixError);
  });

  it("solve banded systems and their transposes, with zeros on the diagonal", () => {
    const a = random(57, (i, j) => j - i <= 2 && i - j <= 3 && !(i === j && i % 5 === 0));
    expectSolved(a, (b) => solveBanded(factorBanded(a), b));
    expectSolved(transpose(a), (b) => solveBandedTransposed(factorBanded(a), b));
  });

  it("solve block-tridiagonal systems of unequal blocks and their transposes", () => {
    const bounds = [0, 4, 11, 16, 25, 31];
    const block = (i: number) => bounds.findIndex((b) => b > i);
    const a = random(31, (i, j) => Math.abs(block(i) - block(j)) <= 1);
    const factor = factorBlockTridiagonal(a, bounds);
    expectSolved(a, (b) => solveBlockTridiagonal(factor, b));
    expectSolved(transpose(a), (b) => solveBlockTridiagonalTransposed(factor, b));
  });

  describe("by nested dissection", () => {
    // a triangle of points (l, m) with 0 ≤ m ≤ l, two unknowns a point, coupled to all points within two steps
    const points = Array.from({ length: 24 }, (_, l) =>
      Array.from({ length: l + 1 }, (_, m) => [l, m]),
    ).flat();
    const l = points.flatMap(([degree]) => [degree, degree]);
    const m = points.flatMap(([, order]) => [order, order]);
    const near = (i: number, j: number) => Math.abs(l[i] - l[j]) <= 2 && Math.abs(m[i] - m[j]) <= 2;
    // some diagonals vanish, so that rows must be swapped, and the pattern is not symmetric
    const a = random(l.length, (i, j) => (i === j ? i % 7 !== 0 : near(i, j) && (i * 31 + j) % 9 !== 0));
    for (let i = 0; i < a.rows; i++)
      for (let k = a.starts[i]; k < a.starts[i + 1]; k++) if (a.indices[k] === i) a.values[k] += 4;
    const plan = analyseFronts(a, symmetricPattern(a), nestedDissection(symmetricPattern(a), [l, m]));
    const machine = webAssemblyKernels();

    it("cuts the set into parts that do not couple", () => {
      expect(plan.fronts.length).toBeGreaterThan(8);
      expect([...plan.order].sort((x, y) => x - y)).toEqual(l.map((_, i) => i));
      // fewer operations than a dense factorization by an order of magnitude
      expect(plan.operations).toBeLessThan(l.length ** 3 / 30);
    });

    it("solves, transposed too, with the kernels in JavaScript and in WebAssembly", () => {
      if (process.env.CI) expect(machine).toBeDefined();
      for (const kernels of [plainKernels(), machine]) {
        if (!kernels) continue;
        const factor = factorSparse(a, plan, kernels);
        expectSolved(a, (b) => solveSparse(factor, b));
        expectSolved(transpose(a), (b) => solveSparseTransposed(factor, b));
      }
    });

    it("solves for several right-hand sides as for each", () => {
      const factor = factorSparse(a, plan, plainKernels());
      const both = Float64Array.from({ length: 2 * a.rows }, (_, i) => noise(3 * i + 1));
      for (const solve of [solveSparse, solveSparseTransposed]) {
        const [first, second] = [both.slice(0, a.rows), both.slice(a.rows)];
        const together = both.slice();
        solve(factor, together, 2);
        solve(factor, first);
        solve(factor, second);
        expect(together).toEqual(Float64Array.of(...first, ...second));
      }
    });

    it("says that a singular matrix is singular", () => {
      const hole = {
        ...a,
        values: a.values.map((value, k) => (k >= a.starts[40] && k < a.starts[41] ? 0 : value)),
      };
      expect(() => factorSparse(hole, plan, plainKernels())).toThrow(SingularMatrixError);
    });
  });
});
