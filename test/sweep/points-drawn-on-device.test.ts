import { expect, it } from "vitest";
import { fewestOnDevice } from "../../src/ensemble/initial/recipe-of.ts";
import type { Backend } from "../../src/ensemble/kernel.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import { problemAt, shapeOf } from "../../src/sweep/shape.ts";
import { simulatePoints } from "../../src/sweep/simulate-points.ts";
import { backends } from "../laws/backends.ts";

const raw = {
  magnet: { delta: { mean: 6, deviation: 0.6, distribution: "lognormal" }, alpha: 0.1 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, 0.1] },
  ],
  initial: { type: "boltzmann" },
  ensemble: fewestOnDevice,
  time: { duration: 1, step: 0.01, integrator: "heun" },
};

it.each(backends.filter(({ backend, reason }) => backend.name === "webgpu" && !reason))(
  "large points of a sweep begin on $backend.name where the host puts their spins",
  async ({ backend }) => {
    const found = checkExperiment(raw, {});
    if (!found.ok) throw new Error(JSON.stringify(found.problems));
    const shape = await shapeOf(found.experiment, [{ path: "energies.1.B_ext.2", low: 0, high: 0.5 }]);
    // one point alone would not be prepared as a group
    const points = [0.1, 0.4].map((B, i) => {
      const settings = { "energies.1.B_ext.2": B };
      return { settings, problem: problemAt(shape, settings, 3 + i) };
    });
    const parted: number[] = [];
    // what a batch is prepared from, and no step of it
    const prepared: Backend = {
      ...backend,
      async prepareGroups(kernel, groups, options) {
        const ensemble = await backend.prepareGroups?.(kernel, groups, { ...options, startsBy: "device" });
        for (const [i, { filling }] of groups.entries()) {
          expect(filling.recipe?.()?.parameters.map(({ name }) => name)).toEqual(kernel.parameters);
          const { state } = filling(0, 3000);
          const device = (await ensemble?.read(i, 3000)) ?? [];
          parted.push(
            state[0].reduce(
              (n, _, k) =>
                n + (Math.max(...[0, 1, 2].map((j) => Math.abs(state[j][k] - device[j][k]))) < 2e-6 ? 0 : 1),
              0,
            ),
          );
        }
        await ensemble?.dispose();
        throw new Error("seen");
      },
    };
    await expect(simulatePoints(prepared, shape, points)).rejects.toThrow("seen");
    expect(parted.map((n) => n < 3)).toEqual([true, true]);
  },
);
