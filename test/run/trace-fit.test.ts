import { expect, it } from "vitest";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { fitFigures } from "../../src/report/fit-figures.ts";
import { exactQuantities, fitExperiment } from "../../src/run/fit.ts";
import type { Measurement } from "../../src/run/measurement.ts";
import { compareFits } from "../../src/run/rival-fit.ts";
import { seeded } from "../statistics/seeded.ts";

const field = "energies.1.B_ext.2";
const [c1Path, c2Path] = ["torques.0.parameters.c1", "torques.0.parameters.c2"];
/** χ = c1 mz + c2 mz², the first two harmonics, beside D ≈ 4e8 1/s. */
const truth = { c1: 1.6e8, c2: -2.4e8 };
const model = (c1: number, c2: number, more: object = {}) => ({
  magnet: { Ms: 8.0e5, volume: 2.2e-25, alpha: 0.1, temperature: 300, ...more },
  energies: [
    { type: "uniaxial", Ku1: 6.0e4, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0] },
  ],
  torques: [{ type: "potential", chi: "c1*mz + c2*mz^2", parameters: { c1, c2 } }],
  initial: { type: "boltzmann" },
  time: { duration: 1e-8 },
  observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
});
const fields = [-0.02, 0, 0.02];
function exact(at: number): { up: number; down: number } {
  const checked = checkExperiment(model(truth.c1, truth.c2), { [field]: at });
  if (!checked.ok) throw new Error("the model is sound");
  const { tau_up, tau_down } = exactQuantities(reduce(checked.experiment), ["tau_up", "tau_down"]);
  return { up: tau_up as number, down: tau_down as number };
}
/** Dwell times with 1 % of error each, some of it shared. */
function measured(seed: number, shared: number): Measurement[] {
  const random = seeded(seed);
  return fields.map((at) => {
    const { up, down } = exact(at);
    const first = random.normal();
    const second = shared * first + Math.sqrt(1 - shared * shared) * random.normal();
    const point = (value: number, deviation: number) => {
      const found = value * Math.exp(0.01 * deviation);
      return { value: found, error: 0.01 * found };
    };
    return {
      settings: { [field]: at },
      values: { tau_up: point(up, first), tau_down: point(down, second) },
      correlation: shared,
    };
  });
}

it("χ from a sweep of dwell times: its coefficients come back, and a model without one is rejected", () => {
  const data = measured(7, 0.5);
  const full = fitExperiment(model(3e7, 3e7), data, [c1Path, c2Path]);
  expect(full.outcome).toBe("converged");
  expect(full.pValue as number).toBeGreaterThan(1e-3);
  [truth.c1, truth.c2].forEach((value, k) => {
    // found although it starts with the other sign
    expect(Math.abs(full.values[k] - value)).toBeLessThan(3 * (full.standardErrors[k] as number));
    expect(full.standardErrors[k] as number).toBeLessThan(0.2 * Math.abs(value));
  });
  const { potentials, covariance } = full;
  if (!potentials || !covariance) throw new Error("potentials expected");
  expect(potentials.theta).toHaveLength(91);
  potentials.theta.forEach((theta, k) => {
    const c = Math.cos(theta);
    const error = potentials.chiError[k];
    expect(Math.abs(potentials.chi[k] - truth.c1 * c - truth.c2 * c * c)).toBeLessThan(3 * error + 1);
    // of c1 cos θ + c2 cos²θ
    const variance = c ** 2 * covariance[0][0] + 2 * c ** 3 * covariance[0][1] + c ** 4 * covariance[1][1];
    expect(error ** 2 / variance).toBeCloseTo(1, 4);
    expect(potentials.phiError[k]).toBe(0);
  });
  const figures = fitFigures(full).map(({ title }) => title);
  expect(figures).toContain("χ(θ) of the torques");
  expect(figures).not.toContain("Φ(θ) of the torques");
  const without = fitExperiment(model(truth.c1, truth.c2), data, ["energies.0.Ku1"]);
  expect(without.outcome).toBe("converged");
  expect(without.potentials).toBeUndefined();
  const poor = fitExperiment(model(3e7, 0), data, [c1Path]);
  const rejected = compareFits(full, poor);
  expect(rejected.pValue as number).toBeLessThan(1e-6);
  expect(rejected.verdict).toContain("the rival, which has fewer, is rejected");
});
