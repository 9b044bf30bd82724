import { describe, expect, it } from "vitest";
import type { Kernel } from "../../src/ensemble/kernel.ts";
import * as e from "../../src/expression/expression.ts";
import { backends } from "../laws/backends.ts";
import { withEnsemble } from "../with-ensemble.ts";

/*
 * Time after ten million steps and more, where a sum of float32 steps would be wrong by whole percents: begun from a snapshot, since a state
 * is all there is to know. A kernel whose state is time, and a drive's phase.
 */

const spins = 8;
const timeStep = 0.0123;
/** Rad per unit of time: of the order of a turn in twenty steps. */
const frequency = 21.7;
const t = e.variable("t");
const kernel: Kernel = {
  spins,
  seed: 1,
  state: ["time", "drive", "fixed"],
  parameters: [],
  variates: "none",
  timeStep,
  step: [t, e.sin(e.mul(frequency, t)), e.variable("fixed")],
  watch: [],
  refresh: ["time", "drive", "fixed"].map((name) => e.variable(name)),
  views: {},
};

// gpu.js, the fallback, has nothing but float32: its phases are off by a part in ten million of all that they have turned
describe.each(backends.filter(({ backend }) => backend.name !== "gpujs"))(
  "$backend.name",
  ({ backend, reason }) => {
    it.skipIf(reason !== undefined).each([1e7, 2 ** 24 + 1, 2 ** 31 - 300])(
      "knows the time of step %i, and the phase of a drive",
      async (first) => {
        const column = (): Float32Array | Float64Array =>
          backend.name === "reference" ? new Float64Array(spins) : new Float32Array(spins);
        const snapshot = { step: first, state: [column(), column(), column()], parameters: [], counted: [] };
        const nothing = (_: number, count: number) => ({
          state: [0, 1, 2].map(() => new Float64Array(count)),
          parameters: [],
        });
        return withEnsemble(backend.prepare(kernel, nothing, { threads: 1, snapshot }), async (ensemble) => {
          for (const step of [first, first + 1, first + 255]) {
            await ensemble.advance(step + 1);
            const [time, drive] = await ensemble.read(spins);
            const exact = step * timeStep;
            for (let spin = 0; spin < spins; spin++) {
              // two roundings of float32
              expect(Math.abs(time[spin] / exact - 1), `time at ${step}`).toBeLessThan(2 * 2 ** -23);
              expect(Math.abs(drive[spin] - Math.sin(frequency * exact)), `drive at ${step}`).toBeLessThan(
                1e-6,
              );
            }
          }
        });
      },
    );
  },
);
