import { describe, expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { estimateTelegraph } from "../../src/traces/hidden-markov/estimate.ts";
import { levelDwells } from "../../src/traces/level-dwells.ts";
import { TraceError } from "../../src/traces/trace-error.ts";
import { seeded } from "../statistics/seeded.ts";
import { synthetic } from "./synthetic.ts";

const whole = (values: Float64Array) => ({ values, breaks: [] });
const analyse = (
  values: Float64Array,
  sampleTime: number,
  bandwidth: number | null | undefined,
  levels = 2,
) => analyseTrace(whole(values), values.length, sampleTime, { bandwidth, levels });
const dwell = [20e-9, 10e-9];
const levels = [0, 1];

describe("telegraph noise, dwell times 20 ns down and 10 ns up", () => {
  it.each([
    ["no filter, noise 0.25", { sampleTime: 1e-10, noise: 0.25, samples: 200_000 }, null],
    ["200 MHz, noise 0.25", { sampleTime: 2e-10, noise: 0.25, samples: 30_000, bandwidth: 2e8 }, 2e8],
    ["50 MHz, noise 0.1", { sampleTime: 4e-10, noise: 0.1, samples: 15_000, bandwidth: 5e7 }, 5e7],
    ["1 GS/s, noise 0.4", { sampleTime: 1e-9, noise: 0.4, samples: 100_000 }, null],
  ])("are found with %s", (_, options, bandwidth) => {
    const { dwell: found, levels: l } = analyse(
      synthetic({ dwell, levels, seed: 11, ...options }),
      options.sampleTime,
      bandwidth,
    );
    // the true errors are some per cent: three standard errors of the shortest trace here
    for (const [side, truth] of [
      [found.up, 10e-9],
      [found.down, 20e-9],
    ] as const) {
      expect(Math.abs(Math.log(side.mean / truth)) * side.mean).toBeLessThan(3.3 * side.standardError);
      expect(side.standardError / side.mean).toBeLessThan(0.09);
      expect(side.count).toBeGreaterThan(150);
    }
    expect(Math.abs(l[0].value)).toBeLessThan(0.01);
    expect(Math.abs(l[1].value - 1)).toBeLessThan(0.012);
  });

  it("are what thresholds make of them, for those who know thresholds", () => {
    const values = synthetic({ dwell, levels, seed: 3, sampleTime: 1e-10, noise: 0.25, samples: 200_000 });
    const { threshold, hysteresis } = analyse(values, 1e-10, null);
    expect(Math.abs((threshold.up as number) / 1.35e-9 - 1)).toBeLessThan(0.1);
    expect(Math.abs((threshold.down as number) / 2.64e-9 - 1)).toBeLessThan(0.1);
    expect(Math.abs((hysteresis.up as number) / 7.3e-9 - 1)).toBeLessThan(0.1);
    expect(Math.abs((hysteresis.down as number) / 14.7e-9 - 1)).toBeLessThan(0.1);
  });

  it("come out too long where the pole is not known, and the pole is found where it is looked for", () => {
    const values = synthetic({
      dwell,
      levels,
      seed: 5,
      sampleTime: 2e-10,
      noise: 0.25,
      samples: 30_000,
      bandwidth: 2e8,
    });
    const blind = analyse(values, 2e-10, null);
    const seeing = analyse(values, 2e-10, undefined);
    expect(blind.dwell.down.mean / seeing.dwell.down.mean).toBeGreaterThan(1.05);
    const { value, low, high, given } = seeing.bandwidth as NonNullable<typeof seeing.bandwidth>;
    expect(given).toBe(false);
    expect(low).toBeLessThan(2e8);
    expect(high).toBeGreaterThan(2e8);
    expect(Math.abs(value / 2e8 - 1)).toBeLessThan(0.1);
  });
});

it("95 % intervals hold the truth in 90 to 99 % of 200 seeds", () => {
  let [up, down] = [0, 0];
  for (let seed = 1; seed <= 200; seed++) {
    const values = synthetic({
      dwell,
      levels,
      seed: 1000 + seed,
      sampleTime: 1e-9,
      noise: 0.3,
      samples: 4000,
    });
    // what an analysis takes its dwell times from, without its other figures
    const estimated = estimateTelegraph(whole(values), 1e-9, { bandwidth: null });
    const found = levelDwells(estimated, values.length * 1e-9);
    if (found[1].low <= 10e-9 && 10e-9 <= found[1].high) up++;
    if (found[0].low <= 20e-9 && 20e-9 <= found[0].high) down++;
  }
  for (const held of [up, down]) {
    expect(held).toBeGreaterThanOrEqual(180);
    expect(held).toBeLessThanOrEqual(198);
  }
});

it("three levels are told apart", () => {
  const values = synthetic({
    dwell: [30e-9, 20e-9, 10e-9],
    levels: [0, 1, 3],
    seed: 2,
    sampleTime: 1e-9,
    noise: 0.25,
    samples: 60_000,
  });
  const { perLevel } = analyse(values, 1e-9, null, 3);
  [30e-9, 20e-9, 10e-9].forEach((truth, s) => {
    expect(Math.abs(perLevel[s].mean - truth)).toBeLessThan(3.5 * perLevel[s].standardError);
    expect(perLevel[s].standardError / truth).toBeLessThan(0.06);
    expect(Math.abs(perLevel[s].level - [0, 1, 3][s])).toBeLessThan(0.02);
  });
});

describe("no second level is a refusal", () => {
  const random = seeded(4);
  const noise = Float64Array.from({ length: 20_000 }, () => random.normal());
  let slow = 0;
  const drifting = noise.map((value) => (slow = 0.98 * slow + 0.2 * random.normal()) + 0.3 * value);
  it.each([
    ["constant", new Float64Array(1000).fill(0.3)],
    ["white noise", noise],
    ["continuous fluctuation", drifting],
  ])("%s", (_, values) => {
    expect(() => analyse(values, 1e-9, null)).toThrow(TraceError);
    expect(() => analyse(values, 1e-9, null)).toThrow(/no second level/);
  });
});

it("rates that change along the trace are named, steady ones are not", () => {
  const piece = (seed: number, down: number): Float64Array =>
    synthetic({ dwell: [down, 10e-9], levels, seed, sampleTime: 1e-9, noise: 0.2, samples: 20_000 });
  const changed = analyse(Float64Array.from([...piece(1, 20e-9), ...piece(2, 32e-9)]), 1e-9, null);
  const named = changed.warnings.filter((warning) => warning.includes("along the trace"));
  expect(named.some((warning) => warning.startsWith("ln rate 0 to 1"))).toBe(true);
  const { jumpAt } = changed.stationarity[0];
  expect(Math.abs(jumpAt - 0.5)).toBeLessThan(0.1);
  const steady = analyse(Float64Array.from([...piece(1, 20e-9), ...piece(2, 20e-9)]), 1e-9, null);
  expect(steady.warnings.filter((warning) => warning.includes("along the trace"))).toEqual([]);
  for (const { pValue } of steady.exponentiality) expect(pValue as number).toBeGreaterThan(1e-3);
});

describe("dwells that can be separated", () => {
  it("are counted above the shortest that can be seen, and follow the law that they were drawn from", () => {
    const values = synthetic({ dwell, levels, seed: 8, sampleTime: 1e-9, noise: 0.1, samples: 200_000 });
    const { dwellTimes, perLevel } = analyse(values, 1e-9, null);
    for (const [s, { edges, counts, shortest }] of dwellTimes.entries()) {
      expect(edges[0]).toBe(shortest);
      const all = counts.reduce((sum, n) => sum + n, 0);
      expect(all).toBeGreaterThan(0.5 * perLevel[s].count);
      expect(all).toBeLessThan(perLevel[s].count);
      // beyond the shortest an exponential law begins anew; means are known to some per cent
      const share = counts.map(
        (_, i) => Math.exp((shortest - edges[i]) / dwell[s]) - Math.exp((shortest - edges[i + 1]) / dwell[s]),
      );
      const chiSquared = counts.reduce((sum, n, i) => {
        const expected = all * share[i];
        return expected < 20 ? sum : sum + (n - expected) ** 2 / expected;
      }, 0);
      const bins = share.filter((p) => all * p >= 20).length;
      expect(bins).toBeGreaterThan(5);
      expect(chiSquared).toBeLessThan(bins + 4 * Math.sqrt(2 * bins));
    }
  });

  it("are none, with the reason, where noise hides them", () => {
    const values = synthetic({ dwell, levels, seed: 8, sampleTime: 1e-9, noise: 0.9, samples: 60_000 });
    const { dwellTimes } = analyse(values, 1e-9, null);
    expect(dwellTimes[1]).toMatchObject({
      counts: [],
      reason: expect.stringMatching(/too short against noise/),
    });
  });
});
