import { describe, expect, it } from "vitest";
import { surfaceGradient } from "../../src/physics/dynamics.ts";
import { energies } from "../../src/physics/energies/index.ts";
import { energyExamples, modelWith, valuesAt } from "./terms.ts";
import { directions, norm, numericalGradient, sum } from "./vectors.ts";

const densityOf = (energy: Record<string, unknown>) => modelWith([energy], []).energies[0].density;

it("has an example of every energy, and every name is its type", () => {
  expect(new Set(energyExamples.map(({ energy }) => energy.type))).toEqual(new Set(Object.keys(energies)));
  for (const [name, entry] of Object.entries(energies)) expect(entry.type).toBe(name);
});

describe.each(energyExamples)("$energy.type $energy", ({ energy, density }) => {
  it("has the density of the formula by hand", () => {
    const value = valuesAt([densityOf(energy)]);
    // the published factor of the disc has four digits
    const digits = energy.type === "disc" ? 1e-4 * 0.5 * 1.2566e-6 * 64e10 : 1e-9 * 4e4;
    for (const m of directions) expect(Math.abs(value(m)[0] - density(m))).toBeLessThan(digits);
  });

  it("has the gradient of finite differences", () => {
    const of = densityOf(energy);
    const value = valuesAt([of]);
    const gradient = valuesAt(surfaceGradient(of));
    for (const m of directions) {
      const [x, y, z] = gradient(m);
      const other = numericalGradient((at) => value(at)[0], m);
      expect(norm(sum([x, y, z], [-other[0], -other[1], -other[2]]))).toBeLessThan(1e-6 * 4e4);
    }
  });
});

it("lowers Ku1 by positive voltage", () => {
  const of = densityOf({ type: "voltageControl", xi: 1e-13, E: 4e8, thickness: 1e-9 });
  const value = valuesAt([of]);
  expect(value([0, 0, 1])[0] - value([1, 0, 0])[0]).toBeCloseTo(4e4, 6);
});
