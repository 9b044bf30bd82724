import { describe, expect, it } from "vitest";
import type { Backend, Ensemble, TallyResult } from "../../src/ensemble/kernel.ts";
import { simulate } from "../../src/ensemble/simulate.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { DeviceLostError } from "../../src/ensemble/webgpu/device.ts";
import { closeDevice, webgpu } from "../../src/ensemble/webgpu/index.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { inStep } from "../../src/sweep/in-step.ts";
import { seedOfPoint } from "../../src/sweep/points.ts";
import { problemAt, shapeOf } from "../../src/sweep/shape.ts";
import type { SimulatedBatch } from "../../src/sweep/simulate-points.ts";
import { simulatePoints } from "../../src/sweep/simulate-points.ts";
import { backends } from "../laws/backends.ts";

/* Points that share a dispatch are, to the bit, what each is alone on the same backend. */

const raw = {
  compare: "none",
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 3e4 },
    { type: "zeeman", B_ext: [0, 0, 0.005] },
  ],
  initial: { type: "boltzmann" },
  // not a multiple of a workgroup
  ensemble: 70,
  time: { duration: 3e-10, step: 5e-12, integrator: "splitting" },
};
const observables = [
  { type: "moments", times: 2 },
  { type: "histogram", of: "mz", bins: 8, every: 1.5e-11 },
  { type: "firstPassage", until: "mz < -0.2" },
  { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
  { type: "trajectory", spins: 3, every: 1e-10 },
  { type: "spectrum", of: "mz", sampleEvery: 3e-11 },
];
const ranges = [
  { path: "magnet.temperature", low: 250, high: 350 },
  { path: "energies.1.B_ext.2", low: -0.005, high: 0.005 },
];
const checked = checkExperiment({ ...raw, observables });
if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
const shape = await shapeOf(checked.experiment, ranges);
const points = [0, 1, 2].map((i) => {
  const settings = { "magnet.temperature": 250 + 40 * i, "energies.1.B_ext.2": 0.005 - 0.004 * i };
  return { settings, problem: problemAt(shape, settings, seedOfPoint(1, i, false)) };
});

const { prepareGroups: _, ...single } = webgpu;
const seen = ({ simulations }: SimulatedBatch) =>
  simulations.map(({ observations, outcome, steps }) => ({ observations, outcome, steps }));
const absent = backends.find(({ backend }) => backend === webgpu)?.reason;

/** The backend, with something done to its groups before they advance; calls are counted from one. */
const disturbed = (inner: Backend, disturb: (call: number, to: number) => void): Backend => ({
  ...inner,
  async prepareGroups(kernel, groups, options) {
    const together = await inner.prepareGroups?.(kernel, groups, options);
    if (!together) throw new Error("there are no groups here");
    const advance = together.advance.bind(together);
    let call = 0;
    together.advance = async (to) => {
      disturb(++call, to);
      await advance(to);
    };
    return together;
  },
});

describe.skipIf(absent !== undefined)("points side by side on WebGPU", () => {
  const alone = simulatePoints(single, shape, points);

  it("are what each is alone", async () => {
    const together = await simulatePoints(webgpu, shape, points);
    expect([together.sharing, (await alone).sharing]).toEqual([3, 1]);
    expect(seen(together)).toEqual(seen(await alone));
    expect(new Set(seen(together).map((one) => JSON.stringify(one))).size).toBe(3);
  });

  it("begin again on another device where theirs is lost", async () => {
    let losses = 0;
    const backend = disturbed(webgpu, (call) => {
      if (call === 3 && ++losses === 1) void closeDevice();
    });
    const again = await simulatePoints(backend, shape, points);
    expect(seen(again)).toEqual(seen(await alone));
    expect([losses, again.deviceLosses]).toEqual([2, [1, 1, 1]]);
  });
});

describe("points side by side", () => {
  it("stop where they are", async () => {
    const stop = new AbortController();
    const backend = disturbed(wasm, (call) => call === 3 && stop.abort());
    const { simulations } = await simulatePoints(backend, shape, points, { threads: 1, signal: stop.signal });
    const [{ steps }] = simulations;
    expect(steps).toBeGreaterThan(0);
    expect(steps).toBeLessThan(shape.problem.steps);
    for (const one of simulations) expect(one).toMatchObject({ outcome: "stopped", steps });
    await expect(simulatePoints(wasm, shape, points, { signal: stop.signal })).rejects.toThrow("aborted");
  });

  it("are given up as lost after a few devices", async () => {
    let prepared = 0;
    const backend = disturbed(wasm, (call) => {
      if (call === 1) prepared++;
      if (call === 2) throw new DeviceLostError("the test took it away");
    });
    const { simulations, deviceLosses } = await simulatePoints(backend, shape, points, { threads: 1 });
    expect(simulations.map(({ outcome }) => outcome)).toEqual(Array(3).fill("device lost"));
    expect(deviceLosses).toEqual([3, 3, 3]);
    expect(prepared).toBe(4);
  });

  it("are simulated one by one, with the reason, where they find no room", async () => {
    const backend: Backend = {
      ...wasm,
      prepareGroups: async () => {
        throw new RangeError("a group of 70 spins is too large");
      },
    };
    const batch = await simulatePoints(backend, shape, points, { threads: 1 });
    expect(batch).toMatchObject({ sharing: 1, reason: "a group of 70 spins is too large" });
    expect(seen(batch)).toEqual(seen(await simulatePoints(wasm, shape, points, { threads: 1 })));
  });

  it("go in the same pieces, however fast each seems to be", async () => {
    const pieces = new Map<number, number>();
    const problem = { ...shape.problem, observables: [], steps: 4000 };
    const dynkin = { windows: [], views: {}, bounds: [], reason: "not asked" };
    const planned = { ...shape.plan, dynkin, instruments: [], gathered: [] };
    const stops = await Promise.all(
      [0.01, 1].map(async (milliseconds) => {
        const seen: number[] = [];
        const advance = async (to: number): Promise<void> => {
          for (const began = performance.now(); performance.now() - began < milliseconds; );
          seen.push(to);
        };
        const ensemble = { advance, collect: async () => [] } as unknown as Ensemble;
        await simulate(problem, planned, ensemble, { pieces });
        return seen;
      }),
    );
    expect(stops[0].length).toBeGreaterThan(1);
    expect(stops[1]).toEqual(stops[0]);
  });

  it("that end early have counted no further", async () => {
    const made = await wasm.prepareGroups?.(
      shape.plan.kernel,
      points.map(({ problem }) => ({ seed: problem.seed, filling: shape.plan.filling })),
      { threads: 1 },
    );
    if (!made) throw new Error("there are no groups here");
    const [early, late] = inStep(made, 2);
    const total = (results: readonly TallyResult[]) =>
      results.reduce((sum, one) => sum + (one.kind === "bins" ? one.counts.reduce((a, b) => a + b) : 0), 0);
    const short = early.advance(16).then(() => early.collect());
    const long = late
      .advance(16)
      .then(() => late.advance(60))
      .then(() => late.collect());
    expect(total(await short)).toBeLessThan(0.5 * total(await long));
    await made.dispose();
  });
});
