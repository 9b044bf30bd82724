import { describe, expect, it } from "vitest";
import { add, constant, lessEqual, mul, select, sin, variable } from "../../src/expression/expression.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { demand, firstPassage, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { notKnown, tailProbability } from "../../src/fokker-planck/tail-probability.ts";
import { dynamicsOf, mz, uniaxial, zeeman } from "./macrospins.ts";

const north = { direction: [0, 0, 1] } as const;
const t = variable("t");

describe("probabilities without subtractions", () => {
  it("keep six digits at a write error of 1.5e-15", () => {
    const alpha = 0.1;
    const diffusion = alpha / 120;
    const torque = { a: 2 * alpha, b: 0, p: [0, 0, 1] } as const;
    const dynamics = dynamicsOf({ delta: 60, alpha, energy: uniaxial(), torque });
    const { above, below } = demand(tailProbability(dynamics, laboratory, north, [0.16 / diffusion]));
    // the 60-digit value of small-probability.test.ts, which has seven
    expect(Math.abs(above[0].value / 1.53298784145e-15 - 1)).toBeLessThan(2e-6);
    expect(above[0].errorEstimate).toBeLessThan(1e-5);
    expect(below[0].value).toBeCloseTo(1, 9);
  });

  it("of free spins are the Legendre sum", () => {
    const diffusion = 0.3;
    const times = [0.05, 0.2];
    const dynamics = { psi: constant(0), omega: constant(0), diffusion: constant(diffusion) };
    const { above, below } = demand(tailProbability(dynamics, laboratory, north, times, { tolerance: 1e-4 }));
    times.forEach((time, i) => {
      // P(mz > 0) = ½ + Σ_odd ½ [P_{l−1}(0) − P_{l+1}(0)] e^{−l(l+1)Dt}
      let [even, sum] = [1, 0.5];
      for (let l = 1; l < 200; l += 2) {
        const next = (-even * l) / (l + 1);
        sum += 0.5 * (even - next) * Math.exp(-l * (l + 1) * diffusion * time);
        even = next;
      }
      expect(above[i].value).toBeCloseTo(sum, 7);
      expect(below[i].value).toBeCloseTo(1 - sum, 7);
    });
  });

  it("follow a drive that ramps and stops, as the density in Legendre functions does", () => {
    const still = dynamicsOf({ delta: 6, alpha: 0.1, energy: uniaxial() });
    // χ of a torque that rises to 1.5 critical ones over 4 and stops at 12
    const scale = select(lessEqual(t, 4), mul(0.25, t), select(lessEqual(t, 12), 1, 0));
    const dynamics = { ...still, psi: add(still.psi, mul(0.15, mul(scale, mz))) };
    const [times, breakpoints] = [
      [3, 8, 12, 30],
      [4, 12],
    ];
    const densities = demand(
      demand(solveFokkerPlanck(dynamics, { breakpoints, tolerance: 1e-10 })).evolve(north, times),
    );
    const { above, below } = demand(tailProbability(dynamics, laboratory, north, times, { breakpoints }));
    densities.forEach((density, i) => {
      const [down, up] = demand(
        density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] }),
      );
      // the fitted cells are right to a part in 1e5 or to what they say themselves
      expect(Math.abs(above[i].value / up - 1)).toBeLessThan(1e-5 + above[i].errorEstimate);
      expect(Math.abs(below[i].value - down)).toBeLessThan(1e-6 + below[i].errorEstimate * down);
    });
  });

  it("with a rim give the survival of the backward equation", () => {
    const dynamics = dynamicsOf({ delta: 4, alpha: 0.1, energy: add(uniaxial(), zeeman([0, 0, 0.2])) });
    const times = [5, 20, 60];
    const band = { from: -0.5, to: 1 };
    const exact = demand(firstPassage(dynamics, { axis: [0, 0, 1], ...band }, north, times).survival);
    const { above } = demand(tailProbability(dynamics, laboratory, north, times, { band, threshold: -0.5 }));
    times.forEach((_, i) => {
      expect(above[i].value).toBeCloseTo(exact[i], 5);
    });
  });

  it("are known to an absolute error after times too long for single hops, and say which are too small for it", () => {
    const dynamics = dynamicsOf({ delta: 60, alpha: 0.1, energy: uniaxial() });
    const found = demand(tailProbability(dynamics, laboratory, north, [1e9]));
    expect(found.above[0].value).toBeCloseTo(1, 9);
    expect(found.above[0].errorEstimate).toBeLessThan(1e-3);
    expect(found.below[0].errorEstimate).toBeGreaterThan(1);
    expect(notKnown(found.below[0], found)).toMatch(/too long.*known to/);
  });

  it("are right after long times where they are not small", () => {
    const dynamics = dynamicsOf({ delta: 4, alpha: 0.2, energy: uniaxial() });
    const times = [125, 500, 1250];
    const band = { from: -0.5, to: 1 };
    const exact = demand(firstPassage(dynamics, { axis: [0, 0, 1], ...band }, north, times).survival);
    const found = demand(tailProbability(dynamics, laboratory, north, times, { band, threshold: -0.5 }));
    expect(found.absoluteError).toBeLessThan(1e-7);
    times.forEach((_, i) => {
      expect(Math.abs(found.above[i].value - exact[i])).toBeLessThan(1e-7);
    });
  });

  it("follow a drive over many of its periods, as the density in Legendre functions does", () => {
    const still = dynamicsOf({ delta: 4, alpha: 0.2, energy: uniaxial() });
    const dynamics = { ...still, psi: add(still.psi, mul(mul(0.05, sin(mul(0.12, t))), mz)) };
    const times = [150, 400];
    const densities = demand(demand(solveFokkerPlanck(dynamics, { tolerance: 1e-10 })).evolve(north, times));
    const found = demand(tailProbability(dynamics, laboratory, north, times));
    expect(found.absoluteError).toBeLessThan(1e-6);
    densities.forEach((density, i) => {
      const [down, up] = demand(
        density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] }),
      );
      expect(Math.abs(found.above[i].value - up)).toBeLessThan(1e-6);
      expect(Math.abs(found.below[i].value - down)).toBeLessThan(1e-6);
    });
  });
});
