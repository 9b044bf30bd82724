import { describe, expect, it } from "vitest";
import type { Filling, Kernel, PrepareOptions } from "../../src/ensemble/kernel.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { webgpu } from "../../src/ensemble/webgpu/index.ts";
import { tabulate } from "../../src/ensemble/webgpu/time-table.ts";
import * as e from "../../src/expression/expression.ts";
import { splitting } from "../../src/integrators/splitting.ts";
import { withEnsemble } from "../with-ensemble.ts";

/*
 * Drives on WebGPU against the float64 reference. For a GPU what depends on time alone is read from a table that the host
 * makes; for a processor every spin computes it.
 */

const [mx, my, mz, t] = ["mx", "my", "mz", "t"].map(e.variable);
const spins = 32;
const timeStep = 0.1;

/** A wave along x, a pulse along y, and a slow turn of the anisotropy's strength; no noise. */
function kernel(): Kernel {
  const wave = e.mul(0.1, e.sin(e.mul(0.7, t)));
  const pulse = e.select(e.and(e.less(12, t), e.less(t, 20)), 0.2, 0);
  const strength = e.add(1, e.mul(0.2, e.cos(e.mul(0.05, t))));
  const energy = e.sub(e.neg(e.mul(strength, e.square(mz))), e.add(e.mul(wave, mx), e.mul(pulse, my)));
  const dynamics = { psi: e.mul(0.15, energy), omega: energy, diffusion: e.constant(0) };
  const { step, refresh } = splitting.build(dynamics, timeStep, "none");
  return {
    spins,
    seed: 3,
    state: ["mx", "my", "mz"],
    parameters: [],
    variates: "none",
    timeStep,
    step,
    refresh,
    watch: [],
    views: {},
  };
}

const filling: Filling = (first, count) => {
  const angles = Array.from({ length: count }, (_, i) => 0.2 + (2.6 * (first + i)) / spins);
  return {
    state: [
      Float64Array.from(angles, Math.sin),
      new Float64Array(count),
      Float64Array.from(angles, Math.cos),
    ],
    parameters: [],
  };
};

async function stateAfter(steps: number, backend: typeof webgpu, options: PrepareOptions = {}) {
  return withEnsemble(backend.prepare(kernel(), filling, options), async (ensemble) => {
    await ensemble.advance(steps);
    return await ensemble.read(spins);
  });
}

const largestDifference = (a: Float64Array[], b: Float64Array[]): number =>
  Math.max(...a.flatMap((column, k) => Array.from(column, (value, i) => Math.abs(value - b[k][i]))));

const availability = await webgpu.probe();

describe.each(["gpu", "processor"] as const)("drives in shaders for a %s", (printedFor) => {
  it.skipIf(!availability.available)("are those of the reference", async () => {
    const steps = 450;
    const exact = await stateAfter(steps, reference);
    const found = await stateAfter(steps, webgpu, { printedFor });
    expect(largestDifference(found, exact)).toBeLessThan(2e-5);
    // and the drives matter: a pulse of 0.2 turns a spin by much more
    expect(largestDifference(await stateAfter(115, reference), exact)).toBeGreaterThan(0.1);
  });

  it.skipIf(!availability.available)("do not depend on how steps are divided", async () => {
    const whole = await stateAfter(4500, webgpu, { printedFor });
    expect(await stateAfter(4500, webgpu, { printedFor, stepsPerDispatch: 77 })).toEqual(whole);
  });
});

it("puts what depends on time alone into columns, opposites into one", () => {
  const wave = e.sin(e.mul(0.7, t));
  const isOn = e.less(t, 5);
  const { columns, always, seldom } = tabulate(
    [e.mul(mx, e.mul(0.2, wave)), e.add(my, e.mul(-0.2, wave)), e.select(isOn, mx, mz)],
    [e.mul(mz, e.mul(t, 2))],
  );
  expect(columns).toEqual([e.mul(0.2, wave), e.select(isOn, 1, 0)]);
  const [first, second] = ["time0", "time1"].map(e.variable);
  expect(always).toEqual([e.mul(mx, first), e.sub(my, first), e.select(e.less(0.5, second), mx, mz)]);
  // what only events and samples read is computed there
  expect(seldom).toEqual([e.mul(mz, e.mul(t, 2))]);
});
