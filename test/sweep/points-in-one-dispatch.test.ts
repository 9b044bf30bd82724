import { describe, expect, it } from "vitest";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { compileVector } from "../../src/expression/compile.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import type { ObservedMoments } from "../../src/observables/moments/count.ts";
import type { PointSettings } from "../../src/sweep/points.ts";
import { seedOfPoint } from "../../src/sweep/points.ts";
import type { Shape } from "../../src/sweep/shape.ts";
import { carriedRanges, checkedAt, problemAt, shapeOf } from "../../src/sweep/shape.ts";
import { simulatePoints } from "../../src/sweep/simulate-points.ts";

const raw = {
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 4e4 },
    { type: "zeeman", B_ext: [0, 0, 0.005] },
  ],
  torques: [{ type: "spinTransfer", dampingLike: 0.001, polarizer: [0, 0, 1] }],
  initial: { type: "well", m: [0, 0, 1] },
  ensemble: 100,
  time: { duration: 2e-9 },
  observables: [
    { type: "moments", times: 2 },
    { type: "histogram", of: "mz", bins: 8, every: 1e-10 },
    { type: "firstPassage", until: "mz < -0.5" },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
  ],
};
const ranges = [
  { path: "torques.0.dampingLike", low: 0, high: 0.004 },
  { path: "magnet.temperature", low: 250, high: 350 },
  { path: "energies.1.B_ext.2", low: -0.005, high: 0.005 },
];
const settings: PointSettings[] = [
  { "torques.0.dampingLike": 0, "magnet.temperature": 250, "energies.1.B_ext.2": 0.005 },
  { "torques.0.dampingLike": 0.004, "magnet.temperature": 300, "energies.1.B_ext.2": 0 },
  { "torques.0.dampingLike": 0.001, "magnet.temperature": 350, "energies.1.B_ext.2": -0.005 },
];
const completed = (experiment: unknown, at: PointSettings = {}) => {
  const found = checkExperiment(experiment, at);
  if (!found.ok) throw new Error(JSON.stringify(found.problems));
  return found.experiment;
};
const shape: Shape = await shapeOf(completed(raw), ranges);
const points = settings.map((one, i) => ({
  settings: one,
  problem: problemAt(shape, one, seedOfPoint(1, i, false)),
}));

describe("points of a sweep", () => {
  it("carry any number that may be spread over the ensemble, and nothing else", async () => {
    const other = [
      { path: "time.duration", low: 1e-9, high: 2e-9 },
      { path: "ensemble", low: 10, high: 20 },
      { path: "torques.0.polarizer.2", low: 0.5, high: 1 },
      { path: "no.such.path", low: 0, high: 1 },
    ];
    expect(await carriedRanges(raw, settings[0], [...ranges, ...other])).toEqual(ranges);
    // no noise is another step
    const cold = { path: "magnet.temperature", low: 0, high: 300 };
    expect(await carriedRanges(raw, settings[0], [cold])).toEqual([]);
  });

  it("are tried while this thread hears signals", async () => {
    let heard = 0;
    const timer = setInterval(() => heard++);
    await carriedRanges(raw, settings[0], ranges);
    const tried = heard;
    await shapeOf(checkedAt(raw, settings[0]) as CompletedExperiment, ranges);
    clearInterval(timer);
    // the base, the spread and its ends are checks of their own
    expect(tried).toBeGreaterThan(3);
    expect(heard - tried).toBeGreaterThan(3);
  });

  it("have the dynamics of their experiments, in one unit of time", () => {
    for (const { settings: at, problem } of points) {
      const alone = reduce(completed(raw, at));
      const scale = problem.units.time / alone.units.time;
      const rates = ({ dynamics, energy }: typeof problem) =>
        compileVector([dynamics.psi, dynamics.omega, dynamics.diffusion, energy], ["mx", "my", "mz", "t"]);
      const [here, there] = [new Float64Array(4), new Float64Array(4)];
      rates(problem)(here, 0, 0.6, 0, 0.8, 0);
      rates(alone)(there, 0, 0.6, 0, 0.8, 0);
      for (const k of [0, 1, 2]) expect(here[k] / (there[k] * scale)).toBeCloseTo(1, 12);
      expect((here[3] * problem.units.energy) / (there[3] * alone.units.energy)).toBeCloseTo(1, 12);
      expect(problem.timeStep * problem.units.time).toBeLessThanOrEqual(
        1.0001 * alone.timeStepLimit * alone.units.time * 8,
      );
    }
  });

  it("give the same numbers side by side as alone, in any company", async () => {
    const together = await simulatePoints(wasm, shape, points, { threads: 2 });
    const reversed = await simulatePoints(wasm, shape, [...points].reverse(), { threads: 1 });
    const { prepareGroups: _, ...single } = wasm;
    const alone = await simulatePoints(single, shape, points, { threads: 1 });
    const seen = ({ simulations }: typeof alone) => simulations.map(({ observations }) => observations);
    expect(seen(together)).toEqual(seen(alone));
    expect(seen(reversed).reverse()).toEqual(seen(alone));
    const judge = await simulatePoints(reference, shape, points, { threads: 1 });
    const mean = (batch: typeof alone) =>
      batch.simulations.map(({ observations }) => (observations[0] as ObservedMoments).records[0].value.m[2]);
    // float32 against float64 on the same noise
    mean(judge).forEach((m, i) => {
      expect(Math.abs(m - mean(together)[i])).toBeLessThan(0.02);
    });
  });

  it("have noise of their own, or all the same", () => {
    expect(new Set([0, 1, 2].map((i) => seedOfPoint(7, i, false))).size).toBe(3);
    expect([0, 1, 2].map((i) => seedOfPoint(7, i, true))).toEqual([7, 7, 7]);
  });
});
