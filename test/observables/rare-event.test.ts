import { describe, expect, it } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { add, variable } from "../../src/expression/expression.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { compareRareEvent } from "../../src/observables/rare-event/compare.ts";
import { alongAxis, inTurn, ofFormula, raised } from "../../src/observables/rare-event/potential.ts";
import type { RareFigure } from "../../src/observables/rare-event/result.ts";
import { result as resultOf } from "../../src/observables/rare-event/result.ts";
import { rows } from "../../src/observables/rare-event/shown.ts";
import {
  alpha,
  count,
  exactOf,
  expectInside,
  expectNear,
  readProblem,
  written,
} from "./counted-rare-event.ts";

/*
 * Rare events by splitting against exact values. An axial magnet with damping 0.1 under a damping-like torque of twice the critical one, started
 * in equilibrium within the well that the torque empties; times in relaxation times of ten reduced units.
 */

describe("write errors", () => {
  const event = { event: "mz > 0", target: 1e-8 };

  it.each([
    [60, 120, 1.52269265e-9],
    [60, 160, 4.79361447e-13],
    [60, 200, 1.50908587e-16],
    [40, 120, 9.3892085e-10],
    [40, 160, 2.869566e-13],
  ])("have the exact partner of a barrier of %s kT after %s", (delta, time, truth) => {
    const { value, errorEstimate } = demand(exactOf(written(delta, time, event)));
    // what the evolution is refined to
    expect(Math.abs(value / truth - 1)).toBeLessThan(1e-5);
    expect(errorEstimate).toBeLessThan(1e-5);
  });

  it("of one in a thousand million are found by eight thousand spins", async () => {
    const { result, observation } = await count(written(40, 120, event));
    expectInside(result.probability, 9.3892085e-10);
    expect(result.relativeError).toBeLessThan(0.15);
    const exact = { value: { value: 9.3892085e-10, errorEstimate: 0 } };
    expect(compareRareEvent(observation, exact).pValue).toBeGreaterThan(1e-3);
    const spoiled = { value: { value: 3 * 9.3892085e-10, errorEstimate: 0 } };
    expect(compareRareEvent(observation, spoiled).pValue).toBeLessThan(1e-4);
    expect(result.belowTarget).toBe(true);
    expect(result.ancestors).toBeGreaterThan(1);
    expect(result.importance).toContain("common axis");
  });

  it("are the same however the work is cut up", async () => {
    const short = written(40, 30, event, { ensemble: 1024 });
    const whole = await count(short);
    const cut = await count(short, { threads: 2, stepsPerDispatch: 7 });
    expect(cut.counts.logs).toEqual(whole.counts.logs);
  });

  it("are counted again with half the step, by other noise, and what a step too long does is seen", async () => {
    const short = written(40, 40, { ...event, halveStep: true }, { ensemble: 4096 });
    const { result, counts } = await count(short);
    const { counts: plain } = await count(written(40, 40, event, { ensemble: 4096 }));
    expect(counts.logs).toEqual(plain.logs);
    expect(counts.halved).not.toEqual(counts.logs);
    const { value, low, high } = result.halfStep as RareFigure;
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    expect(Math.abs(value - 1)).toBeLessThan(0.3);
    expect(rows(result).map(([label]) => label)).toContain(`half the step over the step, ${result.name}`);
    const { problem, planned } = readProblem(short);
    const shifted = { ...counts, halved: counts.logs.map((log) => log + 1) };
    const doubtful = resultOf({ type: "rareEvent", name: "", counts: shifted }, planned, problem);
    expect(doubtful.probability?.low).toBeNull();
    expect(doubtful.halfStep?.value).toBeCloseTo(Math.E, 9);
    expect(doubtful.reason).toContain("step is too long");
    expect(resultOf({ type: "rareEvent", name: "", counts: plain }, planned, problem).halfStep).toBeNull();
  });

  it("agree between backends and with a potential typed by the user", async () => {
    const short = written(40, 40, event, { ensemble: 2048 });
    const { result: byReference } = await count(short, { threads: 2 }, reference);
    const { result: byWasm } = await count(short);
    const typed = written(40, 40, { ...event, importance: "4*mz" }, { ensemble: 4096 });
    const { result: byHand } = await count(typed);
    const exact = demand(exactOf(short)).value;
    for (const { probability } of [byReference, byWasm, byHand]) expectInside(probability, exact);
    expect(byHand.importance).toContain("typed");
  });

  it("have no interval beside the truth where the typed potential is wrong: every other island has the automatic one", async () => {
    // twice as steep as leads well: most of what counts lies in spins that such a potential hardly ever sends
    const importance = "-80*max(0, sqrt(mx^2 + my^2) - 0.3)^2";
    let withheld = 0;
    for (const seed of [1, 2, 3]) {
      const steep = written(40, 120, { ...event, importance }, { seed });
      const { result, counts } = await count(steep);
      expect(counts.rival).toContain("common axis");
      if (result.probability?.low === null) {
        withheld++;
        expect(result.reason).toMatch(/gave .* times the figure of the others|dominate the mean|families/);
      } else expectNear(result, 9.3892085e-10);
    }
    expect(withheld).toBeGreaterThan(0);
  });

  it("of an off-axis torque are led by averaged rings and held against the full sphere", async () => {
    const oblique = written(10, 40, event, {
      ensemble: 4096,
      torques: [{ type: "spinTransfer", dampingLike: 0.22, fieldLike: 0, polarizer: [0.1, 0, 0.995] }],
    });
    const { result, observation } = await count(oblique);
    const exact = exactOf(oblique);
    expect(exact.value?.value).toBeLessThan(0.02);
    expect(result.importance).toContain("averaged");
    expect(compareRareEvent(observation, exact).pValue).toBeGreaterThan(1e-3);
  });
});

describe("read disturb", () => {
  it("after a long pulse of a low current is that of the exact side, and of the rate under the current", async () => {
    const read = {
      ensemble: 4096,
      torques: [{ type: "spinTransfer", dampingLike: 0.3 * alpha, fieldLike: 0, polarizer: [0, 0, 1] }],
    };
    const pulse = written(40, 300, { event: "mz < 0", target: 1e-6 }, read);
    const { result, observation } = await count(pulse);
    const exact = exactOf(pulse);
    const truth = demand(exact).value;
    expect(truth).toBeLessThan(1e-6);
    expectNear(result, truth);
    expect(compareRareEvent(observation, exact).pValue).toBeGreaterThan(1e-3);
    expect(result.relativeError).toBeLessThan(0.3);
    expect(result.belowTarget).toBe(true);
    // thirty relaxation times less those in which the first spins climb
    const rate = demand(exactOf(written(40, 300, { until: "mz < 0" }, read))).value;
    expect(truth / (300 * rate)).toBeGreaterThan(0.4);
    expect(truth / (300 * rate)).toBeLessThan(1);
  });
});

describe("escapes", () => {
  it("over twenty kT have the rate of half the slowest mode", async () => {
    const still = { torques: [], ensemble: 4096 };
    const asked = { until: "mz < -0.5", in: 1e6, target: 1e-2, islands: 16 };
    const { result, observation } = await count(written(20, 20, asked, still));
    const exact = exactOf(written(20, 20, asked, still));
    // half of λ₁ = 9.858281859e-10; the rim lies 1.5e-3 of the rate beyond the barrier
    const rate = exact.value?.value as number;
    expect(Math.abs(rate / 4.92914093e-10 - 1)).toBeLessThan(2e-3);
    expectNear(result, rate);
    expect(compareRareEvent(observation, exact).pValue).toBeGreaterThan(1e-3);
    const found = result.rate?.value as number;
    expect(result.probability?.value).toBeCloseTo(1 - Math.exp(-1e6 * found), 12);
    expect((result.meanLifetime?.value as number) * found).toBeCloseTo(1, 12);
    expect(result.belowTarget).toBe(true);
  });
});

describe("escapes of other wells", () => {
  const until = { until: "mz < -0.5" };

  it("over forty kT, and from small islands, have the rate of half the slowest mode", async () => {
    const still = { torques: [], ensemble: 4096, seed: 2 };
    const { result } = await count(written(40, 20, { ...until, islands: 16 }, still));
    const exact = demand(exactOf(written(40, 20, until, still))).value;
    expectInside(result.rate, exact);
    expect(result.relativeError).toBeLessThan(0.15);
    // islands of 128 spins: their number is constant, which would make rates a fifth too low if it were not given back
    const small = { torques: [], ensemble: 4096, seed: 2 };
    const rates: number[] = [];
    for (const seed of [1, 2, 3]) {
      const found = await count(written(20, 20, { ...until, islands: 32 }, { ...small, seed }));
      rates.push(found.result.rate?.value as number);
    }
    const truth = demand(exactOf(written(20, 20, until, small))).value;
    const mean = rates.reduce((sum, rate) => sum + rate / truth / rates.length, 0);
    expect(Math.abs(mean - 1)).toBeLessThan(0.12);
  });

  it("are the same however the work is cut up", async () => {
    const still = written(20, 20, { ...until, islands: 8 }, { torques: [], ensemble: 1024 });
    const whole = await count(still);
    const cut = await count(still, { threads: 2, stepsPerDispatch: 7 });
    expect(cut.counts.logs).toEqual(whole.counts.logs);
    expect(cut.counts.halves).toEqual(whole.counts.halves);
  });

  it("of a steady state under current have the rate of its quasi-potential", async () => {
    const driven = {
      ensemble: 8192,
      torques: [{ type: "spinTransfer", dampingLike: 0.4 * alpha, fieldLike: 0, polarizer: [0, 0, 1] }],
    };
    const { result } = await count(written(20, 20, until, driven));
    expectInside(result.rate, demand(exactOf(written(20, 20, until, driven))).value);
    // the rim lies lower than the well: Δ(1 − i)² over it, i the current over the critical one
    expect(result.barrier).toBeCloseTo(20 * 0.6 ** 2, 1);
  });
});

describe("potentials in turn", () => {
  it("lead the islands of even number by one and those of odd by the other, wherever a group begins", () => {
    const mz = alongAxis([0, 0, 1], (z) => 2 * z);
    const [x] = ofFormula(add(10, variable("mx")), [0]);
    const columns = [0, 1, 2].map((k) =>
      Float64Array.from({ length: 6 }, (_, i) => (k === 1 ? 0 : 0.1 * i + k / 100)),
    );
    const logs = new Float64Array(6);
    const led = inTurn(mz, x, 2, 1);
    led.fill(columns, logs);
    const [odd, even] = [(i: number) => 10 + 0.1 * i, (i: number) => 2 * (0.1 * i + 0.02)];
    [odd(0), odd(1), even(2), even(3), odd(4), odd(5)].forEach((value, i) => {
      expect(logs[i]).toBeCloseTo(value, 9);
    });
    // one column is enough where both are of it
    expect(inTurn(mz, raised(mz, 0.5), 2, 0).of).toEqual(["mz"]);
    inTurn(mz, raised(mz, 0.5), 2, 0).fill([columns[2]], logs);
    expect(logs[2]).toBeCloseTo(even(2) / 2, 9);
  });
});
