import { describe, expect, it } from "vitest";
import { largestEigenpairs } from "../../src/linear-algebra/arnoldi.ts";
import { gaussLegendre } from "../../src/linear-algebra/gauss-legendre.ts";
import { hessenbergEigenvalues } from "../../src/linear-algebra/hessenberg.ts";
import { krylovExponential, rationalExponential } from "../../src/linear-algebra/krylov-exponential.ts";
import { denseExponential } from "../../src/linear-algebra/matrix-exponential.ts";

describe("Gauss–Legendre quadrature", () => {
  it("integrates monomials up to degree 2n−1 exactly", () => {
    const { nodes, weights } = gaussLegendre(7);
    for (let degree = 0; degree < 14; degree++) {
      const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** degree, 0);
      expect(sum).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 14);
    }
  });
  it("keeps weights that sum to two at hundreds of nodes", () => {
    expect(gaussLegendre(401).weights.reduce((a, b) => a + b)).toBeCloseTo(2, 12);
  });
});

describe("eigenvalues", () => {
  it("of a companion matrix are the roots of its polynomial, complex pairs included", () => {
    // (x−1)(x−2)(x²+2x+5) = x⁴ − x³ + x² − 11x + 10
    const companion = Float64Array.of(1, -1, 11, -10, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0);
    const values = hessenbergEigenvalues(companion, 4).sort((a, b) => a.re - b.re || a.im - b.im);
    const expected = [
      [-1, -2],
      [-1, 2],
      [1, 0],
      [2, 0],
    ];
    values.forEach(({ re, im }, i) => {
      expect(re).toBeCloseTo(expected[i][0], 12);
      expect(im).toBeCloseTo(expected[i][1], 12);
    });
  });

  it("nearest zero come from the inverse, with eigenvectors", () => {
    const n = 200;
    // a damped rotation in every pair: eigenvalues −k ± i k/2
    const apply = (x: Float64Array) => {
      for (let k = 1; k <= n / 2; k++) {
        const [a, b] = [x[2 * k - 2], x[2 * k - 1]];
        const size = 1.25 * k;
        x[2 * k - 2] = (-a - 0.5 * b) / size;
        x[2 * k - 1] = (0.5 * a - b) / size;
      }
    };
    const pairs = largestEigenpairs(apply, n, 4);
    const rates = pairs.slice(0, 4).map(({ value: { re, im } }) => {
      const size = re * re + im * im;
      return [-re / size, Math.abs(im) / size];
    });
    [1, 1, 2, 2].forEach((k, i) => {
      expect(rates[i][0]).toBeCloseTo(k, 9);
      expect(rates[i][1]).toBeCloseTo(k / 2, 9);
    });
  });
});

describe("exponentials", () => {
  it("of a rotation generator are rotations", () => {
    const e = denseExponential(Float64Array.of(0, -30, 30, 0), 2);
    expect(e[0]).toBeCloseTo(Math.cos(30), 11);
    expect(e[2]).toBeCloseTo(Math.sin(30), 11);
  });

  // diffusion on a line with 60 sites, whose eigenvectors are known sines
  const n = 60;
  const laplacian = (x: Float64Array) => {
    const before = x.slice();
    for (let i = 0; i < n; i++) x[i] = (before[i - 1] ?? 0) - 2 * before[i] + (before[i + 1] ?? 0);
  };
  const mode = (k: number) =>
    Float64Array.from({ length: n }, (_, i) => Math.sin((Math.PI * k * (i + 1)) / (n + 1)));
  const rate = (k: number) => 2 - 2 * Math.cos((Math.PI * k) / (n + 1));
  const start = mode(1).map((x, i) => x + mode(7)[i]);
  const exact = (t: number) =>
    mode(1).map((x, i) => x * Math.exp(-rate(1) * t) + mode(7)[i] * Math.exp(-rate(7) * t));

  it("act on vectors by polynomial Krylov spaces to 1e-12", () => {
    const result = krylovExponential(laplacian, start, 100, { normBound: 4 });
    exact(100).forEach((value, i) => {
      expect(Math.abs(result[i] - value)).toBeLessThan(1e-12);
    });
  });

  it("act on vectors by rational Krylov spaces to 1e-11, however long the time", () => {
    for (const time of [0.1, 10, 2000]) {
      const gamma = time / 10;
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
      const result = rationalExponential(solve, gamma, start, time);
      expect(result).toBeDefined();
      exact(time).forEach((value, i) => {
        expect(Math.abs(result![i] - value)).toBeLessThan(1e-11);
      });
    }
  });
});
