import { describe, expect, it } from "vitest";
import { fitLeastSquares } from "../../src/statistics/fit.ts";
import { fitArrhenius, fitEffectiveBarrier } from "../../src/statistics/laws.ts";
import { fitLine } from "../../src/statistics/weighted-line.ts";
import { seeded } from "./seeded.ts";

describe("least squares", () => {
  // NIST Statistical Reference Datasets, Misra1a (nonlinear, certified values): y = b1 (1 − exp(−b2 x)).
  const x = [77.6, 114.9, 141.1, 190.8, 239.9, 289, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760];
  const y = [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.4, 75.47, 81.78];

  it("has NIST's certified Misra1a from both starting points", () => {
    for (const start of [
      [500, 1e-4],
      [250, 5e-4],
    ]) {
      const result = fitLeastSquares({
        parameters: [
          { name: "b1", initial: start[0] },
          { name: "b2", initial: start[1] },
        ],
        model: ([b1, b2]) => x.map((v) => b1 * (1 - Math.exp(-b2 * v))),
        data: y,
      });
      expect(result.outcome).toBe("converged");
      expect(Math.abs(result.values[0] / 238.94212918 - 1)).toBeLessThan(1e-6);
      expect(Math.abs(result.values[1] / 5.5015643181e-4 - 1)).toBeLessThan(1e-6);
      expect((result.standardErrors[0] as number) / 2.707007524).toBeCloseTo(1, 4);
      expect((result.standardErrors[1] as number) / 7.2668688436e-6).toBeCloseTo(1, 4);
      expect(result.chiSquared / 0.12455138894).toBeCloseTo(1, 8);
      expect(result.correlation?.[0][1]).toBeLessThan(-0.99);
      expect(result.pValue).toBeNull();
    }
  });

  it("asks the model no further where its derivatives promise nothing more", () => {
    let asked = 0;
    const fitted = (initial: readonly number[]) =>
      fitLeastSquares({
        parameters: ["b1", "b2"].map((name, i) => ({ name, initial: initial[i] })),
        model: ([b1, b2]) => {
          asked++;
          return x.map((v) => b1 * (1 - Math.exp(-b2 * v)));
        },
        data: y,
      });
    const { values } = fitted([250, 5e-4]);
    expect(asked).toBeLessThan(50);
    // at the minimum: once there, and twice beside it for each parameter
    asked = 0;
    expect(fitted(values).values).toEqual(values);
    expect(asked).toBe(5);
  });

  it("says that a model does not describe the data where their errors rule it out, and only there", () => {
    const fitted = (data: number[]) =>
      fitLeastSquares({
        parameters: [{ name: "a", initial: 1 }],
        model: ([a]) => [a, a, a],
        data,
        standardErrors: [0.1, 0.1, 0.1],
      });
    expect(fitted([1, 1.1, 0.9])).toMatchObject({ outcome: "converged" });
    expect(fitted([1, 1.1, 0.9]).reason).toBeUndefined();
    expect(fitted([1, 5, 0.9]).outcome).toBe("converged");
    expect(fitted([1, 5, 0.9]).reason).toMatch(/does not describe the data/);
  });

  it("covers the truth at 95 % with known errors, and its chi-squared is one (fixed seed)", () => {
    const random = seeded(81);
    const points = Array.from({ length: 20 }, (_, i) => i / 5);
    const covered = [0, 0, 0];
    let bad = 0;
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const result = fitLeastSquares({
        parameters: [
          { name: "amplitude", initial: 4e-9 },
          { name: "time", initial: 2 },
          { name: "floor", initial: 0, scale: 1e-9 },
        ],
        model: ([a, t, f]) => points.map((v) => a * Math.exp(-v / t) + f),
        data: points.map((v) => 5e-9 * Math.exp(-v / 1.5) + 1e-9 + 1e-10 * random.normal()),
        standardErrors: points.map(() => 1e-10),
      });
      expect(result.outcome).toBe("converged");
      [5e-9, 1.5, 1e-9].forEach((truth, i) => {
        const interval = result.intervals[i];
        if (interval !== null && interval.low <= truth && truth <= interval.high) covered[i]++;
      });
      if ((result.pValue as number) < 0.05) bad++;
    }
    for (const count of covered) {
      expect(count / runs).toBeGreaterThan(0.9);
      expect(count / runs).toBeLessThan(0.99);
    }
    expect(bad / runs).toBeLessThan(0.1);
  });

  it("respects bounds, and says when data do not determine a parameter or the model breaks", () => {
    const shared = { data: [1, 2, 3], standardErrors: [0.1, 0.1, 0.1] };
    const bounded = fitLeastSquares({
      ...shared,
      parameters: [{ name: "a", initial: 0.5, low: 0, high: 0.8 }],
      model: ([a]) => [a, 2 * a, 3 * a],
    });
    expect(bounded.values[0]).toBeCloseTo(0.8, 10);
    const twice = fitLeastSquares({
      ...shared,
      parameters: [
        { name: "a", initial: 0.5 },
        { name: "b", initial: 0.5 },
      ],
      model: ([a, b]) => [a + b, 2 * (a + b), 3 * (a + b)],
    });
    expect(twice).toMatchObject({ outcome: "undetermined", covariance: null, standardErrors: [null, null] });
    const broken = fitLeastSquares({
      ...shared,
      parameters: [{ name: "a", initial: 1 }],
      model: () => {
        throw new Error("no eigenvalue");
      },
    });
    expect(broken).toMatchObject({ outcome: "model failed", reason: "the model failed: no eigenvalue" });
    const nan = fitLeastSquares({
      ...shared,
      parameters: [{ name: "a", initial: 1 }],
      model: () => [Number.NaN, 1, 1],
    });
    expect(nan.outcome).toBe("model failed");
    // the first step leads from 20 to −40, where the model has no value
    const logarithm = (value: (a: number) => number) =>
      fitLeastSquares({
        ...shared,
        data: [0, 0, 0],
        parameters: [{ name: "a", initial: 20 }],
        model: ([a]) => [1, 2, 3].map((k) => k * Math.log(value(a))),
      });
    const throwing = logarithm((a) => {
      if (a > 0) return a;
      throw new Error("below zero");
    });
    for (const fit of [throwing, logarithm((a) => a)]) {
      expect(fit).toMatchObject({ outcome: "converged" });
      expect(fit.values[0]).toBeCloseTo(1, 6);
    }
    // values at the start and its neighbours alone
    const narrow = logarithm((a) => {
      if (Math.abs(a - 20) < 1e-3) return a;
      throw new Error("too far");
    });
    expect(["not converged", "model failed"]).toContain(narrow.outcome);
    expect(() => fitLeastSquares({ ...shared, parameters: [], model: () => [] })).toThrow(RangeError);
    expect(() =>
      fitLeastSquares({
        data: [1, 2],
        standardErrors: [0, 1],
        parameters: [{ name: "a", initial: 1 }],
        model: () => [1, 2],
      }),
    ).toThrow(/positive/);
  });
});

describe("named laws", () => {
  it("fits a line as by hand", () => {
    const line = fitLine([0, 1, 2], [1, 3, 5], [1, 1, 1]);
    expect(line).toMatchObject({
      intercept: { value: 1 },
      slope: { value: 2 },
      chiSquared: 0,
      degreesOfFreedom: 1,
    });
    expect(line?.slope.standardError).toBeCloseTo(Math.sqrt(1 / 2), 14);
    expect(line?.intercept.standardError).toBeCloseTo(Math.sqrt(5 / 6), 14);
    expect(line?.covariance).toBeCloseTo(-1 / 2, 14);
    expect(fitLine([1, 1], [1, 2], [1, 1])).toBeNull();
  });

  it("finds attempt time and barrier within their errors at the right frequency", () => {
    const random = seeded(82);
    const kT = [0.05, 0.06, 0.07, 0.08, 0.1];
    let [time, barrier] = [0, 0];
    for (let run = 0; run < 300; run++) {
      const exact = kT.map((t) => 1e-9 * Math.exp(0.6 / t));
      const arrhenius = fitArrhenius(
        kT,
        exact.map((t) => t * (1 + 0.03 * random.normal())),
        exact.map((t) => 0.03 * t),
      );
      if (arrhenius === null) throw new Error("no fit");
      if (Math.abs(arrhenius.attemptTime.value - 1e-9) < 1.96 * arrhenius.attemptTime.standardError) time++;
      if (Math.abs(arrhenius.barrier.value - 0.6) < 1.96 * arrhenius.barrier.standardError) barrier++;
    }
    expect(time / 300).toBeGreaterThan(0.91);
    expect(barrier / 300).toBeGreaterThan(0.91);
    expect(barrier / 300).toBeLessThan(0.985);
  });

  it("finds the exponent of an effective barrier", () => {
    const current = Array.from({ length: 9 }, (_, i) => i * 1e10);
    for (const exponent of [1, 1.5, 2]) {
      const barriers = current.map((j) => 20 * (1 - j / 1.2e11) ** exponent);
      const result = fitEffectiveBarrier(
        current,
        barriers,
        barriers.map(() => 0.05),
      );
      expect(result.outcome).toBe("converged");
      expect(result.values[1] / 1.2e11).toBeCloseTo(1, 5);
      expect(result.values[2]).toBeCloseTo(exponent, 5);
    }
  });
});
