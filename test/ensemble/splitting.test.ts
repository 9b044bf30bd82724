import { describe, expect, it } from "vitest";
import { movesOf, systematic } from "../../src/ensemble/splitting/resampling.ts";
import { Splitting } from "../../src/ensemble/splitting/splitting.ts";
import { islandStatistic, summaryOfIslands } from "../../src/statistics/islands.ts";
import { exactTail, towards, walkSteps, walkToTail } from "./walk-to-tail.ts";

/* Splitting by itself, on a walk of ±1 whose tail is a binomial sum: the exact probability, for any potential. */

describe("systematic resampling", () => {
  const weights = Float64Array.of(0.05, 3.2, 0, 0.75, 1, 0, 2, 1);
  const total = weights.reduce((sum, w) => sum + w, 0);

  /** The member that each place copies. */
  const chosenWith = (offset: number): Uint32Array => {
    const moves = movesOf(weights.length);
    const indices = weights.map((_, i) => i);
    for (let k = systematic(weights, total, offset, moves) - 1; k >= 0; k--)
      indices[moves.places[k]] = moves.sources[k];
    return Uint32Array.from(indices);
  };

  it("gives every member the whole number below or above its share, and its share on average", () => {
    const mean = new Float64Array(weights.length);
    const offsets = 4000;
    for (let k = 0; k < offsets; k++) {
      const copies = new Float64Array(weights.length);
      for (const source of chosenWith((k + 0.5) / offsets)) copies[source]++;
      copies.forEach((count, i) => {
        const share = (weights.length * weights[i]) / total;
        expect(Math.abs(count - share)).toBeLessThan(1);
        mean[i] += count / offsets;
      });
    }
    // the offsets are even, so that only their spacing is left as an error
    mean.forEach((count, i) => {
      expect(Math.abs(count - (weights.length * weights[i]) / total)).toBeLessThan(2 / offsets);
    });
  });

  it("leaves those that stay in their places", () => {
    const chosen = chosenWith(0.3);
    chosen.forEach((source, place) => {
      if (chosen.includes(place)) expect(chosen[place]).toBe(place);
      else expect(weights[source]).toBeGreaterThan(0);
    });
  });
});

describe("splitting", () => {
  it("is unbiased for any potential; a good one has intervals that hold the exact value as often as they say, bad ones wider intervals", () => {
    const potentials = {
      good: towards,
      doubled: (s: number) => 2 * towards(s),
      backwards: (s: number) => towards(Math.min(s, 6)) - 0.3 * Math.max(0, s - 6),
    };
    const widths: Record<string, number> = {};
    for (const [name, potential] of Object.entries(potentials)) {
      let held = 0;
      const values: number[] = [];
      let width = 0;
      const runs = 60;
      for (let seed = 1; seed <= runs; seed++) {
        const { summary } = walkToTail(seed, 2048, 32, potential);
        const { interval, value, relativeError } = summary;
        values.push((value ?? 0) / exactTail());
        width += (relativeError ?? 1) / runs;
        if (interval === null || (interval.low <= exactTail() && exactTail() <= interval.high)) held++;
      }
      // the t of a skewed mean holds a little less often than it says
      expect(held, name).toBeGreaterThanOrEqual(name === "good" ? 54 : 48);
      const mean = values.reduce((sum, x) => sum + x / runs, 0);
      const error = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0)) / runs;
      expect(Math.abs(mean - 1), name).toBeLessThan(4 * error);
      widths[name] = width;
    }
    expect(widths.doubled).toBeGreaterThan(1.5 * widths.good);
    expect(widths.backwards).toBeGreaterThan(1.5 * widths.good);
  });

  it("has an error that families within islands see as well, and a far smaller one than counting", () => {
    const { found, summary, splitting } = walkToTail(3, 32768, 32, towards);
    const families = Math.sqrt(found.reduce((sum, x) => sum + x.familyVariance, 0)) / 32;
    expect(families / (summary.relativeError as number)).toBeGreaterThan(0.5);
    expect(families / (summary.relativeError as number)).toBeLessThan(3);
    expect(summary.relativeError).toBeLessThan(0.1 * Math.sqrt(1 / (exactTail() * 32768)));
    expect(Math.min(...found.map(({ ancestors }) => ancestors))).toBeGreaterThan(1);
    expect(splitting.stages).toHaveLength(walkSteps - 1);
  });

  it("keeps islands apart and says what has left", () => {
    const splitting = new Splitting(8, 2, 1);
    const indices = splitting.stage((logs) => logs.set([5, 0, 0, 0, 0, 0, 0, 5]));
    expect(indices && [...indices.slice(0, 4)].every((i) => i < 4)).toBe(true);
    expect(indices && [...indices.slice(4)].every((i) => i >= 4)).toBe(true);
    const alone = new Splitting(4, 1, 1);
    const loss = (left: number[]): number => {
      const [{ gone, stays }] = alone.leave(left);
      return gone / stays;
    };
    expect(loss([1, 0, 0, 0])).toBeCloseTo(1 / 3, 14);
    expect(loss([0, 1, 0, 0])).toBeCloseTo(1 / 2, 14);
    expect(loss([1, 1, 1, 1])).toBeNaN();
    expect(() => new Splitting(10, 4, 1)).toThrow(RangeError);
  });

  it("weighs spins that were drawn from another density than that of the start", () => {
    const splitting = new Splitting(4, 2, 1);
    splitting.begin((i) => Math.log([1, 3, 2, 2][i]));
    const logs = splitting.masses();
    expect(Math.exp(logs[0])).toBeCloseTo(2, 14);
    const values = Float64Array.of(1, 0, 1, 0);
    const plain = splitting.expectation(values).map(({ log }) => Math.exp(log));
    expect(plain[0]).toBeCloseTo(0.5, 14);
    expect(plain[1]).toBeCloseTo(1, 14);
    // the weights outlive the resampling, which evens them out: an island's spins count for its mean
    const indices = splitting.stage((of) => of.fill(0), 1);
    expect(indices).toBeDefined();
    const later = splitting.expectation(Float64Array.of(1, 1, 1, 1)).map(({ log }) => Math.exp(log));
    expect(later[0]).toBeCloseTo(2, 14);
    expect(later[1]).toBeCloseTo(2, 14);
  });

  it("gives no interval where nothing, or one island alone, has been seen", () => {
    const none = Number.NEGATIVE_INFINITY;
    expect(summaryOfIslands([none, none])).toMatchObject({ value: null, interval: null });
    const lost = summaryOfIslands([0, Number.NaN]);
    expect(lost).toMatchObject({ value: null, interval: null });
    expect(lost.reason).toContain("all spins met the event at the same time");
    const alone = summaryOfIslands([0, none, none, none]);
    expect(alone.value).toBeCloseTo(0.25, 14);
    expect(alone.interval).toBeNull();
    expect(alone.reason).toContain("islands differ");
  });

  it("gives no interval where all islands say the same, but for rounding", () => {
    const same = summaryOfIslands(Array.from({ length: 32 }, (_, i) => 1e-8 * Math.sin(i)));
    expect(same.value).toBeCloseTo(1, 6);
    expect(same.interval).toBeNull();
    expect(same.reason).toContain("do not differ");
  });

  it("a truth at an end of the interval is Student's t away from the mean, however skewed the islands", () => {
    const logs = Array.from({ length: 32 }, (_, i) => (i % 8 === 0 ? 1.2 : 0.1 * Math.sin(i)));
    const { value, interval, relativeError, skewness } = summaryOfIslands(logs);
    expect(skewness).toBeGreaterThan(1.5);
    const t = 2.0395134; // two-sided 5 % of 31 degrees of freedom
    const above = (truth = 0): number => Math.log(truth / (value as number)) / (relativeError as number);
    expect(islandStatistic(above(interval?.high), skewness, 32)).toBeCloseTo(t, 6);
    expect(islandStatistic(above(interval?.low), skewness, 32)).toBeCloseTo(-t, 6);
    expect(above(interval?.high)).toBeGreaterThan(t + 0.3);
    expect(islandStatistic(0.001, skewness, 32)).toBe(0);
  });
});
