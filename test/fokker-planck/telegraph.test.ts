import { describe, expect, it } from "vitest";
import { add, mul, square } from "../../src/expression/expression.ts";
import { demand, dwellTimes, outOfReach, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { ringingNote, telegraphTimes } from "../../src/fokker-planck/telegraph.ts";
import { along, dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

describe("telegraph times beside dwells", () => {
  const times = (alpha: number, delta: number, transverse: number) => {
    const energy = add(uniaxial(), zeeman([transverse, 0, 0.02]));
    const solution = demand(solveFokkerPlanck(dynamicsOf({ delta, alpha, energy })));
    const dwell = demand(dwellTimes(solution, { axis: [0, 0, 1], up: 0.5, down: -0.5 }));
    return { dwell, telegraph: demand(telegraphTimes(dwell, solution.slowestRate)), solution };
  };

  it("are the dwells where nothing rings: an axial magnet behind 20 kT", () => {
    const { dwell, telegraph } = times(0.1, 20, 0);
    expect(telegraph.up / demand(dwell.up)).toBeCloseTo(1, 2);
    expect(telegraph.down / demand(dwell.down)).toBeCloseTo(1, 2);
    expect(ringingNote(dwell, telegraph)).toEqual({});
  });

  it("are longer at low damping, where spins cross the barrier back and forth, and a sentence says so", () => {
    const { dwell, telegraph, solution } = times(0.02, 4, 0.3);
    expect(telegraph.up / demand(dwell.up)).toBeGreaterThan(1.2);
    expect(ringingNote(dwell, telegraph).note).toMatch(/times as long as the mean dwell/);
    // rates of leaving add up to the slowest rate and balance the weights
    const rate = demand(solution.slowestRate);
    expect((1 / telegraph.up + 1 / telegraph.down) / rate).toBeCloseTo(1, 12);
    expect(telegraph.up / (telegraph.up + telegraph.down)).toBeCloseTo(dwell.occupationUp, 12);
  });

  it("of a thin film at low damping stand beside dwells that functions with half of the hard axis' weight give too", () => {
    // by L† in functions exp(h/2·mz²)·f, h the 100 kT of the hard axis: 182 × 549 of them, and 220 × 661 to 2e-6
    const known = 21823.767;
    const energy = add(uniaxial([1, 0, 0]), mul(10, square(along([0, 0, 1]))));
    const film = demand(solveFokkerPlanck(dynamicsOf({ delta: 10, alpha: 0.01, energy })));
    const { up, down, occupationUp, errorEstimate } = demand(
      dwellTimes(film, { axis: [1, 0, 0], up: 0.5, down: -0.5 }),
    );
    expect(errorEstimate).toBeLessThan(1e-3);
    expect(Math.abs(demand(up) / known - 1)).toBeLessThan(Math.min(1e-4, errorEstimate));
    expect(demand(down) / demand(up)).toBeCloseTo(1, 6);
    expect(occupationUp).toBeCloseTo(0.5, 6);
  });

  it("are null with the reason of the rate", () => {
    const half = { value: 0.5, error: 0 };
    expect(telegraphTimes({ parts: { up: half, down: half } }, outOfReach("no rate"))).toEqual({
      value: null,
      reason: "no rate",
    });
  });
});
