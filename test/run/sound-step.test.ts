import { describe, expect, it } from "vitest";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import type { ObservedMoments } from "../../src/observables/moments/count.ts";
import { readProblem, run, withCheckedStep } from "../../src/run/run.ts";
import { promisedBias } from "../../src/statistics/promised-bias.ts";
import { simulated } from "../with-ensemble.ts";

/** Means of m at the recorded times. */
async function means(problem: Problem, backend?: Backend): Promise<readonly (readonly number[])[]> {
  const { observations } = await simulated(problem, backend);
  const { records } = observations[0] as ObservedMoments;
  return records.map(({ value }) => value.m);
}

const sound = (experiment: object): Problem =>
  withCheckedStep(readProblem(experiment), undefined, true).problem;

describe("the automatic step of a transient", () => {
  it.each([
    { axis: [0, 0, 1], alpha: 0.003, duration: 400, field: 1 },
    { axis: [0.6, 0, 0.8], alpha: 0.001, duration: 300, field: 0.7 },
    { axis: [0, 0.8, -0.6], alpha: 0.01, duration: 100, field: 2 },
  ])("leaves the phase of a ring-down about $axis right", async ({ axis, alpha, duration, field }) => {
    // a field alone: the phase about it is field × t exactly, with noise or without
    const [x, y, z] = axis;
    const across = Math.abs(y) > 0.5 ? [1, 0, 0] : [0, 1, 0];
    const start = axis.map((a, i) => 0.8 * a + 0.6 * across[i]);
    const problem = sound({
      magnet: { delta: 60, alpha },
      energies: [{ type: "zeeman", B_ext: axis.map((a) => field * a) }],
      initial: { type: "direction", m: start },
      ensemble: 4000,
      time: { duration },
      observables: [{ type: "moments", times: 1 }],
      compare: "none",
    });
    expect(problem.integrator).toBe("magnus");
    // no shorter than the rule of thumb: 0.4 over the largest rate
    expect(problem.timeStep * field).toBeGreaterThan(0.3);
    const [m] = await means(problem);
    const third = [
      y * across[2] - z * across[1],
      z * across[0] - x * across[2],
      x * across[1] - y * across[0],
    ];
    const along = (v: readonly number[]): number => v.reduce((sum, c, i) => sum + c * m[i], 0);
    const radius = Math.hypot(along(across), along(third));
    // dm/dt = m×A, so the turn about the field is one from `across` towards its left or right
    const phase = Math.atan2(along(third), along(across));
    const turned = [field * duration, -field * duration].map((angle) =>
      Math.abs(Math.atan2(Math.sin(phase - angle), Math.cos(phase - angle))),
    );
    // five standard errors: transverse deviation √(1/(2·60·field)) over √4000
    expect(Math.min(...turned)).toBeLessThan((5 * Math.sqrt(1 / (120 * field))) / Math.sqrt(4000) / radius);
    expect(radius).toBeGreaterThan(0.05);
  });

  it.each([
    [{ pulse: { amplitude: 1, start: 400.033, length: 1 } }, 404],
    [{ train: { amplitude: 0.8, start: 97.21, length: 0.71, rise: 0.113, period: 2.97, count: 4 } }, 110],
    [{ table: { times: [50.01, 50.4, 53.33], values: [0, 1.2, 0] } }, 57],
  ])("places no weight on where the edges of %j fall", async (drive, duration) => {
    const experiment = (time: object) => ({
      magnet: { delta: 1e12, alpha: 0.05 },
      energies: [
        { type: "uniaxial", Ku1: 1 },
        { type: "zeeman", B_ext: [drive, 0, 0] },
      ],
      initial: { type: "direction", m: [0, 0, 1] },
      ensemble: 4,
      time: { duration, ...time },
      observables: [{ type: "moments", times: [duration - 3, duration - 1.5, duration] }],
      compare: "none",
    });
    const found = await means(sound(experiment({})));
    const judge = await means(readProblem(experiment({ step: 0.004, integrator: "heun" })), reference);
    // without noise to speak of; float32 leaves 2e-4 after thousands of steps, so the judge is in float64
    found.forEach((m, k) => {
      m.forEach((c, i) => {
        expect(Math.abs(c - judge[k][i])).toBeLessThan(5e-4);
      });
    });
  });

  it("keeps its promise for a spectrum", async () => {
    const result = await run(
      {
        magnet: { delta: 30, alpha: 0.02 },
        energies: [{ type: "uniaxial", Ku1: 1 }],
        initial: { type: "boltzmann" },
        ensemble: 800,
        time: { duration: 600 },
        observables: [{ type: "spectrum", of: "mx", sampleEvery: 0.5 }],
      },
      { backend: wasm },
    );
    expect(result.provenance.integrator).toBe("magnus");
    const compared = result.comparisons.filter(({ pValue }) => pValue !== null);
    expect(compared.length).toBeGreaterThan(1);
    expect(compared.filter(({ agrees }) => agrees !== true)).toEqual([]);
  });

  it("is shortened until thresholds that are close together are watched well enough", async () => {
    const dwelling = (up: string, down: string, more: object = {}) => ({
      magnet: { delta: 3, alpha: 0.2 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "boltzmann" },
      ensemble: 10_000,
      time: { duration: 60 },
      observables: [{ type: "dwell", up, down }],
      ...more,
    });
    // D = 1/30: four kicks between the thresholds
    const kicks = (way: number): number => (way / 4) ** 2 / (2 / 30);
    const close = sound(dwelling("mz > 0.05", "mz < -0.05"));
    expect(close.timeStep).toBeLessThanOrEqual(kicks(2 * Math.asin(0.05)));
    expect(close.timeStep).toBeGreaterThan(0.8 * kicks(2 * Math.asin(0.05)));
    const apart = sound(dwelling("mz > 0.5", "mz < -0.5"));
    expect(apart.timeStep).toBe(readProblem(dwelling("mz > 0.5", "mz < -0.5")).timeStep);
    const tilted = sound(dwelling("0.6*mx + 0.8*mz > 0.1", "0.6*mx + 0.8*mz < 0"));
    expect(tilted.timeStep).toBeLessThanOrEqual(kicks(Math.asin(0.1)));
    const { certificate, observables } = await run(dwelling("mz > 0.05", "mz < -0.05"), { backend: wasm });
    expect(certificate?.passed).toBe(true);
    const dwell = observables[0];
    if (dwell.type !== "dwell" || !dwell.up || !dwell.down) throw new Error("dwell times expected");
    // exact: 12.646; some 20 000 dwells of each kind
    expect(Math.abs((dwell.up.mean + dwell.down.mean) / 2 / 12.646 - 1)).toBeLessThan(0.03);
  });

  it("keeps its promise for half a million spins that are driven", async () => {
    const result = await run(
      {
        magnet: { delta: 2.5, alpha: 0.2 },
        energies: [{ type: "uniaxial", Ku1: 1 }],
        torques: [
          {
            type: "spinTransfer",
            dampingLike: 0.15,
            fieldLike: 0.06,
            polarizer: [0.766044443118978, 0, 0.6427876096865394],
          },
        ],
        initial: { type: "direction", m: [0, 0, 1] },
        ensemble: 500_000,
        seed: 3,
        time: { duration: 20 },
        observables: [{ type: "moments", times: 10 }],
      },
      { backend: wasm },
    );
    expect(result.certificate?.passed).toBe(true);
    expect(result.timeStepBias?.promised.moments).toBeLessThan(3e-4);
  });
});

it("promises what an ensemble of its size cannot see, within limits", () => {
  expect(promisedBias({ ensemble: 100 }).moments).toBe(1e-3);
  expect(promisedBias({ ensemble: 1e6 }).moments).toBeCloseTo(1.5e-4, 12);
  expect(promisedBias({ ensemble: 1e9 }).moments).toBe(5e-5);
});

it("draws Gaussian kicks where a density is recorded soon after a sharp start, and dyadic ones elsewhere", async () => {
  const relaxing = (more: object = {}, variates = "auto") =>
    readProblem({
      magnet: { delta: 2, alpha: 0.3 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      initial: { type: "direction", m: [0.6, 0, 0.8] },
      ensemble: 5000,
      time: { duration: 3.2, step: 0.16, variates },
      observables: [{ type: "histogram", of: "mz", bins: 64, times: 10 }],
      ...more,
    });
  expect(relaxing().variates).toBe("gaussian");
  expect(relaxing({ initial: { type: "uniform" } }).variates).toBe("dyadic");
  expect(relaxing({ observables: [{ type: "moments", times: 10 }] }).variates).toBe("dyadic");
  expect(relaxing({}, "dyadic").variates).toBe("dyadic");
  const verdict = async (variates: string) =>
    (await run(relaxing({}, variates).experiment, { backend: wasm })).certificate?.passed;
  expect(await verdict("auto")).toBe(true);
  expect(await verdict("dyadic")).toBe(false);
});
