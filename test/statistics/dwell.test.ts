import { describe, expect, it } from "vitest";
import { compareDwell, dwellStatistics, occupation } from "../../src/statistics/dwell.ts";
import { seeded } from "./seeded.ts";

/** A telegraph process watched for a finite time by many spins, from its stationary start. */
function telegraph(spins: number, duration: number, up: number, down: number, seed: number) {
  const random = seeded(seed);
  const edges = Array.from({ length: 61 }, (_, i) => 1e-3 * 10 ** (i / 12));
  const records = [up, down].map(() => ({
    time: 0,
    exits: 0,
    sumOfSquares: 0,
    counts: new Array<number>(60).fill(0),
    edges,
  }));
  for (let spin = 0; spin < spins; spin++) {
    let state = random.uniform() < up / (up + down) ? 0 : 1;
    for (let t = 0, first = true; t < duration; first = false) {
      const dwell = random.exponential() * [up, down][state];
      const record = records[state];
      record.time += Math.min(dwell, duration - t);
      t += dwell;
      if (t < duration) {
        record.exits++;
        // The first dwell began before the run: it counts as an exit but its length is not known.
        if (!first) {
          record.sumOfSquares += dwell * dwell;
          const bin = Math.floor(12 * Math.log10(dwell / 1e-3));
          if (bin >= 0 && bin < 60) record.counts[bin]++;
        }
      }
      state = 1 - state;
    }
  }
  return records;
}

describe("dwell times", () => {
  it("are unbiased in runs no longer than a dwell, where the mean of completed ones is not", () => {
    const [up, down] = telegraph(20000, 3, 2, 1, 61);
    expect(dwellStatistics({ time: up.time, exits: up.exits }).mean).toBeGreaterThan(1.94);
    expect(dwellStatistics({ time: up.time, exits: up.exits }).mean).toBeLessThan(2.06);
    const naive = up.counts.reduce((sum, n, i) => sum + (n * (up.edges[i] + up.edges[i + 1])) / 2, 0);
    expect(naive / up.counts.reduce((a, b) => a + b, 0)).toBeLessThan(1.2);
    expect(dwellStatistics(down).count).toBe(down.exits);
  });

  it("agrees with the exact figures and fails for wrong ones", () => {
    const [up, down] = telegraph(400, 400, 2, 1, 62);
    const exact = { up: 2, down: 1, occupationUp: 2 / 3 };
    for (const { pValue } of compareDwell(up, down, exact)) expect(pValue).toBeGreaterThan(1e-3);
    for (const { pValue } of compareDwell(up, down, { up: 2.1, down: 1.05, occupationUp: 0.68 }))
      expect(pValue).toBeLessThan(1e-5);
    for (const { pValue } of compareDwell(up, down, { up: 2.1, down: 1.05, occupationUp: 0.68 }, 0.06))
      expect(pValue).toBeGreaterThan(1e-3);
  });

  it("states errors that repeated runs confirm, also from bins alone", () => {
    const means: number[] = [];
    const shares: number[] = [];
    let [claimed, binned, shareError] = [0, 0, 0];
    const runs = 150;
    for (let seed = 0; seed < runs; seed++) {
      const [up, down] = telegraph(10, 200, 2, 1, 8000 + seed);
      const statistics = dwellStatistics(up);
      means.push(statistics.mean as number);
      claimed += (statistics.meanStandardError as number) / runs;
      binned += (dwellStatistics({ ...up, sumOfSquares: undefined }).meanStandardError as number) / runs;
      const share = occupation(up, down);
      shares.push(share.value);
      shareError += share.standardError / runs;
    }
    const spread = (values: number[]) => {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1));
    };
    // The spread of 150 runs is known to 6 %.
    expect(claimed / spread(means)).toBeGreaterThan(0.82);
    expect(claimed / spread(means)).toBeLessThan(1.18);
    expect(binned / claimed).toBeCloseTo(1, 1);
    expect(shareError / spread(shares)).toBeGreaterThan(0.82);
    expect(shareError / spread(shares)).toBeLessThan(1.18);
  });

  it("without exits has no mean, and comparing is refused", () => {
    const none = { time: 5, exits: 0 };
    expect(dwellStatistics(none)).toMatchObject({ mean: null, meanStandardError: null, rate: 0 });
    const [first] = compareDwell(none, none, { up: 1, down: 1, occupationUp: 0.5 });
    expect(first.pValue).toBeNull();
  });
});
