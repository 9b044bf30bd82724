import { describe, expect, it } from "vitest";
import { add, less, mul, select, variable } from "../../src/expression/expression.ts";
import {
  demand,
  entropyProductionOf,
  entropyProductionOver,
  solveFokkerPlanck,
  stationaryEntropyProduction,
} from "../../src/fokker-planck/index.ts";
import type { Macrospin } from "./macrospins.ts";
import { along, driven, dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

const account = ({ delta, alpha, energy }: Macrospin) => ({ energyOverKT: mul(delta, energy), alpha });

describe("entropy production", () => {
  const solution = demand(solveFokkerPlanck(dynamicsOf(driven), { tolerance: 1e-9 }));

  it("has the rates of the driven stationary state known from another solver to nine digits", () => {
    const rates = demand(stationaryEntropyProduction(solution, account(driven)));
    expect(rates.total).toBeCloseTo(0.252850451, 9);
    expect(rates.housekeeping).toBe(rates.total);
    expect(rates.heatToBath).toBeCloseTo(-0.088105841, 9);
    expect(rates.workOfTransfer).toBeCloseTo(-0.088105841, 9);
    expect(rates.workOfDrive).toBe(0);
    // the formula with currents agrees with the one without
    const general = demand(entropyProductionOf(solution, account(driven), demand(solution.stationary())));
    expect(general.total).toBeCloseTo(rates.total, 8);
    expect(general.nonAdiabatic).toBeLessThan(1e-12);
  });

  it("of the state at parameters that are held has no work of a drive, and as much heat as the transfer gives", () => {
    const { energy, delta } = driven;
    const swept = { ...driven, energy: add(energy, mul(variable("t"), zeeman([0.1, 0.05, 0.2]))) };
    const rates = demand(
      stationaryEntropyProduction(demand(solveFokkerPlanck(dynamicsOf(swept), { tolerance: 1e-9 })), {
        energyOverKT: mul(delta, swept.energy),
        alpha: driven.alpha,
      }),
    );
    expect(rates.workOfDrive).toBe(0);
    expect(rates.heatToBath).toBeCloseTo(rates.workOfTransfer, 9);
    expect(rates.heatToBath).toBeCloseTo(-0.088105841, 9);
  });

  it("is zero with heat flowing when torque and magnet share the axis", () => {
    const spin: Macrospin = {
      delta: 3,
      alpha: 0.1,
      energy: uniaxial(),
      torque: { a: 0.05, b: 0, p: [0, 0, 1] },
    };
    const rates = demand(
      stationaryEntropyProduction(demand(solveFokkerPlanck(dynamicsOf(spin))), account(spin)),
    );
    expect(Math.abs(rates.total)).toBeLessThan(1e-12);
    expect(rates.heatToBath).toBeCloseTo(-0.04896128, 8);
  });

  it("is zero in equilibrium, with no heat and no work", () => {
    const spin: Macrospin = { delta: 5, alpha: 0.1, energy: add(uniaxial(), zeeman([0.2, 0.1, 0])) };
    const rates = demand(
      stationaryEntropyProduction(demand(solveFokkerPlanck(dynamicsOf(spin))), account(spin)),
    );
    for (const value of Object.values(rates)) expect(Math.abs(value)).toBeLessThan(1e-10);
  });

  it("adds up over a transient from Boltzmann to the values known to five digits", () => {
    const start = { energyOverKT: mul(driven.delta, driven.energy) } as const;
    const sums = demand(entropyProductionOver(solution, account(driven), start, 4));
    expect(sums.total).toBeCloseTo(1.21728, 5);
    expect(sums.nonAdiabatic).toBeCloseTo(0.46653, 5);
    expect(sums.housekeeping).toBeCloseTo(0.75075, 5);
    expect(sums.workOfTransfer).toBeCloseTo(0.07241, 5);
    expect(sums.energyChange).toBeCloseTo(0.04665, 5);
    expect(sums.heatToBath).toBeCloseTo(0.02576, 5);
    expect(sums.systemEntropyChange).toBeCloseTo(-0.09315, 5);
    // first law
    expect(sums.heatToBath).toBeCloseTo(sums.workOfTransfer + sums.workOfDrive - sums.energyChange, 7);
    const [middle] = demand(solution.evolve(start, [2]));
    const rates = demand(entropyProductionOf(solution, account(driven), middle));
    expect(rates.total).toBeCloseTo(0.27704, 5);
    expect(rates.nonAdiabatic).toBeCloseTo(0.11542, 5);
  });

  it("may have a negative housekeeping part in a transient", () => {
    const start = { energyOverKT: mul(-3.695, along([-0.7324, 0.1036, -0.673])) } as const;
    const [first] = demand(solution.evolve(start, [0]));
    expect(demand(entropyProductionOf(solution, account(driven), first)).housekeeping).toBeCloseTo(-0.226, 3);
  });

  it("says why a start from one direction has no total", () => {
    const sums = entropyProductionOver(solution, account(driven), { direction: [0, 0, 1] }, 1);
    expect(sums).toEqual({ value: null, reason: expect.stringContaining("infinite") });
  });
});

it("entropy production counts what the energy gains where a field jumps, so that heat is work less that gain", () => {
  // +1 up to t = 1, then −1
  const sign = select(less(variable("t"), 1), 1, -1);
  const spin = { ...driven, energy: add(driven.energy, mul(sign, zeeman([0.1, 0, 0.3]))) };
  const start = { energyOverKT: mul(spin.delta, driven.energy) } as const;
  const jumping = demand(solveFokkerPlanck(dynamicsOf(spin), { tolerance: 1e-9, breakpoints: [1] }));
  const sums = demand(entropyProductionOver(jumping, account(spin), start, 3, [1]));
  const [middle] = demand(jumping.evolve(start, [1]));
  // V = −2h·m in units of the anisotropy, and h turns over
  const gained = spin.delta * 4 * (0.1 * middle.m[0] + 0.3 * middle.m[2]);
  expect(Math.abs(gained)).toBeGreaterThan(0.1);
  expect(sums.workOfDrive).toBeCloseTo(gained, 9);
  expect(sums.heatToBath).toBeCloseTo(sums.workOfTransfer + sums.workOfDrive - sums.energyChange, 7);
});
