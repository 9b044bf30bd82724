import { describe, expect, it } from "vitest";
import { spaceUntilTwoAgree } from "../../src/linear-algebra/agreed-space.ts";
import { largestEigenpairs } from "../../src/linear-algebra/arnoldi.ts";
import { hessenbergEigenvalues } from "../../src/linear-algebra/hessenberg.ts";
import { hessenbergForm, solveHessenberg } from "../../src/linear-algebra/hessenberg-solve.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";

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

  it("leave a Hessenberg matrix by reflections, whose shifted systems are solved for complex numbers", () => {
    const n = 9;
    const a = Float64Array.from({ length: n * n }, (_, i) => Math.sin(1 + i * i));
    const { h, q } = hessenbergForm(a, n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let entry = 0;
        for (let k = 0; k < n; k++)
          for (let m = 0; m < n; m++) entry += q[i * n + k] * h[k * n + m] * q[j * n + m];
        expect(entry).toBeCloseTo(a[i * n + j], 12);
        if (i > j + 1) expect(h[i * n + j]).toBeCloseTo(0, 13);
      }
    const [scale, shift] = [
      { re: -1, im: 0.4 },
      { re: 0.3, im: 0.8 },
    ];
    const right = Float64Array.from({ length: 2 * n }, (_, i) => Math.cos(i));
    const x = right.slice();
    solveHessenberg(h, n, scale, shift, x);
    for (let i = 0; i < n; i++) {
      let [re, im] = [shift.re * x[i] - shift.im * x[n + i], shift.re * x[n + i] + shift.im * x[i]];
      for (let j = Math.max(0, i - 1); j < n; j++) {
        re += h[i * n + j] * (scale.re * x[j] - scale.im * x[n + j]);
        im += h[i * n + j] * (scale.re * x[n + j] + scale.im * x[j]);
      }
      expect(re).toBeCloseTo(right[i], 11);
      expect(im).toBeCloseTo(right[n + i], 11);
    }
  });
});

describe("a space enlarged until two sizes agree", () => {
  /** A chain whose first entry spreads by one place in a step, fading by a third. */
  const chain = (x: Float64Array): void => {
    for (let i = x.length - 1; i > 0; i--) x[i] = x[i - 1] / 3;
    x[0] = 0;
  };
  const start = Float64Array.from({ length: 40 }, (_, i) => (i === 0 ? 2 : 0));
  const enlarge = (tolerance: number, more: { most?: number; isHopeless?: () => boolean } = {}) => {
    const asked: number[] = [];
    const found = spaceUntilTwoAgree<number>(chain, start, {
      first: 4,
      next: (size) => size + 4,
      most: 30,
      answer: ({ size, vectors }) => {
        asked.push(size);
        return vectors.slice(0, size).reduce((sum, v, k) => sum + v[k] / 3 ** k, 0);
      },
      agree: (smaller, larger) => Math.abs(larger - smaller) < tolerance,
      ...more,
    });
    return { ...found, asked };
  };

  it("gives the larger of the first two that agree, and the one before", () => {
    const { answer, before, isEnough, space, asked } = enlarge(1e-3);
    expect([asked, space.size, isEnough]).toEqual([[4, 8, 12], 12, true]);
    expect(before).toBeCloseTo(1.5, 3);
    expect(answer).toBeCloseTo(1.5, 5);
  });

  it("asks the largest space too, and says that none was enough", () => {
    const { isEnough, asked } = enlarge(0);
    expect([isEnough, asked]).toEqual([false, [4, 8, 12, 16, 20, 24, 28, 30]]);
    expect(enlarge(0, { isHopeless: () => true }).asked).toEqual([4]);
  });

  it("is enough where it holds everything, without being asked for it", () => {
    const { isEnough, answer, space } = enlarge(-1, { most: 100 });
    expect([isEnough, answer, space.size]).toEqual([true, undefined, 40]);
    const nothing = spaceUntilTwoAgree(chain, new Float64Array(3), {
      first: 1,
      next: (size) => size,
      most: 3,
      answer: () => 0,
      agree: () => false,
    });
    expect([nothing.isEnough, nothing.space.size]).toEqual([true, 0]);
  });
});
