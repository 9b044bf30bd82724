import { describe, expect, it } from "vitest";
import type { Kernel } from "../../src/ensemble/kernel.ts";
import * as e from "../../src/expression/expression.ts";
import { backends } from "../laws/backends.ts";

/*
 * Copies of spins: whatever the division into threads and blocks, place i holds what spin indices[i] held, its parameters too,
 * and goes on with the noise of place i.
 */

const [x, own, xi] = ["mx", "own", "xi1"].map(e.variable);
const spins = 517;

/** A walk whose steps are the parameter of the spin, whole numbers in single precision, and the noise beside it. */
const kernel: Kernel = {
  spins,
  seed: 5,
  state: ["mx", "my", "mz"],
  parameters: ["own"],
  variates: "dyadic",
  timeStep: 1,
  step: [e.add(x, own), xi, e.variable("mz")],
  watch: [],
  refresh: [x, e.variable("my"), e.variable("mz")],
  views: {},
};
const filling = (first: number, count: number) => ({
  state: [0, 0, 1].map((f) => Float64Array.from({ length: count }, (_, i) => f * (first + i))),
  parameters: [Float64Array.from({ length: count }, (_, i) => first + i)],
});
/** Reverses, and repeats every third: spins come from other threads and blocks, some are lost. */
const indices = Uint32Array.from({ length: spins }, (_, i) => (i % 3 === 0 ? 7 : spins - 1 - i));

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined)(
    "copies state and parameters and leaves the noise in its place",
    async () => {
      for (const options of [{ threads: 1 }, { threads: 3, spinsPerDispatch: 128 }]) {
        const ensemble = await backend.prepare(kernel, filling, options);
        const alone = await backend.prepare(kernel, filling, options);
        try {
          await ensemble.advance(300);
          await alone.advance(300);
          await ensemble.gather(indices);
          const [walked, , number] = await ensemble.read(spins);
          expect([...number]).toEqual([...indices]);
          expect(await ensemble.column("mz")).toEqual(number);
          // an array of the caller may hold what another call has left in it
          expect(await ensemble.column("mz", new Float64Array(spins).fill(-1))).toEqual(number);
          expect([...walked]).toEqual([...indices].map((spin) => 300 * spin));
          await ensemble.advance(310);
          await alone.advance(310);
          const [later, noise] = await ensemble.read(spins);
          expect([...later]).toEqual([...indices].map((spin) => 310 * spin));
          const [, untouched] = await alone.read(spins);
          expect([...noise]).toEqual([...untouched]);
          expect(new Set(noise).size).toBeGreaterThan(2);
          await expect(ensemble.gather(indices.slice(1))).rejects.toThrow(RangeError);
          await expect(ensemble.gather(indices.map(() => spins))).rejects.toThrow(RangeError);
        } finally {
          await ensemble.dispose();
          await alone.dispose();
        }
      }
    },
  );

  it.skipIf(reason !== undefined)("refuses where spins change places by themselves", async () => {
    const ensemble = await backend.prepare({ ...kernel, finished: ["mz"] }, filling, { threads: 1 });
    await expect(ensemble.gather(indices)).rejects.toThrow("cannot be copied");
    await ensemble.dispose();
  });
});
