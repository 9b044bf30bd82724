import { describe, expect, it } from "vitest";
import { compareJointly, compareValue, covarianceOfMeans } from "../../src/statistics/moments.ts";
import { seeded } from "./seeded.ts";

/** The nine moments m and mm of uniform directions, tilted by a weight; estimates and their covariance. */
function directions(samples: number, seed: number, tilt: number) {
  const random = seeded(seed);
  const sums = new Array<number>(9).fill(0);
  const products = sums.map(() => new Array<number>(9).fill(0));
  for (let n = 0; n < samples; n++) {
    const z = Math.max(-1, Math.min(1, 2 * random.uniform() - 1 + tilt));
    const phi = 2 * Math.PI * random.uniform();
    const r = Math.sqrt(1 - z * z);
    const [x, y] = [r * Math.cos(phi), r * Math.sin(phi)];
    const v = [x, y, z, x * x, y * y, z * z, x * y, x * z, y * z];
    for (let i = 0; i < 9; i++) {
      sums[i] += v[i];
      for (let j = 0; j < 9; j++) products[i][j] += v[i] * v[j];
    }
  }
  return { means: sums.map((s) => s / samples), covariance: covarianceOfMeans(sums, products, samples) };
}
const exact = [0, 0, 0, 1 / 3, 1 / 3, 1 / 3, 0, 0, 0];

describe("joint comparison of moments", () => {
  it("drops the direction that |m| = 1 forbids: 8 degrees of freedom of 9 moments", () => {
    const { means, covariance } = directions(4000, 21, 0);
    const result = compareJointly("moments", means, exact, covariance);
    expect(result.degreesOfFreedom).toBe(8);
    expect(result.pValue).toBeGreaterThan(1e-3);
  });

  it("has uniform p-values under the null", () => {
    let low = 0;
    for (let seed = 0; seed < 300; seed++) {
      const { means, covariance } = directions(400, 1000 + seed, 0);
      if ((compareJointly("moments", means, exact, covariance).pValue as number) < 0.1) low++;
    }
    expect(low).toBeGreaterThan(12);
    expect(low).toBeLessThan(52);
  });

  it("sees a bias, allows a stated one, and fails for a larger one", () => {
    const { means, covariance } = directions(40000, 22, 0.02);
    expect(compareJointly("moments", means, exact, covariance).pValue).toBeLessThan(1e-6);
    const box = (b: number) => ({ allowedBias: [b, b, b, b, b, b, b, b, b] });
    expect(compareJointly("moments", means, exact, covariance, box(0.02)).pValue).toBeGreaterThan(1e-3);
    const far = directions(40000, 23, 0.2);
    expect(compareJointly("moments", far.means, exact, far.covariance, box(0.02)).pValue).toBeLessThan(1e-20);
  });

  it("is invariant under a change of units of the components", () => {
    const { means, covariance } = directions(1000, 24, 0.05);
    const units = [1e-20, 1, 1e12, 1, 1, 1, 1e-6, 1, 1];
    const scaled = compareJointly(
      "moments",
      means.map((v, i) => v * units[i]),
      exact.map((v, i) => v * units[i]),
      covariance.map((row, i) => row.map((v, j) => v * units[i] * units[j])),
    );
    const plain = compareJointly("moments", means, exact, covariance);
    expect(scaled.statistic as number).toBeCloseTo(plain.statistic as number, 6);
  });

  it("refuses with a reason", () => {
    expect(compareJointly("none", [1], [1], [[0]])).toMatchObject({ pValue: null, reason: /no direction/ });
    expect(compareJointly("nan", [Number.NaN], [1], [[1]]).pValue).toBeNull();
    expect(compareJointly("size", [1, 2], [1], [[1]]).pValue).toBeNull();
  });
});

describe("one value", () => {
  it("gives the two-sided normal p-value", () => {
    expect(compareValue("m", 1.96, 0, 1).pValue).toBeCloseTo(0.05, 4);
    expect(compareValue("m", 1e6, 0, 1).pValue).toBe(0);
  });

  it("takes an allowed bias as the worst case", () => {
    expect(compareValue("m", 5, 0, 1, { allowedBias: 3 }).pValue).toBeCloseTo(0.02275, 4);
    expect(compareValue("m", 0.1, 0, 1, { allowedBias: 3 }).pValue).toBeGreaterThan(0.99);
    expect(compareValue("m", 5, 0, 1, { exactError: 3 }).pValue).toBeCloseTo(0.02275, 4);
    expect(compareValue("m", 500, 0, 1, { allowedBias: 3 }).pValue).toBe(0);
  });

  it("without noise asks for equality", () => {
    expect(compareValue("m", 1, 1, 0).pValue).toBe(1);
    expect(compareValue("m", 1.1, 1, 0).pValue).toBe(0);
    expect(compareValue("m", 1, 1, Number.NaN).pValue).toBeNull();
  });
});
