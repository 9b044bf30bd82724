import { describe, expect, it } from "vitest";
import { add, mul, square } from "../../src/expression/expression.ts";
import { isTriangle, rectangle, rectangleFor, triangle } from "../../src/fokker-planck/cut.ts";
import { generator, separateDynamics } from "../../src/fokker-planck/generator.ts";
import { harmonicOrdering } from "../../src/fokker-planck/harmonic-ordering.ts";
import {
  analyze,
  harmonicIndex,
  harmonicsAt,
  reindexed,
  sphereGrid,
  synthesize,
} from "../../src/fokker-planck/harmonics.ts";
import { demand, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { slowestModes } from "../../src/fokker-planck/spectrum-of-generator.ts";
import { dynamicsOf, mx, mz } from "./macrospins.ts";

/** A film with its hard axis along z: βE = Δ(−mx² + ratio mz²). */
const film = (delta: number, alpha: number, ratio: number) =>
  dynamicsOf({ delta, alpha, energy: add(mul(-1, square(mx)), mul(ratio, square(mz))) });

describe("a rectangle of harmonics", () => {
  it("holds functions, and gives them to other indices and back", () => {
    const index = harmonicIndex(19, 7, 12);
    const c = Float64Array.from({ length: index.size }, (_, i) => Math.sin(1 + 1.3 * i));
    const grid = sphereGrid(24, 40);
    const back = analyze(index, grid, synthesize(index, grid, c));
    back.forEach((value, i) => {
      expect(value).toBeCloseTo(c[i], 12);
    });
    const wide = harmonicIndex(19);
    expect(reindexed(wide, index, reindexed(index, wide, c))).toEqual(c);
    const there = harmonicsAt(wide, [0.6, 0, 0.8]);
    expect(harmonicsAt(index, [0.6, 0, 0.8])).toEqual(reindexed(wide, index, there));
  });

  it("holds the same operator as a triangle does", () => {
    const problem = demand(separateDynamics(film(5, 0.1, 4), 60));
    const [small, large] = [generator(problem, 14, 5, false, 9), generator(problem, 24)];
    const place = reindexed(
      large.index,
      small.index,
      Float64Array.from({ length: large.index.size }, (_, i) => i),
    );
    const [own, whole] = [small.operatorAt(0), large.operatorAt(0)];
    for (let i = 0; i < own.rows; i++)
      for (let k = own.starts[i]; k < own.starts[i + 1]; k++) {
        let entry = 0;
        for (let q = whole.starts[place[i]]; q < whole.starts[place[i] + 1]; q++)
          if (whole.indices[q] === place[own.indices[k]]) entry += whole.values[q];
        expect(own.values[k]).toBeCloseTo(entry, 12);
      }
  });

  it("is found for a film's slow mode from harmonics that do not resolve it, and resolves it", () => {
    // λ₁τ_N by an independent prototype in harmonics about other axes
    const problem = demand(separateDynamics(film(5, 0.1, 4), 60));
    const made = generator(problem, 40);
    const of = (left: boolean) => slowestModes(made.operatorAt(0), harmonicOrdering(made), 1, { left })[0];
    const { height, mmax } = rectangleFor(made.index, of(false).re, of(true).re);
    expect(mmax).toBeLessThan(height);
    const { lmax } = rectangle(height, mmax);
    const fine = generator(problem, lmax, mmax, false, height);
    expect(fine.index.size).toBeLessThan(generator(problem, 62).index.size);
    const [{ rate }] = slowestModes(fine.operatorAt(0), harmonicOrdering(fine), 1);
    expect(Math.abs((rate.re * 5) / 0.1 / 0.2902339 - 1)).toBeLessThan(1e-6);
  });

  it("is taken where it is cheaper, and named: a film of 10 and 100 kT at α = 0.01", () => {
    const solution = demand(solveFokkerPlanck(film(10, 0.01, 10)));
    expect(isTriangle(solution.cut ?? triangle(1))).toBe(false);
    const rate = solution.slowestRate;
    // λ₁τ_N of the same prototype
    expect(Math.abs((demand(rate) * 10) / 0.01 / 0.0306398 - 1)).toBeLessThan(1e-6);
    expect(rate.value !== null && rate.errorEstimate).toBeLessThan(2e-6);
  });
});
