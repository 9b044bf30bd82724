import { expect, it } from "vitest";
import { prepare, verdictOf } from "../../scripts/calibration/ensembles.ts";
import type { Dwell } from "../../src/fokker-planck/dwell-figures.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { spreadValueAt } from "../../src/physics/spread.ts";

const experiment = (Ku1: unknown) => ({
  magnet: { delta: 3, alpha: 0.2 },
  energies: [
    { type: "uniaxial", Ku1 },
    { type: "zeeman", B_ext: [0, 0, 0.05] },
  ],
  initial: { type: "boltzmann" },
  time: { duration: 100 },
  observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
});

it("dwell times of spins that differ are all time over all exits, and ensembles agree", async () => {
  const prepared = prepare(experiment({ mean: 1, deviation: 0.15, distribution: "uniform" }), 4000);
  const { problem, partners } = prepared;
  const found = partners[0]?.value as Dwell;
  // 8 nodes of Gauss' rule over magnets of one anisotropy each
  const { nodes, weights } = gaussLegendre(8);
  let [up, rate] = [0, 0];
  nodes.forEach((x, i) => {
    const one = prepare(experiment(spreadValueAt(problem.spreads[0], x)), 10).partners[0]?.value as Dwell;
    up += (weights[i] / 2) * one.occupationUp;
    rate += (weights[i] / 2) * one.parts.rate.value;
  });
  expect(found.occupationUp / up - 1).toBeCloseTo(0, 5);
  expect(((found.up.value ?? 0) * rate) / up - 1).toBeCloseTo(0, 5);
  expect(found.errorEstimate).toBeLessThan(1e-4);
  for (const seed of [1, 2, 3]) {
    const { certificate, comparisons } = await verdictOf(prepared, seed);
    expect(certificate.passed).toBe(true);
    expect(comparisons.filter(({ pValue }) => pValue !== null)).toHaveLength(3);
  }
});
