import { expect, it } from "vitest";
import { levelOfUp } from "../../src/run/level-of-up.ts";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "../traces/synthetic.ts";

const model = {
  magnet: { delta: 6, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "boltzmann" },
  time: { duration: 10 },
};
const dwell = { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" };
const readout = (parallel: number, antiparallel: number) => ({
  readout: { parallel, antiparallel, reference: [0, 0, 1] },
});
const scope = (of: string) => ({ type: "trajectory", every: 1, instrument: { of } });

it("up is the lowest level where the model measures less when it is up", () => {
  const observables = [dwell];
  expect(levelOfUp({ ...model, observables, ...readout(1000, 2000) })).toBe("lowest");
  expect(levelOfUp({ ...model, observables, ...readout(2000, 1000) })).toBe("highest");
  expect(levelOfUp({ ...model, observables })).toBeNull();
  expect(levelOfUp({ ...model, observables: [scope("mz")], ...readout(1000, 2000) })).toBeNull();
  // what the instrument measures comes before the readout
  const measured = { ...model, observables: [dwell, scope("mz")], ...readout(1000, 2000) };
  expect(levelOfUp(measured)).toBe("highest");
  expect(
    levelOfUp({ ...model, observables: [{ ...dwell, up: "mx > 0.5", down: "mx < -0.5" }, scope("mz")] }),
  ).toBeNull();
});

it("a trace analysed with the lowest level up has its dwell times and thresholds the other way round", () => {
  const values = synthetic({
    samples: 4000,
    sampleTime: 1,
    dwell: [20, 10],
    levels: [0, 1],
    noise: 0.2,
    seed: 3,
  });
  const analysis = (up?: "lowest") => analyseTrace({ values, breaks: [] }, 4000, 1, { bandwidth: null, up });
  const [usual, turned] = [analysis(), analysis("lowest")];
  expect(usual.upLevel).toBe("highest");
  expect(usual.dwell.down.mean).toBeGreaterThan(1.5 * usual.dwell.up.mean);
  expect(turned.upLevel).toBe("lowest");
  expect([turned.dwell.up, turned.dwell.down]).toEqual([usual.dwell.down, usual.dwell.up]);
  for (const by of ["threshold", "hysteresis"] as const) {
    const { up, down, countUp, countDown } = usual[by];
    expect(turned[by]).toEqual({ up: down, down: up, countUp: countDown, countDown: countUp });
  }
  expect(turned.perLevel).toEqual(usual.perLevel);
});
