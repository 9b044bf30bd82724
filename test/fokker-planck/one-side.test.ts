import { expect, it } from "vitest";
import { add } from "../../src/expression/expression.ts";
import { exactly } from "../../src/fokker-planck/exact.ts";
import { demand, dwellTimes, solveFokkerPlanck } from "../../src/fokker-planck/index.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { predictDwell } from "../../src/fokker-planck/switching.ts";
import type { PlannedDwell } from "../../src/observables/dwell/spec.ts";
import { readProblem } from "../../src/run/read-problem.ts";
import { dynamicsOf, uniaxial, zeeman } from "./macrospins.ts";

/* Mean dwells of two sides, one of which holds next to no time. */

const thresholds = { axis: [0, 0, 1], up: 0.5, down: -0.5 } as const;
const biased = (bias: number, transverse: number, delta: number) => {
  const energy = add(uniaxial(), zeeman([transverse, 0, bias]));
  return demand(dwellTimes(demand(solveFokkerPlanck(dynamicsOf({ delta, alpha: 0.1, energy }))), thresholds));
};

it("about an axis the shorter one has all its digits on either side", () => {
  const [above, below] = [biased(0.3, 0, 30), biased(-0.3, 0, 30)];
  // exp(−4 · 30 · 0.3): one less the share up has no digit left
  expect(below.occupationUp).toBeLessThan(1e-14);
  for (const [one, other] of [
    [above.up, below.down],
    [above.down, below.up],
  ])
    expect(Math.abs(demand(one) / demand(other) - 1)).toBeLessThan(1e-11);
});

it("elsewhere a mean holds the error of its side's share of the time, or is refused alone", () => {
  for (const [bias, delta, isKnown] of [
    [0.1, 10, true],
    [0.3, 20, true],
    [0.5, 20, false],
  ] as const) {
    const [above, below] = [biased(bias, 0.2, delta), biased(-bias, 0.2, delta)];
    const [a, b] = [above.down, below.up];
    expect(Math.abs(demand(above.up) / demand(below.down) - 1)).toBeLessThan(1e-5);
    expect([a, b].every(({ value }) => value !== null)).toBe(isKnown);
    if (a.value !== null && b.value !== null)
      expect(Math.abs(a.value / b.value - 1)).toBeLessThan((a.errorEstimate ?? 0) + (b.errorEstimate ?? 0));
    else
      expect(a.reason ?? b.reason).toMatch(
        /^mean dwell (up|down): a share of .* is spent there, with an error/,
      );
  }
});

it("over spreads one side is refused alone, with its reason", () => {
  const problem = readProblem({
    magnet: { delta: 20, alpha: 0.2 },
    energies: [{ type: "uniaxial", Ku1: { mean: 1, deviation: 0.05 } }],
    observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
    time: { duration: 100 },
  });
  const prediction = demand(predict(problem));
  const [planned] = problem.observables as readonly PlannedDwell[];
  const dwellWith = (errorOfDown: number) => {
    const errors = Float64Array.of(1e-12, 1e-9, errorOfDown);
    const found = { values: Float64Array.of(1e-8, 0.9999, 1e-4), errors, points: [[0]], weights: errors };
    const average = () => exactly({ ...found, errorsOfQuadrature: errors, combine: () => found });
    return demand(predictDwell(problem, { ...prediction, average }, planned));
  };
  expect(demand(dwellWith(1e-8).down)).toBeCloseTo(1e4, 6);
  const { up, down, occupationUp, errorEstimate } = dwellWith(1e-6);
  expect(demand(up)).toBeCloseTo(0.9999e8, 0);
  expect(down.reason).toMatch(/^mean dwell down: a share of 1.0e-4 .* error of 1.0e-6/);
  expect(occupationUp).toBe(0.9999);
  expect(errorEstimate).toBeLessThan(2e-3);
});

it("between rims beside the poles they are those of quadratures over artanh z", () => {
  for (const [up, down, above, below] of [
    [0.9999, -0.9999, 68.84043267094923, 68.84043267094923],
    [0.999999, 0.5, 3.575830485386095, 75.31360904158973],
  ]) {
    const solution = demand(solveFokkerPlanck(dynamicsOf({ delta: 1, alpha: 0.2, energy: uniaxial() })));
    const dwell = demand(dwellTimes(solution, { axis: [0, 0, 1], up, down }));
    expect(Math.abs(demand(dwell.up) / above - 1)).toBeLessThan(1e-8);
    expect(Math.abs(demand(dwell.down) / below - 1)).toBeLessThan(1e-8);
  }
});

it("of a driven magnet hold the rounding of its stationary density, and are refused where that is all there is", () => {
  const between = (delta: number, maximumDegree: number) =>
    dwellTimes(
      demand(
        solveFokkerPlanck(
          dynamicsOf({ delta, alpha: 0.1, energy: uniaxial(), torque: { a: 0.03, b: 0, p: [0, 1, 0] } }),
          { maximumDegree },
        ),
      ),
      thresholds,
    );
  const [a, b] = [400, 250].map((degree) => demand(demand(between(25, degree)).up));
  const { up } = demand(between(25, 400));
  expect(up.errorEstimate).toBeGreaterThan(Math.abs(a / b - 1));
  expect(up.errorEstimate).toBeLessThan(1e-3);
  expect(between(33, 400).reason).toMatch(/near to its rounding/);
});
