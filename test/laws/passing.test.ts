import { describe, expect, it } from "vitest";
import { compileVector } from "../../src/expression/compile.ts";
import * as e from "../../src/expression/expression.ts";
import { m } from "../../src/expression/vector.ts";
import { integrators } from "../../src/integrators/index.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";
import { tiltedJunction } from "../platform/scenarios.ts";

/* A look while the steps run sees another magnetization than one between them, by a high power of the step. */

const junction = tiltedJunction({
  delta: 4,
  alpha: 0.2,
  field: [0.3, 0.1, 0.2],
  torque: 0.1,
  polarizer: [0.6, 0, 0.8],
}).dynamics;
const driven: Dynamics = {
  ...junction,
  omega: e.add(junction.omega, e.mul(0.3, e.sin(e.mul(0.7, e.variable("t"))), e.variable("mx"))),
};

/** Largest distance between the two over a grid of directions and times. */
function distance(name: string, dynamics: Dynamics, timeStep: number): number {
  const { observed, passing } = integrators[name].build(dynamics, timeStep, "dyadic");
  const evaluate = compileVector([...observed, ...passing], ["mx", "my", "mz", "t"]);
  const out = new Float64Array(6);
  let largest = 0;
  for (let i = 0; i < 20; i++)
    for (let j = 0; j < 20; j++) {
      const z = (2 * i + 1) / 20 - 1;
      const [s, phi] = [Math.sqrt(1 - z * z), (2 * Math.PI * j) / 20];
      evaluate(out, 0, s * Math.cos(phi), s * Math.sin(phi), z, 0.37 * j);
      largest = Math.max(largest, Math.hypot(out[3] - out[0], out[4] - out[1], out[5] - out[2]));
    }
  return largest;
}

describe.each([
  ["constant", junction],
  ["driven", driven],
])("%s fields", (_, dynamics) => {
  it.each([
    ["splitting", 3],
    ["magnus", 4],
  ])("differ in %s by the step to the power %d", (name, power) => {
    const [coarse, fine] = [0.2, 0.1].map((step) => distance(name, dynamics, step));
    expect(fine).toBeGreaterThan(0);
    expect(Math.log2(coarse / fine)).toBeGreaterThan(power - 0.2);
    expect(Math.log2(coarse / fine)).toBeLessThan(power + 0.3);
  });

  it("see the same in schemes that keep the magnetization itself", () => {
    for (const [name, { build }] of Object.entries(integrators))
      if (build(dynamics, 0.2, "dyadic").stored === m) expect(distance(name, dynamics, 0.2), name).toBe(0);
  });
});
