import { describe, expect, it } from "vitest";
import { compileScalar, compileVector } from "../../src/expression/compile.ts";
import type { Expression } from "../../src/expression/expression.ts";
import { add, mul, square } from "../../src/expression/expression.ts";
import { cross, dot, m } from "../../src/expression/vector.ts";
import { physicalStep } from "../../src/integrators/compose.ts";
import { integrators } from "../../src/integrators/index.ts";
import type { Dynamics } from "../../src/physics/dynamics.ts";
import { ambientGradient, drift } from "../../src/physics/dynamics.ts";
import { dyadicOutcomes } from "../../src/random/outcomes.ts";
import { tiltedJunction } from "../platform/scenarios.ts";

/** The backward generator Lf = drift·∇f + D Σ (m×∇)_i² f of the Stratonovich equation, by differentiation. */
function generator(dynamics: Dynamics, f: Expression): Expression {
  const rotations = cross(m, ambientGradient(f));
  const second = rotations.map((r, i) => cross(m, ambientGradient(r))[i]);
  return add(dot(drift(dynamics), ambientGradient(f)), mul(dynamics.diffusion, add(...second)));
}

const { dynamics } = tiltedJunction({
  delta: 2,
  alpha: 0.2,
  field: [0.15, 0.05, 0.1],
  torque: 0.1,
  polarizer: [0.6, 0, 0.8],
});
const f = add(m[0], mul(0.7, square(m[2])), mul(m[0], m[1]));
const points = [
  [0.48, 0.6, 0.64],
  [-0.8, 0.36, 0.48],
  [0.6, -0.64, -0.48],
] as const;

/**
 * Local weak error at a point: E f(one step) − (1 + hL + h²L²/2 + h³L³/6) f. The expectation is exact: every outcome
 * of the dyadic noise is taken with its probability. An error of order h^(p+1) means weak order p.
 */
function localError(name: string, h: number, point: readonly [number, number, number]): number {
  const scheme = integrators[name].build(dynamics, h, "dyadic");
  const step = compileVector(physicalStep(scheme, h), ["mx", "my", "mz", "xi1", "xi2", "xi3", "t"]);
  const value = compileScalar(f, ["mx", "my", "mz"]);
  const out = new Float64Array(3);
  let mean = 0;
  for (const { xi, weight } of dyadicOutcomes) {
    step(out, 0, ...point, ...xi, 0);
    const length = Math.hypot(out[0], out[1], out[2]);
    mean += weight * value(out[0] / length, out[1] / length, out[2] / length);
  }
  let [term, exact, factor] = [f, 0, 1];
  for (let order = 0; order <= 3; order++) {
    exact += factor * compileScalar(term, ["mx", "my", "mz"])(...point);
    term = generator(dynamics, term);
    factor *= h / (order + 1);
  }
  return Math.abs(mean - exact);
}

describe("declared weak order is measured", () => {
  it.each(Object.values(integrators))("$name has weak order $weakOrder", ({ name, weakOrder }) => {
    const total = (h: number) => points.reduce((sum, point) => sum + localError(name, h, point), 0);
    // slope of the local error between h and h/2; 0.35 covers the next order at these steps
    const slope = Math.log2(total(0.1) / total(0.05));
    expect(slope).toBeGreaterThan(weakOrder + 1 - 0.35);
  });

  it("a kick without its calibration would lose the second order", () => {
    // the calibrated splitting damps l = 1 exactly: free spins, one step, ⟨mz⟩ = exp(−2Dh)
    const free = tiltedJunction({ delta: 0, alpha: 0.8 }).dynamics;
    const still: Dynamics = { psi: mul(0, m[0]), omega: mul(0, m[0]), diffusion: free.diffusion };
    const h = 0.5;
    const step = compileVector(integrators.splitting.build(still, h, "dyadic").step, [
      "mx",
      "my",
      "mz",
      "xi1",
      "xi2",
      "xi3",
      "t",
    ]);
    const out = new Float64Array(3);
    let mean = 0;
    for (const { xi, weight } of dyadicOutcomes) {
      step(out, 0, 0, 0, 1, ...xi, 0);
      mean += weight * out[2];
    }
    expect(mean).toBeCloseTo(Math.exp(-0.8 * h), 12);
  });
});
