import { describe, expect, it } from "vitest";
import { fewestOnDevice } from "../../../src/ensemble/initial/recipe-of.ts";
import type { Column, Filling, Kernel, PrepareOptions } from "../../../src/ensemble/kernel.ts";
import { plan } from "../../../src/observables/plan.ts";
import { readProblem } from "../../../src/run/run.ts";
import { partOf } from "../../../src/run/share/part.ts";
import { chiSquaredSurvival } from "../../../src/statistics/chi-squared-distribution.ts";
import { normalProbability } from "../../../src/statistics/normal.ts";
import { backends } from "../../laws/backends.ts";

/*
 * A device draws starts by the host's law from the same words: spin by spin the same direction, but for rounding, which may also have a
 * draw kept that the host refuses.
 */

const spins = fewestOnDevice + 1000;
const base = {
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  ensemble: spins,
  seed: 11,
  time: { duration: 1, step: 0.01, integrator: "heun" },
};
const tilted = [
  { type: "uniaxial", Ku1: 1 },
  { type: "zeeman", B_ext: [0.3, 0.1, -0.2] },
];
const planned = (changes: object = {}) => plan(readProblem({ ...base, ...changes }));

/** Survival probability of χ² for values whose law is uniform in (0, 1). */
function uniformity(values: Float64Array): number {
  const counts = new Float64Array(64);
  for (const value of values) counts[Math.min(63, Math.max(0, Math.floor(64 * value)))]++;
  const expected = values.length / 64;
  return chiSquaredSurvival(
    counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0),
    63,
  );
}

/** Distribution function of |mz| under exp(Δ mz²), by Simpson's rule. */
function axialLaw(delta: number, panels = 4000): (z: number) => number {
  const sums = new Float64Array(panels + 1);
  const f = (x: number): number => Math.exp(delta * (x * x - 1));
  for (let i = 0; i < panels; i++)
    sums[i + 1] = sums[i] + (f(i / panels) + 4 * f((i + 0.5) / panels) + f((i + 1) / panels)) / (6 * panels);
  return (z) => {
    const at = Math.min(panels - 1, Math.floor(Math.abs(z) * panels));
    const share = Math.abs(z) * panels - at;
    return (sums[at] + share * (sums[at + 1] - sums[at])) / sums[panels];
  };
}

describe("a device may draw starts", () => {
  const spread = { mean: 4, deviation: 0.4, distribution: "normal" };
  it.each([
    ["one direction", {}, "given"],
    ["uniform", { initial: { type: "uniform" } }, "isotropic"],
    ["Boltzmann", { initial: { type: "boltzmann" } }, "bounded"],
    ["a well", { energies: tilted, initial: { type: "well", m: [0, 0, 1] } }, "bounded"],
  ])("%s", (_, changes, kind) => {
    expect(planned(changes).filling.recipe?.()?.law.kind).toBe(kind);
  });
  it.each([
    ["of few spins", { ensemble: fewestOnDevice - 1 }],
    [
      "of spins whose energies differ by three parameters",
      {
        magnet: { delta: spread, alpha: 0.1 },
        energies: [1, 2].map((Ku1) => ({ type: "uniaxial", Ku1: { ...spread, mean: Ku1 } })),
        initial: { type: "boltzmann" },
      },
    ],
    [
      "in energies that float32 is too coarse for",
      { magnet: { delta: 2000, alpha: 0.1 }, initial: { type: "boltzmann" } },
    ],
  ])("but not %s", (_, changes) => {
    expect(planned(changes).filling.recipe?.()).toBeUndefined();
  });
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float64Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

describe.each(backends.filter(({ backend, reason }) => backend.name === "webgpu" && !reason))(
  "starts drawn on $backend.name",
  ({ backend }) => {
    const stateOf = async (kernel: Kernel, filling: Filling, options: PrepareOptions = {}) => {
      const ensemble = await backend.prepare(kernel, filling, { startsBy: "device", ...options });
      const state = await ensemble.read(kernel.spins);
      await ensemble.dispose();
      return state;
    };
    const both = async (changes: object) => {
      const { kernel, filling } = planned(changes);
      return [await stateOf(kernel, filling), await stateOf(kernel, filling, { startsBy: "host" })];
    };
    /** To the bit; an assertion on arrays takes seconds for each. */
    const isSame = (state: Float64Array[], other: Float64Array[]): boolean =>
      state.length === other.length &&
      state.every((column, i) => Buffer.compare(bytesOf(column), bytesOf(other[i])) === 0);
    /** Spins whose direction is another than the host's. */
    const parted = ([x, y, z]: Float64Array[], [hx, hy, hz]: Float64Array[]): number =>
      x.reduce((n, _, i) => n + (Math.hypot(x[i] - hx[i], y[i] - hy[i], z[i] - hz[i]) > 2e-6 ? 1 : 0), 0);

    it("are the one direction to the bit, in schemes that store it and in those that store another", async () => {
      for (const integrator of ["heun", "splitting"]) {
        const [device, host] = await both({
          energies: tilted,
          initial: { type: "direction", m: [1, 2, -3] },
          time: { duration: 1, step: 0.01, integrator },
        });
        expect(isSame(device, host)).toBe(true);
      }
    });

    it("are isotropic, spin by spin the host's", async () => {
      const [device, host] = await both({ initial: { type: "uniform" } });
      expect(parted(device, host)).toBe(0);
      expect(uniformity(device[2].map((z) => (z + 1) / 2))).toBeGreaterThan(1e-3);
      expect(
        uniformity(device[0].map((x, i) => Math.atan2(device[1][i], x) / (2 * Math.PI) + 0.5)),
      ).toBeGreaterThan(1e-3);
    });

    it("follow Boltzmann's law", async () => {
      const [device, host] = await both({ initial: { type: "boltzmann" } });
      expect(parted(device, host)).toBeLessThan(10);
      const law = axialLaw(4);
      expect(uniformity(device[2].map(law))).toBeGreaterThan(1e-3);
      // as many up as down
      const up = device[2].reduce((n, z) => n + (z > 0 ? 1 : 0), 0);
      expect(Math.abs(up - spins / 2)).toBeLessThan(2 * Math.sqrt(spins));
    });

    it.each([4, 40])("stay in their well, whose rim is the host's to decide: %d kT", async (delta) => {
      const changes = {
        magnet: { delta, alpha: 0.1 },
        energies: tilted,
        initial: { type: "well", m: [0, 0, 1] },
      };
      const time = { duration: 1, step: 0.01, integrator: "splitting" };
      const { kernel, filling } = planned({ ...changes, time });
      const device = await stateOf(kernel, filling);
      expect(parted(filling(0, 60_000).state, device)).toBeLessThan(3);
    });

    /** State and parameters as the device holds them, and the host's of the first of these spins. */
    const spreadStart = async (changes: object) => {
      const { kernel, filling } = planned(changes);
      expect(filling.recipe?.()).toBeDefined();
      const ensemble = await backend.prepare(kernel, filling, { startsBy: "device" });
      const { state, parameters } = await ensemble.snapshot();
      await ensemble.dispose();
      const first = filling(0, 10_000);
      const isAlike = (column: Column, host: Float64Array): boolean =>
        host.every((value, i) => Math.abs(column[i] - value) < 2e-6 * Math.max(1, Math.abs(value)));
      return {
        mz: Float64Array.from(state[2]),
        values: parameters.map((column) => Float64Array.from(column)),
        parted: parted(
          first.state,
          state.map((column) => Float64Array.from(column.subarray(0, 10_000))),
        ),
        isAlike: parameters.every((column, i) => isAlike(column, first.parameters[i])),
      };
    };
    const lognormal = { mean: 6, deviation: 1.5, distribution: "lognormal" };

    it("have parameters by their laws, spin by spin the host's", async () => {
      const { values, parted, isAlike } = await spreadStart({
        magnet: {
          delta: lognormal,
          alpha: { mean: 0.1, deviation: 0.01, distribution: "normal" },
        },
        energies: [{ type: "uniaxial", Ku1: { mean: 1, deviation: 0.1, distribution: "uniform" } }],
      });
      expect([parted, isAlike, values.length]).toEqual([0, true, 3]);
      for (const column of values) expect(new Set(column).size).toBeGreaterThan(0.9 * spins);
    });

    it("follow Boltzmann's law at each spin's own barrier", async () => {
      const { mz, values, parted, isAlike } = await spreadStart({
        magnet: { delta: lognormal, alpha: 0.1 },
        initial: { type: "boltzmann" },
      });
      expect(isAlike).toBe(true);
      expect(parted).toBeLessThan(4);
      const sigma = Math.sqrt(Math.log1p((1.5 / 6) ** 2));
      const variates = values[0].map((value) => (Math.log(value) + sigma ** 2 / 2) / sigma);
      expect(uniformity(variates.map(normalProbability))).toBeGreaterThan(1e-3);
      const laws = new Map<number, (z: number) => number>();
      const shares = mz.map((z, i) => {
        // by barriers to a part in 1000, which changes a share by less than one spin in 1000
        const key = Math.round(600 * Math.log(values[0][i]));
        const law = laws.get(key) ?? axialLaw(6 * Math.exp(key / 600), 400);
        laws.set(key, law);
        return law(z);
      });
      expect(uniformity(shares)).toBeGreaterThan(1e-3);
    });

    it("come again to the bit, in blocks of any size and in shares", async () => {
      const changes = { energies: tilted, initial: { type: "well", m: [0, 0, 1] } };
      const problem = readProblem({ ...base, ...changes });
      const whole = plan(problem);
      const once = await stateOf(whole.kernel, whole.filling);
      expect(isSame(await stateOf(whole.kernel, whole.filling, { spinsPerDispatch: 100_000 }), once)).toBe(
        true,
      );
      // a checkpoint before the first step
      const ensemble = await backend.prepare(whole.kernel, whole.filling, { startsBy: "device" });
      const snapshot = await ensemble.snapshot();
      await ensemble.dispose();
      expect(isSame(await stateOf(whole.kernel, whole.filling, { snapshot }), once)).toBe(true);
      const { plan: share } = partOf(problem, whole, { first: 70_001, count: 1234 });
      const part = once.map((column) => column.slice(70_001, 70_001 + 1234));
      expect(isSame(await stateOf(share.kernel, share.filling), part)).toBe(true);
      // and of another seed are others
      const [one, other] = [11, 12].map((seed) => planned({ initial: { type: "uniform" }, seed }));
      const [a, b] = [await stateOf(one.kernel, one.filling), await stateOf(other.kernel, other.filling)];
      expect(parted(a, b)).toBeGreaterThan(0.99 * spins);
    });

    it("hold what observers keep of every spin", async () => {
      const observables = [
        { type: "histogram", of: "mz", bins: 20 },
        { type: "firstPassage", until: "mz < 0" },
      ];
      const [device, host] = await both({ observables });
      expect(device.length).toBeGreaterThan(4);
      expect(isSame(device, host)).toBe(true);
    });

    it("are those of each group alone to the bit, where groups are side by side", async () => {
      const magnet = { delta: { ...lognormal, deviation: 0.5 }, alpha: 0.1 };
      const { kernel, filling } = planned({ magnet, initial: { type: "uniform" } });
      const other = planned({ magnet, initial: { type: "uniform" }, seed: 12 });
      const groups = [filling, other.filling].map((filling, i) => ({ seed: 11 + i, filling }));
      const ensembles = await backend.prepareGroups?.(kernel, groups, { startsBy: "device" });
      for (const [i, alone] of [filling, other.filling].entries())
        expect(isSame((await ensembles?.read(i, spins)) ?? [], await stateOf(kernel, alone))).toBe(true);
      await ensembles?.dispose();
    });

    it("can be stopped while they are drawn", async () => {
      const { kernel, filling } = planned({ initial: { type: "uniform" } });
      const stopped = (): never => {
        throw new Error("stopped");
      };
      await expect(
        backend.prepare(kernel, Object.assign(stopped, { recipe: filling.recipe }), { startsBy: "device" }),
      ).rejects.toThrow("stopped");
    });
  },
);
