import { describe, expect, it } from "vitest";
import { chunkBound, largestDrift } from "../../scripts/length/largest-drift.ts";
import { chunkLength } from "../../src/ensemble/kernel.ts";
import { integrators } from "../../src/integrators/index.ts";
import { plan } from "../../src/observables/plan.ts";
import { readProblem } from "../../src/run/run.ts";
import { backends } from "../laws/backends.ts";

/*
 * Roundings change |m| within a chunk of 256 steps and no further: every chunk begins with unit length, whatever the one before left. So
 * the drift of ten million steps is that of one chunk; npm run length measures both.
 */

const spins = 64;
/** Of the chunk that ten million steps end in. */
const late = Math.floor(1e7 / chunkLength) * chunkLength;
const planned = (integrator: string) =>
  plan(
    readProblem({
      magnet: { delta: 5, alpha: 0.1 },
      energies: [
        { type: "uniaxial", Ku1: 1 },
        { type: "zeeman", B_ext: [0.3, 0, 0] },
      ],
      initial: { type: "boltzmann" },
      ensemble: spins,
      time: { duration: 0.02 * (late + chunkLength), step: 0.02, integrator },
      compare: "none",
    }),
  );

describe.each(backends)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined).each(Object.keys(integrators))(
    "keeps the length of m within what the roundings of one chunk can do, after ten million steps too: %s",
    async (integrator) => {
      const { kernel, filling } = planned(integrator);
      const begun = await backend.prepare(kernel, filling, { threads: 1 });
      const { state, parameters, counted } = await begun.snapshot();
      await begun.dispose();
      // lengths that no chunk would leave: off by far more than its roundings
      const off = state.map((column) => column.map((value) => 1.01 * value));
      const snapshot = { step: late, state: off, parameters, counted };
      const ensemble = await backend.prepare(kernel, filling, { threads: 1, snapshot });
      await ensemble.advance(late + chunkLength);
      const { largest } = largestDrift(await ensemble.read(spins));
      await ensemble.dispose();
      // float64 has 29 bits more
      expect(largest).toBeLessThan(ensemble.precision === "float32" ? chunkBound : chunkBound / 2 ** 29);
      expect(largest).toBeGreaterThan(0);
    },
  );
});
