import { describe, expect, it } from "vitest";
import { add } from "../../src/expression/expression.ts";
import { shareAbove } from "../../src/fokker-planck/above-level.ts";
import { exactly } from "../../src/fokker-planck/exact.ts";
import { demand, solveFokkerPlanck, solveFullSphere } from "../../src/fokker-planck/index.ts";
import { twoStates } from "../../src/fokker-planck/two-states.ts";
import { dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

describe("the share of a cell above zero", () => {
  it("is the area that a straight border leaves", () => {
    expect(shareAbove(0, 3, 1)).toBeCloseTo(0.5, 14);
    // a triangle of half the sides is missing
    expect(shareAbove(0.5, 1, -1)).toBeCloseTo(1 - 0.5 ** 3, 14);
    expect(shareAbove(0.25, 1, 0)).toBeCloseTo(0.75, 14);
    expect(shareAbove(-0.25, 0, 1)).toBeCloseTo(0.25, 14);
    expect([shareAbove(1, 0, 0), shareAbove(-1, 0, 0), shareAbove(2, 1, 1)]).toEqual([1, 0, 1]);
    // counted on a fine grid
    const [middle, a, b] = [0.13, 0.7, -0.4];
    const n = 400;
    let count = 0;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        if (middle + a * ((i + 0.5) / n - 0.5) + b * ((j + 0.5) / n - 0.5) > 0) count++;
    expect(shareAbove(middle, a, b)).toBeCloseTo(count / n ** 2, 3);
  });
});

describe("rates of leaving a state", () => {
  it.each([
    [2.5, 0.1],
    [4, 0.2],
  ])(
    "are those of the meridian on the whole sphere within their error, Δ = %d in a field of %d",
    (delta, field) => {
      const dynamics = dynamicsOf({ delta, alpha: 0.3, energy: add(uniaxial(), zeeman([0, 0, field])) });
      const axial = demand(twoStates(demand(solveFokkerPlanck(dynamics)), false));
      const whole = demand(twoStates(demand(solveFullSphere(dynamics, {}))));
      for (const side of ["up", "down"] as const) {
        const off = Math.abs((whole[side].rate ?? 0) / (axial[side].rate ?? 1) - 1);
        expect(off).toBeLessThan(whole[side].rateError ?? 0);
        expect(whole[side].rateError).toBeLessThan(3e-4);
      }
    },
  );

  it("are not given where the weight of the other state is not known to half of itself", () => {
    const energy = add(uniaxial(), zeeman([0, 0, 0.5]));
    const solution = demand(solveFullSphere(dynamicsOf({ delta: 4, alpha: 0.3, energy }), {}));
    const rough = { ...solution, stationary: () => exactly(demand(solution.stationary()), 1e-3) };
    const [fine, coarse] = [solution, rough].map((of) => demand(twoStates(of)));
    // of the weight of "down", 2e-4
    expect(fine.up.rateError).toBeLessThan(0.01);
    expect(coarse.up).toMatchObject({ rate: null, rateError: null, weight: fine.up.weight });
    expect(coarse.down.rate).toBe(fine.down.rate);
    expect(coarse.down.rateError).toBeGreaterThan(1e-3);
  });

  it("along an axis are those of the weights that finite volumes have on both sides of the border", () => {
    const [delta, field, cells] = [4, 0.2, 20_000];
    const width = 2 / cells;
    const weight = (z: number): number => Math.exp(delta * (z * z + 2 * field * z));
    const z = Array.from({ length: cells }, (_, i) => -1 + (i + 0.5) * width);
    const mass = z.map(weight);
    const total = mass.reduce((sum, x) => sum + x, 0);
    // the slowest mode of the backward operator by inverse iteration: its flux is what has gathered so far
    let mode = z;
    for (let round = 0; round < 30; round++) {
      let [gathered, height] = [0, 0];
      const next = z.map((x, i) => {
        const here = height;
        gathered += mass[i] * mode[i];
        const edge = x + width / 2;
        if (i + 1 < cells) height -= gathered / ((1 - edge * edge) * weight(edge));
        return here;
      });
      const mean = next.reduce((sum, x, i) => sum + mass[i] * x, 0) / total;
      const size = Math.max(...[next[0], next[cells - 1]].map((x) => Math.abs(x - mean)));
      mode = next.map((x) => (x - mean) / size);
    }
    const atEnd = (last: number, before: number): number => 1.5 * mode[last] - 0.5 * mode[before];
    const level = (atEnd(0, 1) + atEnd(cells - 1, cells - 2)) / 2;
    const border = mode.findIndex((x) => x > level === mode[cells - 1] > level);
    const inCell = (level - mode[border - 1]) / (mode[border] - mode[border - 1]);
    const below = mass.slice(0, border).reduce((sum, x) => sum + x, 0) + (inCell - 0.5) * mass[border];
    const solution = demand(
      solveFokkerPlanck(dynamicsOf({ delta, alpha: 0.3, energy: add(uniaxial(), zeeman([0, 0, field])) })),
    );
    const { down } = demand(twoStates(solution, false));
    expect(Math.abs(down.weight / (below / total) - 1)).toBeLessThan(1e-6);
  });
});
