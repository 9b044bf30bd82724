import { describe, expect, it } from "vitest";
import { checkExperiment } from "../../src/observables/experiment.ts";

const body = (energy: object) => ({
  magnet: { Ms: 8e5, volume: 4e-25, alpha: 0.03, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 3.1e4, anisU: [1, 0, 0] }, energy],
  initial: { type: "boltzmann" },
  ensemble: 1000,
  time: { duration: 2e-8 },
  observables: [{ type: "moments", times: 2 }],
});

describe("bodies of absurd lengths", () => {
  it.each([
    { type: "disc", diameter: 2e-8, thickness: 1.3e217 },
    { type: "disc", diameter: 1e-228, thickness: 2e-9 },
    { type: "disc", diameter: 1e200, thickness: 1e-200 },
    { type: "ellipsoid", axes: [1e-228, 1e-9, 1e217] },
    { type: "ellipsoid", axes: [1e200, 1e200, 1e200] },
    { type: "prism", edges: [1e-9, 1e300, 1e-300] },
    { type: "prism", edges: [1e-200, 1e-200, 1e200] },
  ])("are answered at once: %j", (energy) => {
    const began = process.cpuUsage().user;
    expect(checkExperiment(body(energy)).ok).toBe(true);
    expect(process.cpuUsage().user - began).toBeLessThan(3e6);
  });
});
