import { beforeAll, describe, expect, it } from "vitest";
import {
  betaQuantile,
  fisherSurvival,
  incompleteBeta,
  studentQuantile,
  studentTwoSided,
} from "../../src/numerics/incomplete-beta.ts";
import { pairSums, ratioOfMeans } from "../../src/statistics/means.ts";
import { clopperPearsonInterval, wilsonInterval } from "../../src/statistics/proportion.ts";
import { poissonRate } from "../../src/statistics/rate.ts";
import { cephes } from "./cephes.ts";
import { seeded } from "./seeded.ts";

beforeAll(async () => {
  await cephes.compiled;
});

describe("incomplete beta", () => {
  it("agrees with cephes", () => {
    for (const a of [0.5, 1, 3, 40, 700])
      for (const b of [0.5, 1, 7, 300])
        for (const x of [1e-6, 0.01, 0.3, 0.5, 0.7, 0.99]) {
          const exact = cephes.incbet(a, b, x);
          if (exact > 1e-250) expect(Math.abs(incompleteBeta(x, a, b) / exact - 1)).toBeLessThan(1e-11);
        }
  });

  it("inverts, also for Student and Fisher", () => {
    expect(betaQuantile(0.3, 5, 9)).toBeCloseTo(cephes.incbi(5, 9, 0.3), 12);
    expect(studentQuantile(0.95, 5)).toBeCloseTo(2.570581835636314, 10);
    expect(studentTwoSided(2.570581835636314, 5)).toBeCloseTo(0.05, 10);
    expect(fisherSurvival(3.3258345304130117, 5, 10)).toBeCloseTo(0.05, 8);
  });
});

describe("intervals of probabilities", () => {
  it("has published values: Wilson for 81 of 263, Clopper–Pearson likewise (Newcombe, Stat. Med. 17 (1998) 857)", () => {
    const wilson = wilsonInterval(81, 263);
    expect(wilson.low).toBeCloseTo(0.2553, 4);
    expect(wilson.high).toBeCloseTo(0.3662, 4);
    const exact = clopperPearsonInterval(81, 263);
    expect(exact.low).toBeCloseTo(0.2527, 4);
    expect(exact.high).toBeCloseTo(0.3676, 4);
  });

  it("says what no success proves", () => {
    expect(clopperPearsonInterval(0, 1e6)).toMatchObject({ value: 0, low: 0 });
    expect(clopperPearsonInterval(0, 1e6).high).toBeCloseTo(1 - 0.025 ** 1e-6, 15);
    expect(clopperPearsonInterval(10, 10).low).toBeCloseTo(0.025 ** 0.1, 12);
    expect(clopperPearsonInterval(10, 10).high).toBe(1);
    expect(wilsonInterval(0, 20).low).toBe(0);
    expect(wilsonInterval(0, 20).high).toBeCloseTo(0.1611, 4);
  });

  it("covers as promised (exact sums over all outcomes)", () => {
    for (const p of [0.02, 0.2, 0.5]) {
      const n = 30;
      let [clopper, wilson, weight] = [0, 0, (1 - p) ** n];
      for (let k = 0; k <= n; k++) {
        const [c, w] = [clopperPearsonInterval(k, n), wilsonInterval(k, n)];
        if (c.low <= p && p <= c.high) clopper += weight;
        if (w.low <= p && p <= w.high) wilson += weight;
        weight *= ((n - k) / (k + 1)) * (p / (1 - p));
      }
      expect(clopper).toBeGreaterThanOrEqual(0.95);
      expect(wilson).toBeGreaterThan(0.93);
    }
  });
});

describe("rates", () => {
  it("has Garwood's interval: 10 events in unit time give 4.795 to 18.390, none 0 to 3.689", () => {
    const ten = poissonRate(10, 1);
    expect(ten.low).toBeCloseTo(4.7954, 4);
    expect(ten.high).toBeCloseTo(18.3904, 4);
    expect(poissonRate(0, 1)).toMatchObject({ value: 0, low: 0 });
    expect(poissonRate(0, 1).high).toBeCloseTo(-Math.log(0.025), 10);
  });
});

describe("error bars of means", () => {
  it("gives the spread of a ratio as repeated draws have it", () => {
    const random = seeded(41);
    const ratios: number[] = [];
    let claimed = 0;
    for (let trial = 0; trial < 400; trial++) {
      const y = Array.from({ length: 200 }, () => 1 + random.uniform());
      const x = y.map((v) => 0.5 * v + random.normal());
      const { value, standardError } = ratioOfMeans(pairSums(x, y));
      ratios.push(value);
      claimed += standardError / 400;
    }
    const value = ratios.reduce((sum, ratio) => sum + ratio / 400, 0);
    const spread = Math.sqrt(ratios.reduce((sum, ratio) => sum + (ratio - value) ** 2 / 399, 0));
    expect(Math.abs(value - 0.5)).toBeLessThan((4 * spread) / 20);
    expect(claimed / spread).toBeGreaterThan(0.88);
    expect(claimed / spread).toBeLessThan(1.12);
  });
});
