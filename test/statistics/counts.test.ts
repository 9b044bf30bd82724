import { describe, expect, it } from "vitest";
import { compareCounts } from "../../src/statistics/counts.ts";
import { groupSparseBins, sumGroups } from "../../src/statistics/sparse-bins.ts";
import { seeded } from "./seeded.ts";

/** Bin probabilities of a Boltzmann law exp(Δz²+hz) on equal bins of mz. */
function boltzmann(delta: number, h: number, bins: number): number[] {
  const weights = Array.from({ length: bins }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < 40; k++) {
      const z = -1 + (2 * (i + (k + 0.5) / 40)) / bins;
      sum += Math.exp(delta * (z * z - 1) + h * z);
    }
    return sum;
  });
  const all = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / all);
}

describe("merging of sparse bins", () => {
  it("joins neighbours until enough is expected, and the rest to the last group", () => {
    expect(groupSparseBins([1, 2, 20, 3, 4, 9, 1], 10)).toEqual([0, 3, 7]);
    expect(groupSparseBins([12, 12, 1], 10)).toEqual([0, 1, 3]);
    expect(groupSparseBins([1, 1], 10)).toEqual([0, 2]);
    expect(groupSparseBins([10, 10], 10)).toEqual([0, 1, 2]);
    expect(sumGroups([1, 2, 3, 4], [0, 1, 4])).toEqual([1, 9]);
  });

  it("gives every bin to exactly one group with enough expected", () => {
    const random = seeded(3);
    for (let trial = 0; trial < 200; trial++) {
      const expected = Array.from(
        { length: 1 + Math.floor(30 * random.uniform()) },
        () => 20 * random.uniform() ** 3,
      );
      const starts = groupSparseBins(expected, 10);
      expect(starts[0]).toBe(0);
      expect(starts.at(-1)).toBe(expected.length);
      if (starts.length > 2)
        for (const sum of sumGroups(expected, starts)) expect(sum).toBeGreaterThanOrEqual(10);
    }
  });
});

describe("chi-squared of counts", () => {
  const p = boltzmann(5, 0.5, 32);

  it("is Pearson's statistic, by hand", () => {
    const result = compareCounts("die", [90, 110, 100], [1 / 3, 1 / 3, 1 / 3]);
    expect(result.statistic).toBeCloseTo(2, 12);
    expect(result.degreesOfFreedom).toBe(2);
    expect(result.pValue).toBeCloseTo(Math.exp(-1), 2);
  });

  it("has uniform p-values under the null, for dense and for sparse bins", () => {
    for (const [samples, seed] of [
      [20000, 11],
      [330, 12],
    ]) {
      const random = seeded(seed);
      const trials = 2000;
      const below = [0.5, 0.1, 0.01].map(() => 0);
      for (let trial = 0; trial < trials / (samples > 1000 ? 10 : 1); trial++) {
        const { pValue } = compareCounts("mz", random.multinomial(samples, p), p);
        [0.5, 0.1, 0.01].forEach((limit, i) => {
          if ((pValue as number) < limit) below[i]++;
        });
      }
      const n = trials / (samples > 1000 ? 10 : 1);
      [0.5, 0.1, 0.01].forEach((limit, i) => {
        expect(Math.abs(below[i] - n * limit)).toBeLessThan(4 * Math.sqrt(n * limit * (1 - limit)) + 1);
      });
    }
  });

  it("does not raise far more than 1e-4 false alarms where every group expects only ten", () => {
    const random = seeded(13);
    const even = new Array<number>(6).fill(1 / 6);
    let alarms = 0;
    const trials = 60000;
    for (let trial = 0; trial < trials; trial++)
      if ((compareCounts("even", random.multinomial(60, even), even).pValue as number) < 1e-3) alarms++;
    expect(alarms / trials).toBeLessThan(1.3e-3);
    expect(alarms / trials).toBeGreaterThan(0.4e-3);
  });

  it("fails for a wrong temperature and for a wrong sign of the field, without NaN at any sample number", () => {
    const random = seeded(14);
    const counts = random.multinomial(100000, p);
    expect(compareCounts("mz", counts, p).pValue).toBeGreaterThan(1e-3);
    expect(compareCounts("mz", counts, boltzmann(5.2, 0.5, 32)).pValue).toBeLessThan(1e-8);
    expect(compareCounts("mz", counts, boltzmann(5, -0.5, 32)).pValue).toBe(0);
    expect(
      compareCounts(
        "mz",
        counts.map((n) => n * 1e6),
        boltzmann(5.2, 0.5, 32),
      ).pValue,
    ).toBe(0);
  });

  it("allows the stated bias and not twice it", () => {
    const random = seeded(15);
    const biased = p.map((q, i) => q * (1 + (i % 2 === 0 ? 0.05 : -0.05)));
    const sum = biased.reduce((a, b) => a + b, 0);
    const counts = random.multinomial(
      200000,
      biased.map((q) => q / sum),
    );
    expect(compareCounts("mz", counts, p).pValue).toBeLessThan(1e-20);
    expect(compareCounts("mz", counts, p, { allowedBias: 0.05 }).pValue).toBeGreaterThan(1e-3);
    expect(compareCounts("mz", counts, p, { allowedBias: 0.025 }).pValue).toBeLessThan(1e-8);
  });

  it("makes a bin of what the bins do not hold", () => {
    const result = compareCounts("part", [50, 50], [0.25, 0.25], { samples: 200 });
    expect(result).toMatchObject({ statistic: 0, degreesOfFreedom: 2, pValue: 1 });
    expect(compareCounts("part", [50, 50], [0.25, 0.25]).pValue).toBeLessThan(1e-20);
  });

  it("refuses with a reason instead of a number", () => {
    expect(compareCounts("one", [1000], [1])).toMatchObject({
      pValue: null,
      reason: /fewer than two groups/,
    });
    expect(compareCounts("none", [0, 0], [0.5, 0.5])).toMatchObject({ pValue: null, reason: "no samples" });
    expect(compareCounts("size", [1], [0.5, 0.5]).pValue).toBeNull();
    expect(compareCounts("sum", [5, 5], [0.8, 0.8])).toMatchObject({ pValue: null, reason: /more than 1/ });
    expect(compareCounts("nan", [5, 5], [Number.NaN, 0.8]).pValue).toBeNull();
  });

  it("calls counts in a place of zero probability impossible", () => {
    expect(compareCounts("wall", [1000, 1], [1, 0])).toMatchObject({ pValue: 0 });
    expect(compareCounts("wall", [1000, 0], [1, 0]).pValue).toBeNull();
    // A clipped negative is an unresolved tail, not a wall.
    expect(compareCounts("tail", [500, 500, 1, 0], [0.5, 0.5, 0, -1e-9]).pValue).toBeGreaterThan(0.1);
  });
});
