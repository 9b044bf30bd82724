import { describe, expect, it } from "vitest";
import { add, constant, log1p, mul, sub } from "../../src/expression/expression.ts";
import { axialModes } from "../../src/fokker-planck/axial-modes.ts";
import { axialProfile } from "../../src/fokker-planck/axial-profile.ts";
import { chainRate } from "../../src/fokker-planck/chain-rate.ts";
import { demand, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { along, dynamicsOf, mz, uniaxial, zeeman } from "./macrospins.ts";

const tilted = [1 / 3, -2 / 3, 2 / 3] as const;

/**
 * Smallest rates in units of D, from the Legendre–Galerkin matrix of exp(−U) with U = −Δz² − 2Δhz at 45 decimal digits
 * and up to 140 functions (mpmath), inverse iteration to 25 digits.
 */
const references = [
  { delta: 1, field: 0, rate: 1.306279668744154 },
  { delta: 5, field: 0, rate: 0.135406329661666 },
  { delta: 20, field: 0, rate: 3.943312743791601e-7 },
  { delta: 40, field: 0, rate: 2.36361133293995e-15 },
  { delta: 60, field: 0, rate: 9.029160598044064e-24 },
  { delta: 40, field: 0.3, rate: 5.329893642441218e-7 },
];

describe("the axial solver", () => {
  it.each(references)(
    "has the rate of a barrier of $delta kT in a field $field to 1e-12",
    ({ delta, field, rate }) => {
      const dynamics = dynamicsOf({ delta, alpha: 0.1, energy: add(uniaxial(), zeeman([0, 0, field])) });
      const solution = demand(solveFokkerPlanck(dynamics));
      expect(solution.method).toBe("axial");
      const [zero, first] = demand(solution.eigenvalues(2));
      expect(zero).toEqual({ re: 0, im: 0 });
      expect(Math.abs((first.re * 20 * delta) / rate - 1)).toBeLessThan(1e-12);
      expect(first.im).toBe(0);
    },
  );

  it("takes any axis, and a spin torque along it as an effective field a/α + b", () => {
    const [a, b, alpha, delta] = [0.02, -0.03, 0.1, 40];
    const field = 0.3 + a / alpha + b;
    // χ + αe/2 carries −2α·½·h c: the torque (a + αb)c is a field −(a/α + b)
    const solution = demand(
      solveFokkerPlanck(
        dynamicsOf({
          delta,
          alpha,
          energy: add(uniaxial(tilted), mul(-2 * field, along(tilted))),
          torque: { a, b, p: tilted },
        }),
      ),
    );
    expect(solution.method).toBe("axial");
    const rate = demand(solution.slowestRate) / (alpha / (2 * delta));
    expect(Math.abs(rate / 5.329893642441218e-7 - 1)).toBeLessThan(1e-10);
    const { m } = demand(solution.stationary());
    // ⟨c⟩ = 0.99023680546481 by quadrature at 30 digits
    m.forEach((component, i) => {
      expect(component).toBeCloseTo(0.99023680546481 * tilted[i], 11);
    });
  });

  it("has the Boltzmann moments and bin probabilities", () => {
    const solution = demand(solveFokkerPlanck(dynamicsOf({ delta: 5, alpha: 0.1, energy: uniaxial() })));
    const density = demand(solution.stationary());
    // quadrature at 30 digits
    expect(density.mm[2]).toBeCloseTo(0.764266221270432, 13);
    expect(density.mm[0]).toBeCloseTo((1 - 0.764266221270432) / 2, 13);
    const bins = demand(density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0.5, 1] }));
    expect(bins[1]).toBeCloseTo(0.476218554646492, 13);
  });

  it("knows the spectrum of free diffusion, l(l+1)D with multiplicity 2l+1", () => {
    const free = { psi: constant(0), omega: constant(0), diffusion: constant(0.7) };
    const rates = demand(demand(solveFokkerPlanck(free)).eigenvalues(9)).map(({ re }) => re / 0.7);
    [0, 2, 2, 2, 6, 6, 6, 6, 6].forEach((rate, i) => {
      expect(rates[i]).toBeCloseTo(rate, 9);
    });
  });

  // by modulus over the orders 0 to 4, from matrices in 37 Legendre functions made apart (dense QR)
  it.each([
    {
      alpha: 0.5,
      delta: 3,
      field: 0.4,
      all: [
        [0, 0],
        [0.09193491, 0],
        [0.58508919, 0],
        [0.58835246, 0.16677315],
        [0.58835246, -0.16677315],
        [1.05756515, 0],
      ],
    },
    // 0.2011 ± 3.9485 i decays as slowly as the second, but is farther from zero than real ones that decay faster
    {
      alpha: 0.05,
      delta: 5,
      field: 3,
      all: [
        [0, 0],
        [0.19932047, 0],
        [0.37914226, 0],
        [0.40366463, 0],
      ],
    },
  ])(
    "lists the eigenvalues nearest to zero, none left out, in a field of $field",
    ({ alpha, delta, field, all }) => {
      const dynamics = dynamicsOf({ delta, alpha, energy: add(uniaxial(), zeeman([0, 0, field])) });
      const rates = demand(demand(solveFokkerPlanck(dynamics)).eigenvalues(all.length));
      expect(rates).toHaveLength(all.length);
      rates.forEach(({ re, im }, i) => {
        expect(re).toBeCloseTo(all[i][0], 5);
        expect(Math.abs(im)).toBeCloseTo(Math.abs(all[i][1]), 5);
      });
    },
  );

  it("decays from a direction as exp(−l(l+1)Dt) when free, on the axis or off it", () => {
    const free = { psi: constant(0), omega: mul(0.8, mz), diffusion: constant(0.3) };
    const times = [0, 0.5, 2];
    for (const start of [
      [0, 0, 1],
      [0.6, 0, 0.8],
    ] as const) {
      const densities = demand(demand(solveFokkerPlanck(free)).evolve({ direction: start }, times));
      densities.forEach(({ m, mm }, i) => {
        const decay = Math.exp(-0.6 * times[i]);
        // Ω = ωz turns m by −ωt about z
        expect(m[0]).toBeCloseTo(start[0] * decay * Math.cos(0.8 * times[i]), 10);
        expect(m[1]).toBeCloseTo(-start[0] * decay * Math.sin(0.8 * times[i]), 10);
        expect(m[2]).toBeCloseTo(start[2] * decay, 10);
        expect(mm[2]).toBeCloseTo(1 / 3 + (start[2] ** 2 - 1 / 3) * Math.exp(-1.8 * times[i]), 10);
      });
    }
  });

  it("relaxes out of a well at the rate of the barrier", () => {
    const delta = 8;
    const energy = uniaxial();
    const solution = demand(solveFokkerPlanck(dynamicsOf({ delta, alpha: 0.1, energy })));
    const rate = demand(solution.slowestRate);
    const start = { energyOverKT: mul(delta, energy), wellOf: [0.1, 0, 0.9] } as const;
    const [first, second] = demand(solution.evolve(start, [1 / rate, 2 / rate]));
    expect(Math.log(first.m[2] / second.m[2])).toBeCloseTo(1, 9);
  });

  it("takes non-polynomial torques (Slonczewski's with Λ = 2) along a tilted axis", () => {
    // ∫ε dc = Λ²/(Λ²−1) log1p(c (Λ²−1)/(Λ²+1)) for unit polarization
    const c = along(tilted);
    const integral = mul(4 / 3, log1p(mul(3 / 5, c)));
    const [alpha, delta, strength] = [0.1, 10, 0.04];
    const solution = demand(
      solveFokkerPlanck({
        psi: add(mul(alpha / 2, uniaxial(tilted)), mul(strength, integral)),
        omega: sub(mul(0.5, uniaxial(tilted)), mul(alpha * strength, integral)),
        diffusion: constant(alpha / (2 * delta)),
      }),
    );
    expect(solution.method).toBe("axial");
    const weight = (z: number) =>
      Math.exp(delta * z * z - ((2 * delta) / alpha) * strength * (4 / 3) * Math.log1p(0.6 * z));
    let [total, mean] = [0, 0];
    const steps = 200000;
    for (let i = 0; i < steps; i++) {
      const z = -1 + (2 * i + 1) / steps;
      total += weight(z);
      mean += z * weight(z);
    }
    // midpoint rule with 2e5 points: 1e-9
    const { m } = demand(solution.stationary());
    expect(m[0] * tilted[0] + m[1] * tilted[1] + m[2] * tilted[2]).toBeCloseTo(mean / total, 8);
    expect(demand(solution.eigenvalues(4)).length).toBe(4);
  });

  it("answers a 60 kT junction within 50 ms once warm", () => {
    const dynamics = dynamicsOf({ delta: 60, alpha: 0.01, energy: uniaxial() });
    demand(solveFokkerPlanck(dynamics));
    const begin = process.cpuUsage();
    demand(demand(solveFokkerPlanck(dynamics)).stationary());
    // microseconds of processor time, since other tests run beside this one
    const { user, system } = process.cpuUsage(begin);
    expect(user + system).toBeLessThan(5e4);
  });
});

describe("what has no exact answer", () => {
  it("is null with a reason: zero temperature, unknown parameters, kinks", () => {
    const cold = { psi: mz, omega: mz, diffusion: constant(0) };
    expect(solveFokkerPlanck(cold)).toEqual({
      value: null,
      reason: expect.stringContaining("zero temperature"),
    });
    const unknown = solveFokkerPlanck({ ...cold, diffusion: add(1, along([0, 0, 1])) });
    expect(unknown.value).toBeNull();
  });
});

describe("a slope without a second well", () => {
  /** W = −Δz² + cz: a uniaxial magnet under a collinear torque. */
  const slope = (delta: number, c: number) => (z: number) => -delta * z * z + c * z;

  it.each([
    [0, 0],
    [5, 10],
    [10, 30],
  ])("gives the same rate by a chain of cells as by quadratures, Δ = %d, c = %d", (delta, c) => {
    const [{ rate }] = axialModes(axialProfile(slope(delta, c)), 1, 1);
    // fourth order in cells of 1/4096 after the extrapolation
    expect(chainRate(slope(delta, c), 1, 4 * delta + 2 * c).value / rate).toBeCloseTo(1, 8);
  });

  it.each([
    [60, 240],
    [60, 180],
  ])("decays from its upper end at twice the growth rate there, Δ = %d, c = %d", (delta, c) => {
    // linearized at z = 1: 1 − z grows as exp(2(c − 2Δ)Dt), and what is left there falls as its inverse; the next order
    // of the slope's curvature is a few per cent
    const growth = 2 * (c - 2 * delta);
    expect(chainRate(slope(delta, c), 1, 4 * delta + 2 * c).value / growth).toBeGreaterThan(0.97);
    expect(chainRate(slope(delta, c), 1, 4 * delta + 2 * c).value / growth).toBeLessThan(1.1);
  });
});
