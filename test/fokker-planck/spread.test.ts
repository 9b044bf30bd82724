import { describe, expect, it } from "vitest";
import { gaussHermite } from "../../src/fokker-planck/gauss-hermite.ts";

describe("quadrature over a normal spread", () => {
  it.each([1, 2, 3, 5, 8, 9, 15])("with %i nodes is exact for every polynomial it must be", (n) => {
    const { nodes, weights } = gaussHermite(n);
    expect(nodes.length).toBe(n);
    // E x^k of a standard normal variate: 0 for odd k, (k − 1)!! for even k
    let factorial = 1;
    for (let k = 0; k <= 2 * n - 1; k++) {
      const found = nodes.reduce((sum, x, i) => sum + weights[i] * x ** k, 0);
      if (k % 2 === 1) expect(Math.abs(found) / factorial).toBeLessThan(1e-9);
      else {
        if (k > 0) factorial *= k - 1;
        expect(found / factorial).toBeCloseTo(1, 10);
      }
    }
  });
});
