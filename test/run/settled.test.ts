import { describe, expect, it } from "vitest";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { problemOf } from "../../src/run/run.ts";
import { startsStationary, unsettled } from "../../src/statistics/settled.ts";

const of = (experiment: object) => {
  const problem = problemOf({ ensemble: 10, time: { duration: 40 }, ...experiment });
  return { problem, prediction: demand(predict(problem)) };
};
const uniaxial = { type: "uniaxial", Ku1: 1 };

describe("stationarity", () => {
  it("is judged by the whole density: a uniform start of a cubic magnet has its first and second moments only", () => {
    const { problem, prediction } = of({
      magnet: { delta: 4, alpha: 0.2 },
      energies: [{ type: "cubic", Kc1: 1, anisC1: [1, 0, 0], anisC2: [0, 1, 0] }],
      initial: { type: "uniform" },
    });
    const [start] = demand(prediction.densities([0]));
    const stationary = demand(prediction.stationary());
    [...start.m, ...start.mm].forEach((x, i) => {
      expect(x).toBeCloseTo([...stationary.m, ...stationary.mm][i], 6);
    });
    expect(startsStationary(prediction)).toBe(false);
    expect(unsettled(problem, prediction, 0)).toContain("away from the stationary one");
    expect(unsettled(problem, prediction, 1000)).toBeUndefined();
  });

  it("is found in a start that is stationary, and not in a Boltzmann start with a torque", () => {
    const magnet = { delta: 4, alpha: 0.1 };
    const still = of({ magnet, energies: [uniaxial], initial: { type: "boltzmann" } });
    expect(unsettled(still.problem, still.prediction, 0)).toBeUndefined();
    expect(startsStationary(still.prediction)).toBe(true);
    const torques = [{ type: "spinTransfer", dampingLike: 0.01, polarizer: [0, 0, 1] }];
    const leaning = of({ magnet, energies: [uniaxial], torques, initial: { type: "boltzmann" } });
    expect(unsettled(leaning.problem, leaning.prediction, 4)).toContain("away from the stationary one");
    const well = of({
      magnet: { delta: 30, alpha: 0.1 },
      energies: [uniaxial, { type: "zeeman", B_ext: [0, 0, 0.5] }],
      initial: { type: "well", m: [0, 0, 1] },
    });
    expect(startsStationary(well.prediction)).toBe(true);
  });
});
