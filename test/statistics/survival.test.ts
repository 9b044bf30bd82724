import { describe, expect, it } from "vitest";
import {
  likeliestRate,
  testExponentiality,
  testExponentialityBinned,
} from "../../src/statistics/exponentiality.ts";
import type { LifeTable } from "../../src/statistics/life-table.ts";
import { poissonRate } from "../../src/statistics/rate.ts";
import { exposure, type SurvivalTimes } from "../../src/statistics/survival.ts";
import { compareSurvivalCounts } from "../../src/statistics/survival-comparison.ts";
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

/** Counts times of up to the last edge in bins. */
function tabulate(times: readonly number[], edges: readonly number[]): LifeTable {
  const events = edges.slice(1).map((high, i) => times.filter((t) => t > edges[i] && t <= high).length);
  return { edges, events, remaining: times.filter((t) => t > edges[edges.length - 1]).length };
}

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
        all,
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
  it("counts passages before the first edge into the first bin", () => {
    const counts = [600, 250];
    const result = compareSurvivalCounts("t", counts, [0.5, 0.4, 0.15], 1000);
    expect(result).toMatchObject({ degreesOfFreedom: 2, pValue: 1 });
    expect(result.statistic).toBeLessThan(1e-20);
  });
});
