import { describe, expect, it } from "vitest";
import { add, mul } from "../../src/expression/expression.ts";
import { solveAxial } from "../../src/fokker-planck/axial.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { lateProbabilities } from "../../src/fokker-planck/late-probabilities.ts";
import { tailProbability } from "../../src/fokker-planck/tail-probability.ts";
import { axialEscapeRate } from "../../src/theory/brown.ts";
import { dynamicsOf, mz, uniaxial, zeeman } from "./macrospins.ts";

const magnet = (delta: number, field: number, alpha = 0.1) => {
  const energy = add(uniaxial(), zeeman([0, 0, field]));
  const dynamics = dynamicsOf({ delta, alpha, energy });
  return {
    dynamics,
    solution: demand(solveAxial(dynamics, [0, 0, 1], {})),
    well: { wellOf: [0, 0, 1], energyOverKT: mul(delta, energy) } as const,
  };
};

describe("probabilities long after all modes but one have died out", () => {
  it.each([
    ["a well", 25, -0.1],
    ["a direction", 30, 0.15],
  ])("are those of the evolution where that still has them, from %s", (start, delta, field) => {
    const { dynamics, solution, well } = magnet(delta, field);
    const initial = start === "a well" ? well : ({ direction: [0.6, 0, 0.8] } as const);
    const times = [3, 400, 1500, 1800];
    const found = lateProbabilities(solution, initial, times);
    const evolved = demand(tailProbability(dynamics, laboratory, initial, times));
    expect(evolved.absoluteError).toBeUndefined();
    for (const side of ["above", "below"] as const)
      found?.[side].forEach(({ value, errorEstimate }, i) => {
        const known = evolved[side][i];
        expect(Math.abs(value / known.value - 1)).toBeLessThan(1e-4 + errorEstimate + known.errorEstimate);
        if (times[i] > 1000) expect(errorEstimate).toBeLessThan(1e-2);
      });
    expect(found?.below).toHaveLength(times.length);
  });

  it("are a rate times a time at high barriers, and the stationary ones in the end", () => {
    const { solution, well } = magnet(40, -0.1);
    const [time, ever] = [1e6, 1e18];
    const found = lateProbabilities(solution, well, [time, ever]);
    const rate = axialEscapeRate({ delta: 40, alpha: 0.1, field: -0.1 }, 1);
    const share = demand(solution.stationary()).mean(mz);
    expect((found?.below[0].value ?? 0) / (rate * time)).toBeGreaterThan(0.94);
    expect((found?.below[0].value ?? 0) / (rate * time)).toBeLessThan(1);
    expect(found?.below[1].value).toBeCloseTo(1, 6);
    expect(share).toBeLessThan(-0.98);
    // detailed balance: the heavier well to the lighter one as their rates
    const back = axialEscapeRate({ delta: 40, alpha: 0.1, field: -0.1 }, -1);
    expect((found?.above[1].value ?? 0) / (back / rate)).toBeCloseTo(1, 1);
  });

  it("are left to others where there is one well", () => {
    const { solution, well } = magnet(5, 3);
    expect(lateProbabilities(solution, well, [1e6])).toBeUndefined();
  });
});
