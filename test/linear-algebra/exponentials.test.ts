import { describe, expect, it } from "vitest";
import { polynomialExponential } from "../../src/linear-algebra/chebyshev-exponential.ts";
import { exponentialSeries } from "../../src/linear-algebra/exponential-series.ts";
import { denseExponential } from "../../src/linear-algebra/matrix-exponential.ts";
import { rationalExponentials } from "../../src/linear-algebra/rational-exponential.ts";
import { SparseRows } from "../../src/linear-algebra/sparse.ts";
import { besselSequence } from "../../src/numerics/bessel.ts";

// diffusion on a line with 60 sites, whose eigenvectors are known sines
const n = 60;
const mode = (k: number) =>
  Float64Array.from({ length: n }, (_, i) => Math.sin((Math.PI * k * (i + 1)) / (n + 1)));
const rate = (k: number) => 2 - 2 * Math.cos((Math.PI * k) / (n + 1));
const start = mode(1).map((x, i) => x + mode(7)[i]);
const exact = (t: number) =>
  mode(1).map((x, i) => x * Math.exp(-rate(1) * t) + mode(7)[i] * Math.exp(-rate(7) * t));
const dense = (): Float64Array => {
  const a = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    a[i * n + i] = -2;
    if (i > 0) a[i * n + i - 1] = 1;
    if (i < n - 1) a[i * n + i + 1] = 1;
  }
  return a;
};
const sparse = (a: Float64Array, size: number) => {
  const rows = new SparseRows(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) if (a[i * size + j] !== 0) rows.add(j, a[i * size + j]);
    rows.endRow();
  }
  return rows.matrix();
};
const largest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

describe("exponentials", () => {
  it("of a rotation generator are rotations", () => {
    const e = denseExponential(Float64Array.of(0, -30, 30, 0), 2);
    expect(e[0]).toBeCloseTo(Math.cos(30), 11);
    expect(e[2]).toBeCloseTo(Math.sin(30), 11);
  });

  it("at even and at uneven times come from one chain of squarings", () => {
    for (const times of [[0, 0.3, 1, 7.77, 300], Array.from({ length: 40 }, (_, i) => 2.5 * (i + 1))])
      exponentialSeries(dense(), n, start, times).forEach((x, i) => {
        expect(largest(x, exact(times[i]))).toBeLessThan(1e-12);
      });
  });

  it("act on vectors by rational Krylov spaces, one of which serves a decade of times however long", () => {
    const functionals = Array.from({ length: n }, (_, i) =>
      Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
    );
    for (const longest of [0.1, 10, 2000]) {
      const gamma = longest / 100;
      // (1 − γA)⁻¹ by the Thomas algorithm
      const solve = (x: Float64Array) => {
        const c = new Float64Array(n);
        for (let i = 0; i < n; i++) {
          const pivot = 1 + 2 * gamma + gamma * (c[i - 1] ?? 0);
          c[i] = -gamma / pivot;
          x[i] = (x[i] + gamma * (x[i - 1] ?? 0)) / pivot;
        }
        for (let i = n - 2; i >= 0; i--) x[i] -= c[i] * x[i + 1];
      };
      const times = [0.1, 0.15, 0.5, 1].map((share) => share * longest);
      const found = rationalExponentials(solve, gamma, start, times, { functionals, tolerance: 1e-11 });
      expect(found).toBeDefined();
      found?.coordinates.forEach((y, i) => {
        const x = new Float64Array(n);
        y.forEach((c, j) => {
          for (let k = 0; k < n; k++) x[k] += c * found.vectors[j][k];
        });
        expect(largest(x, exact(times[i]))).toBeLessThan(1e-11);
      });
    }
  });

  it("that too many vectors would be needed for are given up early", () => {
    // a rotation in many planes, with frequencies far beyond the pole
    const planes = 200;
    let solves = 0;
    const solve = (x: Float64Array) => {
      solves++;
      for (let k = 0; k < planes; k++) {
        const w = 1 + k;
        const [a, b] = [x[2 * k], x[2 * k + 1]];
        x[2 * k] = (a - w * b) / (1 + w * w);
        x[2 * k + 1] = (b + w * a) / (1 + w * w);
      }
    };
    const b = new Float64Array(2 * planes).fill(1);
    const options = { functionals: [b], tolerance: 1e-10 };
    expect(rationalExponentials(solve, 1, b, [100], options)).toBeUndefined();
    expect(solves).toBeLessThan(120);
  });

  it("act on vectors by polynomials on an ellipse, with rotation or diffusion the stronger", () => {
    for (const [turning, spreading] of [
      [5, 0.1],
      [0.3, 1],
      [1, 0.5],
      [0, 1],
      [1, 0],
    ]) {
      const a = dense().map((value) => spreading * value);
      for (let i = 0; i < n - 1; i++) {
        a[i * n + i + 1] += turning * Math.sin(1 + i);
        a[(i + 1) * n + i] -= turning * Math.sin(1 + i);
      }
      const times = [0, 0.01, 0.5, 3, 3.5, 40];
      polynomialExponential(sparse(a, n)).series(start, times, (place, x) => {
        const e = denseExponential(
          a.map((value) => times[place] * value),
          n,
        );
        const known = Array.from({ length: n }, (_, i) =>
          start.reduce((sum, value, j) => sum + e[i * n + j] * value, 0),
        );
        expect(largest(x, known)).toBeLessThan(2e-12);
      });
    }
  });

  it("act on vectors by polynomials whatever the shape of the ellipse", () => {
    // a chain of rotations with damping that grows along it: the polynomials grow fast on the ellipse's rim
    const size = 80;
    const a = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      a[i * size + i] = -0.004 * i * i;
      if (i > 0) {
        a[i * size + i - 1] = 0.25 * i;
        a[(i - 1) * size + i] = -0.25 * i;
      }
    }
    const b = Float64Array.from({ length: size }, (_, i) => Math.sqrt(1 + i) * Math.cos(i));
    for (const t of [0.5, 4, 20])
      polynomialExponential(sparse(a, size)).series(b, [t], (_, x) => {
        const e = denseExponential(
          a.map((value) => t * value),
          size,
        );
        const known = Array.from({ length: size }, (_, i) =>
          b.reduce((sum, value, j) => sum + e[i * size + j] * value, 0),
        );
        expect(largest(x, known)).toBeLessThan(1e-11);
      });
  });
});

describe("Bessel functions", () => {
  it("of whole order are the tabulated ones", () => {
    // Abramowitz & Stegun, tables 9.1, 9.2 and 9.8
    expect(besselSequence(1)[0]).toBeCloseTo(0.7651976865579666, 15);
    expect(besselSequence(5)[5]).toBeCloseTo(0.26114054612017, 14);
    expect(besselSequence(100)[1]).toBeCloseTo(-0.0771453520141122, 14);
    expect(besselSequence(1, { modified: true })[0]).toBeCloseTo(0.4657596075936404, 15);
    expect(besselSequence(100, { modified: true })[1]).toBeCloseTo(0.0397441530251303, 14);
  });
});
