import { describe, expect, it } from "vitest";
import {
  likeliestRate,
  testExponentiality,
  testExponentialityBinned,
} from "../../src/statistics/exponentiality.ts";
import { hazard, lifeTableSurvival, tabulate } from "../../src/statistics/life-table.ts";
import { poissonRate } from "../../src/statistics/rate.ts";
import {
  exposure,
  kaplanMeier,
  type SurvivalTimes,
  survivalQuantile,
} from "../../src/statistics/survival.ts";
import {
  compareSurvivalCounts,
  compareSurvivalTimes,
  oneSampleLogRank,
} from "../../src/statistics/survival-comparison.ts";
import { seeded } from "./seeded.ts";

/** Exponential (or Weibull) times cut off at random. */
function draw(n: number, seed: number, shape = 1, censoring = 2): SurvivalTimes {
  const random = seeded(seed);
  const events: number[] = [];
  const censored: number[] = [];
  for (let i = 0; i < n; i++) {
    const time = random.exponential() ** (1 / shape);
    const end = censoring * random.uniform();
    if (time <= end) events.push(time);
    else censored.push(end);
  }
  return { events, censored };
}

describe("Kaplan–Meier", () => {
  // Remission of leukaemia under 6-MP, weeks: Freireich et al., Blood 21 (1963) 699.
  const leukaemia = {
    events: [6, 6, 6, 7, 10, 13, 16, 22, 23],
    censored: [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35],
  };

  it("gives the textbook values of the 6-MP arm", () => {
    const curve = kaplanMeier(leukaemia);
    expect(curve.times).toEqual([6, 7, 10, 13, 16, 22, 23]);
    expect(curve.atRisk).toEqual([21, 17, 15, 12, 11, 7, 6]);
    const textbook = [0.857, 0.807, 0.753, 0.69, 0.627, 0.538, 0.448];
    curve.value.forEach((s, i) => {
      expect(s).toBeCloseTo(textbook[i], 3);
    });
    // Log-log band at 10 weeks: exp(−exp(ln(−ln 0.7529) ± 1.96·0.0963/(0.7529·|ln 0.7529|))).
    expect(curve.low[2]).toBeCloseTo(0.5032, 3);
    expect(curve.high[2]).toBeCloseTo(0.8894, 3);
    expect(survivalQuantile(curve, 0.5)).toMatchObject({ value: 23, low: 13, high: null });
    expect(survivalQuantile(curve, 0.9).value).toBeNull();
  });

  it("is the plain fraction without censoring, at given times too, with finite bands at both ends", () => {
    const times = { events: [1, 2, 3, 4], censored: [] };
    const curve = kaplanMeier(times, { at: [0.5, 1, 2.5, 4, 9] });
    expect(curve.value).toEqual([1, 0.75, 0.5, 0, 0]);
    expect(curve.atRisk).toEqual([4, 4, 2, 1, 0]);
    expect(curve.low[0]).toBeCloseTo(0.025 ** 0.25, 12);
    expect(curve.low.every((v, i) => v <= curve.value[i] && curve.value[i] <= curve.high[i])).toBe(true);
    expect([...curve.low, ...curve.high].every(Number.isFinite)).toBe(true);
  });

  it("covers the true curve at 95 % (fixed seed)", () => {
    let covered = 0;
    for (let seed = 0; seed < 400; seed++) {
      const { low, high } = kaplanMeier(draw(80, 5000 + seed), { at: [0.7] });
      if (low[0] <= Math.exp(-0.7) && Math.exp(-0.7) <= high[0]) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.98);
  });

  it("equals the life table when all watching ends together", () => {
    const random = seeded(51);
    const all = Array.from({ length: 500 }, () => random.exponential());
    const times = { events: all.filter((t) => t < 2), censored: all.filter((t) => t >= 2).map(() => 2) };
    const edges = Array.from({ length: 21 }, (_, i) => i / 10);
    const table = tabulate(times, edges);
    expect(table.remaining).toBe(times.censored.length);
    const binned = lifeTableSurvival(table);
    const exact = kaplanMeier(times, { at: edges.slice(1) });
    binned.value.forEach((s, i) => {
      expect(s).toBeCloseTo(exact.value[i], 12);
      expect(binned.low[i]).toBeCloseTo(exact.low[i], 2);
    });
    const rates = hazard(table, times);
    const inside = rates.filter((r) => r.low <= 1 && 1 <= r.high).length;
    expect(inside).toBeGreaterThanOrEqual(17);
    expect(hazard(table)[0].value / rates[0].value).toBeCloseTo(1, 2);
  });
});

describe("exponential law", () => {
  it("has the right coverage of the rate under censoring", () => {
    let covered = 0;
    for (let seed = 0; seed < 400; seed++) {
      const times = draw(40, 7000 + seed);
      const { low, high } = poissonRate(times.events.length, exposure(times));
      if (low <= 1 && 1 <= high) covered++;
    }
    expect(covered / 400).toBeGreaterThan(0.93);
  });

  it("is accepted at its rate and refused for Weibull times (Cox–Oakes)", () => {
    const rejected = (shape: number) => {
      let low = 0;
      for (let seed = 0; seed < 300; seed++)
        if ((testExponentiality("t", draw(200, 9000 + seed, shape)).pValue as number) < 0.05) low++;
      return low / 300;
    };
    expect(rejected(1)).toBeGreaterThan(0.02);
    expect(rejected(1)).toBeLessThan(0.09);
    expect(rejected(1.4)).toBeGreaterThan(0.9);
    expect(testExponentiality("t", draw(200, 1, 1.5)).statistic).toBeGreaterThan(3);
    expect(testExponentiality("t", draw(200, 1, 0.6)).statistic).toBeLessThan(-3);
    expect(testExponentiality("t", { events: [0, ...draw(50, 1).events], censored: [] }).pValue).toBeNull();
  });

  it("is tested from bins as well", () => {
    const counted = (seed: number, shape: number) => {
      const random = seeded(seed);
      const all = Array.from({ length: 3000 }, () => random.exponential() ** (1 / shape));
      return tabulate(
        { events: all.filter((t) => t < 2), censored: all.filter((t) => t >= 2).map(() => 2) },
        Array.from({ length: 17 }, (_, i) => i / 8),
      );
    };
    let low = 0;
    for (let seed = 0; seed < 100; seed++)
      if ((testExponentialityBinned("t", counted(600 + seed, 1)).pValue as number) < 0.1) low++;
    expect(low).toBeGreaterThan(2);
    expect(low).toBeLessThan(20);
    expect(testExponentialityBinned("t", counted(1, 1.2)).pValue).toBeLessThan(1e-4);
    // One bin and survivors: the likeliest rate is −ln(survivors)/width.
    expect(likeliestRate([0, 2, Number.POSITIVE_INFINITY], [30, 70])).toBeCloseTo(-Math.log(0.7) / 2, 12);
  });
});

describe("against an exact survival", () => {
  const exact = (t: number) => Math.exp(-t);
  const edges = Array.from({ length: 13 }, (_, i) => i / 6);

  it("has uniform p-values and power, under censoring", () => {
    const below = { rank: 0, chi: 0 };
    const trials = 300;
    for (let seed = 0; seed < trials; seed++) {
      const times = draw(300, 11000 + seed);
      if ((oneSampleLogRank("t", times, exact).pValue as number) < 0.1) below.rank++;
      if ((compareSurvivalTimes("t", times, exact, edges).pValue as number) < 0.1) below.chi++;
    }
    for (const count of Object.values(below)) {
      expect(count / trials).toBeGreaterThan(0.05);
      expect(count / trials).toBeLessThan(0.16);
    }
    const wrong = (t: number) => Math.exp(-1.1 * t);
    const many = draw(20000, 3);
    expect(oneSampleLogRank("t", many, exact).pValue).toBeGreaterThan(1e-3);
    expect(oneSampleLogRank("t", many, wrong).pValue).toBeLessThan(1e-10);
    expect(compareSurvivalTimes("t", many, wrong, edges).pValue).toBeLessThan(1e-8);
    // Right mean number of events, wrong shape: only the binned test can see it.
    expect(compareSurvivalTimes("t", draw(20000, 4, 1.2), exact, edges).pValue).toBeLessThan(1e-20);
  });

  it("counts passages before the first edge into the first bin", () => {
    const counts = [600, 250];
    const result = compareSurvivalCounts("t", counts, [0.5, 0.4, 0.15], 1000);
    expect(result).toMatchObject({ degreesOfFreedom: 2, pValue: 1 });
    expect(result.statistic).toBeLessThan(1e-20);
    expect(oneSampleLogRank("t", { events: [3], censored: [] }, () => 0).pValue).toBeNull();
  });
});
