import { describe, expect, it } from "vitest";
import type { Exact } from "../../src/fokker-planck/exact.ts";
import { demand, exactly, outOfReach } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { heavyEnd } from "../../src/fokker-planck/spread-edges.ts";
import { predictPassage } from "../../src/fokker-planck/switching.ts";
import type { PlannedPassage } from "../../src/observables/first-passage/spec.ts";
import { variateOf } from "../../src/physics/spread.ts";
import { readProblem } from "../../src/run/run.ts";

const normal = variateOf({ distribution: "normal" });
const uniform = variateOf({ distribution: "uniform" });
const growing =
  (...rates: readonly number[]) =>
  (point: readonly number[]): Exact<number[]> =>
    exactly([Math.exp(point.reduce((sum, x, d) => sum + rates[d] * x, 0))]);

/** The mean of exp(rate·x) over the normal law. */
const meanOf = (...rates: readonly number[]): number[] => [
  Math.exp(rates.reduce((sum, rate) => sum + rate ** 2, 0) / 2),
];
const endOf = (...rates: readonly number[]): readonly number[] | undefined =>
  heavyEnd(
    rates.map(() => normal),
    growing(...rates),
    meanOf(...rates),
  )?.point;

describe("the end of a law beyond which much of a mean would come", () => {
  it("is known for exponentials, whose share beyond five deviations is that of a normal law beyond 5 less their rate", () => {
    // 0.6 % beyond 2.5 deviations, 2.3 % beyond 2
    expect(endOf(2.5)).toBeUndefined();
    expect(endOf(3)).toEqual([5]);
    expect(endOf(-3)).toEqual([-5]);
    expect(endOf(7)).toEqual([5]);
    expect(endOf(1, -3)).toEqual([0, -5]);
  });

  it("is none of a bounded law, nor one without a solution", () => {
    expect(heavyEnd([uniform], growing(50), [1])).toBeUndefined();
    expect(heavyEnd([normal], () => outOfReach("no solution"), [1])).toBeUndefined();
  });
});

describe("the mean passage of magnets of different temperature", () => {
  const meanOver = (deviation: number): Exact<number> => {
    const problem = readProblem({
      magnet: {
        Ms: 8e5,
        volume: 2.7e-25,
        alpha: 0.1,
        temperature: { mean: 300, deviation, distribution: "lognormal" },
      },
      energies: [{ type: "uniaxial", Ku1: 5e4 }],
      initial: { type: "direction", m: [0, 0, 1] },
      ensemble: 100,
      time: { duration: 1e-9 },
      observables: [{ type: "firstPassage", until: "mz < -0.5" }],
    });
    const [{ until }] = problem.observables as PlannedPassage[];
    return demand(predictPassage(problem, demand(predict(problem)), until, [1])).mean;
  };

  it("is given if no rare spin dominates it, and grows with the spread", () => {
    expect(demand(meanOver(15))).toBeGreaterThan(demand(meanOver(1)));
  });

  it("has no value if it comes from the coldest spins: the barrier over kT of a lognormal temperature is not bounded", () => {
    expect(meanOver(90).reason).toMatch(/temperature 0\.\d+ times its mean.*depends on the few rarest spins/);
  });
});
