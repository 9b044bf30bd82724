import { describe, expect, it } from "vitest";
import type { Kernel } from "../../src/ensemble/kernel.ts";
import { variable } from "../../src/expression/expression.ts";
import { drawVariates, seedStream } from "../../src/random/streams.ts";
import { backends } from "../laws/backends.ts";
import { withEnsemble } from "../with-ensemble.ts";

/*
 * What a kernel of every backend draws, step after step, is the published sequence of src/random/known-answers: a kernel whose state is its
 * noise. gpu.js has streams of its own (test/ensemble/gpujs).
 */

const spins = 300;
const names = ["xi1", "xi2", "xi3"];

const kernelOf = (law: "dyadic" | "gaussian", seed: number): Kernel => ({
  spins,
  seed,
  state: ["a", "b", "c"],
  parameters: [],
  variates: law,
  timeStep: 0.1,
  step: names.map((name) => variable(name)),
  watch: [],
  refresh: ["a", "b", "c"].map((name) => variable(name)),
  views: {},
});

/** The three variates of one step of a spin. */
function expected(law: "dyadic" | "gaussian", seed: number, spin: number, step: number): number[] {
  const state = new Uint32Array(4);
  seedStream(state, seed, spin, Math.floor(step / 256));
  let drawn: number[] = [];
  for (let k = 0; k <= step % 256; k++) drawn = drawVariates(state, law, k);
  return drawn;
}

const shared = backends.filter(({ backend }) => backend.name !== "gpujs");

describe.each(shared)("$backend.name", ({ backend, reason }) => {
  it.skipIf(reason !== undefined).each([
    ["dyadic", 42],
    ["dyadic", 0xffffffff],
    ["gaussian", 7],
  ] as const)("draws the %s variates of seed %i, across a chunk's end too", async (law, seed) => {
    const nothing = (_: number, count: number) => ({
      state: [0, 1, 2].map(() => new Float64Array(count)),
      parameters: [],
    });
    return withEnsemble(backend.prepare(kernelOf(law, seed), nothing, { threads: 2 }), async (ensemble) => {
      for (const step of [0, 1, 2, 3, 254, 255, 256, 257, 511, 512, 1300]) {
        await ensemble.advance(step + 1);
        const columns = await ensemble.read(spins);
        for (const spin of [0, 1, 2, 63, 64, 65, 127, 255, 256, 299]) {
          const wanted = expected(law, seed, spin, step);
          // float32 rounds what the law gives, and its logarithm and sine are good to some parts in 10⁷
          wanted.forEach((value, i) => {
            expect(Math.abs(columns[i][spin] - value), `step ${step}, spin ${spin}`).toBeLessThan(
              law === "dyadic" ? 2e-7 : 2e-6,
            );
          });
        }
      }
    });
  });
});
