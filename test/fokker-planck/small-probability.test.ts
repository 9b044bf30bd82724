import { describe, expect, it } from "vitest";
import { demand, smallProbability, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { targetProbabilities } from "../../src/fokker-planck/small-probability.ts";
import { driven, dynamicsOf, uniaxial } from "./macrospins.ts";

const north = { direction: [0, 0, 1] } as const;

describe("small probabilities", () => {
  it("agree with the forward density where that has digits", () => {
    const dynamics = dynamicsOf(driven);
    const [density] = demand(demand(solveFokkerPlanck(dynamics, { tolerance: 1e-10 })).evolve(north, [8]));
    const [expected] = demand(
      density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [0.8, 1] }),
    );
    const { probability } = demand(
      smallProbability([{ dynamics, duration: 8 }], { axis: [0, 0, 1], from: 0.8, to: 1 }, north),
    );
    expect(probability).toBeCloseTo(expected, 9);
  });

  it("keep seven digits at a write error of 1.5e-15: Δ = 60, twice the critical torque", () => {
    const alpha = 0.1;
    const diffusion = alpha / 120;
    const torque = { a: 2 * alpha, b: 0, p: [0, 0, 1] } as const;
    const dynamics = dynamicsOf({ delta: 60, alpha, energy: uniaxial(), torque });
    const { probability } = demand(
      smallProbability(
        [{ dynamics, duration: 0.16 / diffusion }],
        { axis: [0, 0, 1], from: 0, to: 1 },
        north,
      ),
    );
    // Legendre–Galerkin matrix of degree 190 in 60-digit arithmetic, Taylor steps; degree 180 differs by 4e-6, and the
    // difference falls a hundredfold in ten degrees
    expect(Math.abs(probability / 1.53298784145e-15 - 1)).toBeLessThan(1e-7);
    // the same as what is outside the lower half, which holds nearly everything
    const lower = { axis: [0, 0, 1], from: -1, to: 0 } as const;
    const { inside, outside } = targetProbabilities([{ dynamics, duration: 0.16 / diffusion }], lower, north);
    expect(demand(outside).probability / probability).toBeCloseTo(1, 8);
    expect(demand(inside).probability).toBeCloseTo(1, 14);
  });
});
