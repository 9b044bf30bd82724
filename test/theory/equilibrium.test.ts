import { beforeAll, describe, expect, it } from "vitest";
import { dawson } from "../../src/numerics/dawson.ts";
import { gaussLegendre, integrate } from "../../src/numerics/gauss-legendre.ts";
import { boltzmannMoments, meanAxialMoment } from "../../src/theory/boltzmann-moments.ts";
import { evaluateForm } from "../../src/theory/closed-form.ts";
import { langevin, langevinFunction } from "../../src/theory/langevin.ts";
import { cephes } from "../statistics/cephes.ts";

beforeAll(async () => {
  await cephes.compiled;
});

describe("quadrature", () => {
  it("is exact for polynomials of degree 2n − 1", () => {
    for (const n of [2, 5, 12, 40]) {
      const { nodes, weights } = gaussLegendre(n);
      for (const degree of [0, 2, 2 * n - 2, 2 * n - 1]) {
        const sum = nodes.reduce((s, x, i) => s + weights[i] * x ** degree, 0);
        expect(sum).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 14);
      }
    }
    expect(integrate(Math.exp, 0, 1)).toBeCloseTo(Math.E - 1, 14);
  });
});

describe("equilibrium", () => {
  it("has Dawson's integral as cephes has it", () => {
    for (const x of [1e-9, 0.1, 0.49, 0.51, 0.924138873, 2, 5, 12.3, 100, -3])
      expect(Math.abs(dawson(x) / cephes.dawsn(x) - 1)).toBeLessThan(2e-14);
    expect(dawson(1e6) * 2e6).toBeCloseTo(1, 11);
  });

  it("has the Langevin function continuous across its series, and its limits", () => {
    for (const x of [1e-8, 0.1, 0.299999, 0.300001, 5, 800]) {
      const direct =
        integrate((z) => z * Math.exp(x * (z - 1)), -1, 1, 400) /
        integrate((z) => Math.exp(x * (z - 1)), -1, 1, 400);
      expect(Math.abs(langevin(x) - direct)).toBeLessThan(1e-13);
    }
    expect(langevin(1e-8) / 1e-8).toBeCloseTo(1 / 3, 12);
    expect(langevin(-2)).toBe(-langevin(2));
    expect(evaluateForm(langevinFunction, { fieldEnergy: 3 })).toMatchObject({ unit: "1", inRange: true });
  });

  it("has the moments of exp Δ(z² + 2hz) by brute force, on both sides of Δ = 2 and to strong fields", () => {
    for (const delta of [0, 1e-3, 1.999, 2.001, 10, 60])
      for (const field of [0, 0.01, -0.4, 1.5]) {
        const top = delta * Math.max(1 + 2 * field, 1 - 2 * field);
        const moment = (power: number) =>
          integrate((z) => z ** power * Math.exp(delta * z * (z + 2 * field) - top), -1, 1, 600);
        const { z, zz } = boltzmannMoments({ delta, field });
        expect(Math.abs(z - moment(1) / moment(0))).toBeLessThan(1e-12);
        expect(Math.abs(zz - moment(2) / moment(0))).toBeLessThan(1e-12);
      }
    expect(meanAxialMoment.value({ delta: 20 })).toBe(0);
  });
});
