import { describe, expect, it } from "vitest";
import { compileScalar } from "../../src/expression/compile.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import type { ObservedHistogram } from "../../src/observables/histogram/count.ts";
import { guideToEscape } from "../../src/observables/rare-event/guide.ts";
import type { RareFigure } from "../../src/observables/rare-event/result.ts";
import { summaryOfIslands } from "../../src/statistics/islands.ts";
import { simulated } from "../with-ensemble.ts";
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
 * Where the automatic G is only a guess, or cannot be exact: moderately rare events, held against the exact side, and against direct
 * counting where there is no exact side.
 */

const event = { event: "mz < 0" };
const film = {
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
    // a thin film: a hard axis across the easy one
    { type: "uniaxial", Ku1: -4, anisU: [1, 0, 0] },
  ],
};
const still = { torques: [], ensemble: 8192 };

/** ln of the ratio of the figures, in their standard errors together, of islands led and of spins of a plain run, with no weights. */
async function againstDirect(experiment: ReturnType<typeof written>) {
  const { counts, result } = await count(experiment);
  expect(counts.rival).toContain("power 0.75");
  const spins = 16_384;
  const { problem } = readProblem({
    ...experiment,
    ensemble: spins,
    seed: 11,
    observables: [{ type: "histogram", of: "mz", bins: 2, times: 1 }],
  });
  const { observations } = await simulated(problem);
  const [record] = (observations[0] as ObservedHistogram).records;
  expect(record.step).toBe(problem.steps);
  const direct = record.value[0] / spins;
  const error = Math.hypot(result.relativeError as number, Math.sqrt((1 - direct) / (direct * spins)));
  expect(error).toBeLessThan(0.3);
  const off = Math.log((result.probability?.value as number) / direct);
  expect(Math.abs(off)).toBeLessThan(4 * error);
  return result;
}

/** A ratio whose 95 % interval reaches to 1, twice as far. */
function expectNearOne(ratio: RareFigure | null): void {
  const { value, low, high } = ratio as { value: number; low: number; high: number };
  expect(Math.abs(Math.log(value))).toBeLessThan(Math.log(high / low));
}

it("a rate out of a film is led by the energy, which a precessing spin keeps, and not by its height", () => {
  const { problem, planned } = readProblem(written(20, 20, { until: "mz < -0.5" }, { ...film, ...still }));
  const guide = guideToEscape(problem, planned);
  if (typeof guide === "string") throw new Error(guide);
  // in the film and across it, where 5 sin²θ has the energy of sin²θ
  const at = (sine: number, across: boolean): number => {
    const m = [across ? sine / Math.sqrt(5) : 0, across ? 0 : sine];
    const logs = new Float64Array(1);
    const columns = [...m, Math.sqrt(1 - m[0] ** 2 - m[1] ** 2)].map((x) => Float64Array.of(x));
    guide.potentials[0].fill(columns, logs);
    return logs[0];
  };
  for (const sine of [0.5, 0.7, 0.9]) expect(Math.abs(at(sine, true) - at(sine, false))).toBeLessThan(0.2);
  expect(at(0.7, true) - at(0.5, true)).toBeGreaterThan(3);
  // half way up across the film, where the energy is steepest: 2 · 5 Δ sin θ cos θ
  const slope = 10 * 20 * Math.sqrt(0.1) * Math.sqrt(0.9);
  const diffusion = compileScalar(problem.dynamics.diffusion, [])();
  expect(diffusion * slope ** 2 * (guide.times[1] - guide.times[0])).toBeLessThan(3);
});

describe("a rate of an event on the slope of a well", () => {
  const asked = (until: string, initial: object) => written(20, 20, { until }, { ...still, initial });

  it("that is half way up is met as often as by a continuous path", async () => {
    const half = asked("mz < 0.5", { type: "well", m: [0, 0, 1] });
    const { result } = await count(half);
    expect(result.relativeError).toBeLessThan(0.05);
    expectNear(result, demand(exactOf(half)).value);
  });

  it("that is a band between two wells is led to from either side", async () => {
    const found = await count(asked("abs(mz) < 0.1", { type: "well", m: [0, 0, 1] }));
    expectInside(found.result.rate, demand(exactOf(asked("abs(mz) < 0.1", { type: "boltzmann" }))).value);
  });

  it("that lies to one side of the axis is led to by rings about its own", async () => {
    const cap = asked("mx > 0.9", { type: "well", m: [0, 0, 1] });
    const { result } = await count(cap);
    expect(result.importance).toContain("about the event");
    expectInside(result.rate, demand(exactOf(cap)).value);
  });
});

describe("a rare event led by a guess", () => {
  it("in a thin film is that of the full sphere, by both functions and with half the step", async () => {
    const asked = written(6, 20, { ...event, halveStep: true }, { ...film, ...still, ensemble: 4096 });
    const { result, counts } = await count(asked);
    const exact = demand(exactOf(asked)).value;
    expect(exact).toBeLessThan(0.05);
    expectNear(result, exact);
    for (const parity of [0, 1]) {
      const own = summaryOfIslands(counts.logs.filter((_, island) => island % 2 === parity));
      expect(Math.abs(Math.log((own.value as number) / exact))).toBeLessThan(
        4 * (own.relativeError as number),
      );
    }
    expectNearOne(result.halfStep);
  });

  it("at low damping in a film is that of direct counting", async () => {
    const more = { ...film, ...still, magnet: { delta: 6, alpha: 0.02 } };
    await againstDirect(written(6, 100, event, more));
  });

  it("under a typed torque and field is that of direct counting, with half the step", async () => {
    const more = {
      ensemble: 8192,
      torques: [{ type: "field", torque: ["0.05*mz", "0.02*mx", "0.1*my"] }],
    };
    const asked = written(6, 40, { ...event, halveStep: true }, more);
    const { halfStep, probability } = await againstDirect(asked);
    expectNearOne(halfStep);
    const exact = demand(exactOf(asked)).value;
    expect(Math.abs(Math.log((probability?.value as number) / exact))).toBeLessThan(0.4);
  });

  it("with a spread of barriers is that of the average over them", async () => {
    const more = { magnet: { delta: { mean: 20, deviation: 2 }, alpha }, ensemble: 4096 };
    const asked = written(20, 60, { event: "mz > 0" }, more);
    const exact = demand(exactOf(asked)).value;
    expect(exact).toBeLessThan(1e-3);
    const { result, counts } = await count(asked);
    // the backward solution is that of the mean barrier
    expect(counts.rival).toContain("power 0.75");
    expectNear(result, exact);
  });
});
