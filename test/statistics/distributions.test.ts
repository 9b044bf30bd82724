import { beforeAll, describe, expect, it } from "vitest";
import { logGamma, lowerIncompleteGamma, upperIncompleteGamma } from "../../src/numerics/incomplete-gamma.ts";
import {
  chiSquaredQuantile,
  chiSquaredSurvival,
  noncentralChiSquaredSurvival,
} from "../../src/statistics/chi-squared-distribution.ts";
import { normalProbability, normalQuantile, normalSurvival, twoSided } from "../../src/statistics/normal.ts";
import { cephes } from "./cephes.ts";
import { seeded } from "./seeded.ts";

beforeAll(async () => {
  await cephes.compiled;
});

describe("incomplete gamma", () => {
  it("agrees with cephes over shapes 0.5 to 5e4 and ±30 standard deviations", () => {
    let worst = 0;
    for (const a of [0.5, 1, 2.5, 14.9, 15, 31.5, 100, 500, 5e3, 5e4])
      for (let k = -10; k <= 30; k += 0.5) {
        const x = a + k * Math.sqrt(a);
        if (x <= 0) continue;
        const upper = cephes.igamc(a, x);
        const lower = cephes.igam(a, x);
        // cephes itself loses digits as a·ε in its prefactor.
        const tolerance = 1e-13 + 4e-15 * a;
        if (upper > 1e-280)
          worst = Math.max(worst, Math.abs(upperIncompleteGamma(a, x) / upper - 1) / tolerance);
        if (lower > 1e-280)
          worst = Math.max(worst, Math.abs(lowerIncompleteGamma(a, x) / lower - 1) / tolerance);
      }
    expect(worst).toBeLessThan(1);
  });

  it("agrees with 40-digit arithmetic where cephes does not suffice", () => {
    const relative = (value: number, exact: number) => Math.abs(value / exact - 1);
    expect(
      relative(upperIncompleteGamma(5000, 5000 + 30 * 5000 ** 0.5), 6.280112353595116e-156),
    ).toBeLessThan(1e-12);
    expect(relative(upperIncompleteGamma(500, 500 + 25 * 500 ** 0.5), 2.454156283524424e-82)).toBeLessThan(
      1e-12,
    );
    expect(relative(lowerIncompleteGamma(5e4, 5e4 - 10 * 5e4 ** 0.5), 1.63005863524126e-24)).toBeLessThan(
      1e-12,
    );
    expect(relative(upperIncompleteGamma(100, 100), 0.4867012017208513)).toBeLessThan(1e-14);
  });

  it("has ln Γ to rounding", () => {
    for (const a of [0.1, 0.5, 1, 1.5, 7, 14.99, 15, 100, 1e6])
      expect(Math.abs(logGamma(a) - cephes.lgam(a))).toBeLessThan(
        3e-15 * Math.max(8, Math.abs(cephes.lgam(a))),
      );
  });

  it("reaches zero without becoming NaN", () => {
    for (const k of [1, 10, 63, 1e4])
      for (const x of [0, 1e-300, 1e3, 1e5, 1e10, 1e300, Number.POSITIVE_INFINITY])
        expect(chiSquaredSurvival(x, k)).toSatisfy((p: number) => p >= 0 && p <= 1);
    expect(chiSquaredSurvival(1370, 2)).toBeCloseTo(Math.exp(-685), 310);
    expect(chiSquaredSurvival(1370, 2) / Math.exp(-685)).toBeCloseTo(1, 12);
    expect(chiSquaredSurvival(1e5, 10)).toBe(0);
  });
});

describe("normal and chi-squared laws", () => {
  it("inverts the normal law as cephes does", () => {
    for (const p of [1e-300, 1e-20, 1e-4, 0.025, 0.3, 0.7, 0.999])
      expect(Math.abs(normalQuantile(p) / cephes.ndtri(p) - 1)).toBeLessThan(1e-13);
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalProbability(-3)).toBeCloseTo(cephes.ndtr(-3), 16);
    expect(normalSurvival(-3) + normalSurvival(3)).toBeCloseTo(1, 15);
    expect(twoSided(30) / 9.813427854296374e-198).toBeCloseTo(1, 12);
  });

  it("inverts chi-squared: 95 % of 10 degrees of freedom is 18.307", () => {
    expect(chiSquaredQuantile(0.95, 10)).toBeCloseTo(18.307038053275146, 10);
    expect(chiSquaredSurvival(chiSquaredQuantile(0.3, 1e4), 1e4)).toBeCloseTo(0.7, 11);
  });

  it("has the non-central law: Monte Carlo, exact case of one degree of freedom, and far tails", () => {
    // One degree: P((Z+δ)² > x) = P(Z > √x − δ) + P(Z > √x + δ).
    for (const [x, lambda] of [
      [3, 1],
      [900, 4],
      [1200, 900],
      [1e4, 2e4],
      [2.6e4, 2e4],
    ]) {
      const exact =
        normalSurvival(Math.sqrt(x) - Math.sqrt(lambda)) + normalSurvival(Math.sqrt(x) + Math.sqrt(lambda));
      expect(Math.abs(noncentralChiSquaredSurvival(x, 1, lambda) / exact - 1)).toBeLessThan(1e-9);
    }
    const random = seeded(5);
    let over = 0;
    for (let n = 0; n < 40000; n++) {
      let sum = 0;
      for (let i = 0; i < 5; i++) sum += (random.normal() + (i === 0 ? 3 : 0)) ** 2;
      if (sum > 16) over++;
    }
    const p = noncentralChiSquaredSurvival(16, 5, 9);
    expect(Math.abs(over / 40000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 40000));
    // 40-digit sums of the Poisson mixture.
    for (const [x, k, lambda, exact] of [
      [300, 63, 20, 2.2821918611914322e-22],
      [120, 63, 20, 0.009769622973736056],
      [40, 5, 0.5, 6.396477619182472e-7],
      [900, 30, 100, 1.686772179547597e-82],
    ])
      expect(Math.abs(noncentralChiSquaredSurvival(x, k, lambda) / exact - 1)).toBeLessThan(1e-11);
    expect(noncentralChiSquaredSurvival(1e9, 5, 9)).toBe(0);
    expect(noncentralChiSquaredSurvival(1, 5, 1e7)).toBeGreaterThan(1 - 1e-9);
  });
});
