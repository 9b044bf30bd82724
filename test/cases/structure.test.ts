import { describe, expect, it } from "vitest";
import { energyRange } from "../../src/ensemble/plan.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";

/** An experiment in reduced units with a uniaxial anisotropy along z and a field. */
function inField(B_ext: readonly (number | string)[], duration: number, extra = {}) {
  const checked = checkExperiment({
    magnet: { delta: 4, alpha: 0.1 },
    energies: [
      { type: "uniaxial", Ku1: 1 },
      { type: "zeeman", B_ext },
    ],
    initial: { type: "direction", m: [0, 0, 1] },
    time: { duration },
    observables: [{ type: "moments", times: 1 }],
    ...extra,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return reduce(checked.experiment);
}

function moments(B_ext: readonly (number | string)[], times: readonly number[]) {
  const { dynamics, breakpoints, initial } = inField(B_ext, times[times.length - 1]);
  const solution = demand(solveFokkerPlanck(dynamics, { breakpoints, tolerance: 1e-4 }));
  return {
    method: solution.method,
    m: demand(solution.evolve(initial, times)).map(({ m }) => m),
  };
}

describe("structure of typed drives", () => {
  it("solves a Gaussian pulse of a transverse field on the whole sphere", () => {
    const { method, m } = moments(["0.4*exp(-((t-20)/2)^2)", 0, 0], [20, 40]);
    expect(method).toBe("full sphere");
    // integrated independently of this project
    expect(m[0]).toEqual([0.302, -0.294, 0.71].map((x) => expect.closeTo(x, 3)));
    expect(m[1][2]).toBeCloseTo(0.543, 3);
  });

  it("sees a narrow pulse far from any time that is asked for", () => {
    // a turn by 0.785 about x within 0.01: mz falls from 0.864 and my appears
    const pulse = "78.54*exp(-((t - 7.1234)/0.005641896)^2)";
    const { m } = moments([pulse, 0, 0], [7, 7.15]);
    const angle = 0.7854 / 1.01;
    expect(m[0][1]).toBeCloseTo(0, 6);
    expect(Math.abs(m[1][1] / m[0][2])).toBeGreaterThan(0.9 * Math.sin(angle));
  });

  it("follows a field faster than the records are apart, and its step does", () => {
    const { timeStep } = inField([0, 0, "0.4*cos(2*pi*10*t)"], 200);
    expect(timeStep).toBeLessThan(0.01);
    const { m } = moments([0, 0, "0.4*cos(2*pi*10*t)"], [200]);
    // integrated independently of this project
    expect(Math.abs(m[0][2] - 0.463)).toBeLessThan(0.005);
  });

  it("takes kinks of typed drives as breakpoints, and a field that begins late for what it is", () => {
    const late = inField(["max(0, t - 100)*1e-3", 0, 0], 200);
    expect(late.breakpoints).toEqual([expect.closeTo(100, 9)]);
    const solution = demand(
      solveFokkerPlanck(late.dynamics, { breakpoints: late.breakpoints, tolerance: 1e-4 }),
    );
    expect(solution.method).toBe("full sphere");
    const [before, after] = demand(solution.evolve(late.initial, [100, 140])).map(({ m }) => m);
    expect(before[0]).toBeCloseTo(0, 8);
    expect(after[0]).toBeGreaterThan(0.01);
  });

  it("resolves products and nested functions of drives, within spreads too", () => {
    const nested = (density: string, parameters: object) =>
      inField([0, 0, 0], 50, {
        energies: [
          { type: "uniaxial", Ku1: 1 },
          { type: "expression", density, parameters },
        ],
        time: { duration: 50, integrator: "splitting" },
      }).timeStep;
    const slow = { a: { sine: { amplitude: 1, frequency: 1 / (2 * Math.PI) } } };
    expect(nested("0.1*cos(50*a)*mz", slow)).toBeLessThan(0.2 / 50);
    expect(nested("0.1*sin(t*w)*mz", { w: { mean: 20, deviation: 2, distribution: "normal" } })).toBeLessThan(
      0.2 / 20,
    );
    expect(nested("0.1*exp(-(mz - 0.3*cos(30*t))^2)", {})).toBeLessThan(0.2 / 20);
  });

  it("turns no spin too far in a step where the rate is large for a moment, or in one place", () => {
    // 40 B_K for 0.01: the largest rate is beside the pulse's, wherever samples of time fall
    const pulse = inField(["40*exp(-((t - 7.1234)/0.005)^2)", 0, 0], 50);
    expect(pulse.timeStepLimit).toBeLessThan(0.21 / 40);
    const wall = inField([0, 0, 0], 50, {
      energies: [{ type: "expression", density: "-mz^2 + 3*exp(-((mz - 0.3137)/0.002)^2)" }],
    });
    // |∇e|/2 reaches 3·0.858/0.002/2 · sinθ
    expect(wall.timeStepLimit).toBeLessThan(0.21 / 600);
  });

  it("counts energies within their true range", () => {
    const pulse = inField([0, 0, "5*exp(-((t - 7.1234)/0.005)^2)"], 50);
    const { low, high } = energyRange(pulse);
    expect(low).toBeLessThanOrEqual(-10.99);
    expect(low).toBeGreaterThan(-13);
    expect(high).toBeGreaterThanOrEqual(8.99);
    expect(high).toBeLessThan(12);
  });
});
