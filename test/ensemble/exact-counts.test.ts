import { describe, expect, it } from "vitest";
import { gathered, gridSize } from "../../src/ensemble/tally.ts";
import { Totals } from "../../src/ensemble/wasm/totals.ts";
import * as e from "../../src/expression/expression.ts";
import { observables } from "../../src/observables/index.ts";
import { plan } from "../../src/observables/plan.ts";
import { readProblem } from "../../src/run/run.ts";
import { contractExample } from "../experiment/example.ts";

/*
 * 10⁸ spins for 10⁷ steps count exactly: what is fed at steps are counts by bin, at most spins × steps = 10¹⁵ of them; sums have one value of
 * at most 2²⁴ units a spin, 1.7 × 10¹⁵. Both are whole numbers below 2⁵³, which float64 holds exactly, and far below 2⁶⁴.
 */

const cycle = {
  magnet: { delta: 2, alpha: 0.2 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.1, frequency: 0.1 } }] },
  ],
  time: { duration: 40, step: 0.05 },
  observables: [{ type: "cycle", period: 16, direction: [0, 0, 1], periods: 2 }],
};
const [spins, steps] = [1e8, 1e7];

describe("counters of 10⁸ spins and 10⁷ steps", () => {
  it("stay below 2⁵³: no sum is fed at steps, by any observable", () => {
    expect(spins * steps).toBeLessThan(2 ** 53);
    expect(spins * gridSize).toBeLessThan(2 ** 53);
    const seen = new Set<string>();
    const counting = new Set<string>();
    for (const experiment of [contractExample(), cycle]) {
      const problem = readProblem(experiment);
      const tallies = gathered(plan(problem).kernel);
      for (const { type } of problem.observables) {
        seen.add(type);
        if (tallies.length > 0) counting.add(type);
      }
      expect(
        tallies.filter(({ kind }) => kind !== "bins"),
        JSON.stringify(experiment),
      ).toEqual([]);
    }
    expect([...seen].sort()).toEqual(
      Object.keys(observables)
        .filter((type) => type !== "rareEvent")
        .sort(),
    );
    expect(counting).toContain("dwell");
  });

  it("are added over workers and through a snapshot without a rounding, up to 2⁶⁴", () => {
    const counter = { tally: { kind: "bins", index: e.constant(0), bins: 2 } as const, address: 64 };
    const sum = { tally: { kind: "sum", value: e.constant(0), low: 0, high: 1 } as const, address: 88 };
    const memory = (words: readonly bigint[]): Uint8Array =>
      new Uint8Array(BigUint64Array.from(words).buffer);
    // two bins and the spare one; then both pairs of lanes, and the number of values
    const worker = [10n ** 15n / 2n + 1n, 1n, 7n, 2n ** 50n + 1n, 2n ** 50n, 10n ** 14n + 1n];
    const totals = new Totals([counter, sum]);
    totals.add(memory(worker));
    totals.add(memory(worker));
    const again = new Totals([counter, sum], totals.exactly());
    again.add(memory([2n ** 63n, 0n, 0n, 0n, 0n, 0n]));
    expect(totals.exactly().map((words) => [...words])).toEqual([
      [10n ** 15n + 2n, 2n],
      [2n ** 52n + 2n, 2n * 10n ** 14n + 2n],
    ]);
    const [counted, added] = totals.results();
    expect(counted.kind === "bins" && counted.counts[0]).toBe(1e15 + 2);
    expect(added.kind === "sum" && [added.onGrid, added.count]).toEqual([2 ** 52 + 2, 2e14 + 2]);
    expect(again.exactly()[0][0]).toBe(2n ** 63n + 10n ** 15n + 2n);
  });
});
