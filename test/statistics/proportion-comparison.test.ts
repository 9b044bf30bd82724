import { describe, expect, it } from "vitest";
import { compareProportion } from "../../src/statistics/proportion-comparison.ts";

/** P(X = k) by the recurrence of the binomial law. */
function binomial(n: number, p: number): number[] {
  const weights = [(1 - p) ** n];
  for (let k = 1; k <= n; k++) weights.push((weights[k - 1] * (n - k + 1) * p) / (k * (1 - p)));
  return weights;
}

describe("a proportion against its exact probability", () => {
  it("doubles the smaller tail of the binomial law", () => {
    const [n, p] = [40, 0.1];
    const weights = binomial(n, p);
    for (let k = 0; k <= 12; k++) {
      const atMost = weights.slice(0, k + 1).reduce((a, b) => a + b);
      const atLeast = weights.slice(k).reduce((a, b) => a + b);
      const expected = Math.min(1, 2 * Math.min(atMost, atLeast));
      expect(compareProportion("x", k, n, p).pValue).toBeCloseTo(expected, 10);
    }
  });

  it("judges write errors: none among a million refutes 1e-5 but not 1e-7", () => {
    expect(compareProportion("x", 0, 1e6, 1e-5).pValue).toBeLessThan(1e-4);
    expect(compareProportion("x", 0, 1e6, 1e-7).pValue).toBeGreaterThan(0.5);
    expect(compareProportion("x", 3, 1e6, 1e-9).pValue).toBeLessThan(1e-8);
  });

  it("is not made where the exact value is no probability", () => {
    expect(compareProportion("x", 1, 10, -0.1).pValue).toBeNull();
    expect(compareProportion("x", 0, 0, 0.5).pValue).toBeNull();
  });
});
