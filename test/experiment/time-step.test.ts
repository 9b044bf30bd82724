import { describe, expect, it } from "vitest";
import { chooseSteps, givenSteps, movedTime, nearestSteps } from "../../src/experiment/steps.ts";
import { diffusionLimit, largestRate, timeStepLimit } from "../../src/experiment/time-step.ts";
import { divisionsFor, timesOf } from "../../src/experiment/times.ts";
import { constant } from "../../src/expression/expression.ts";
import { parse } from "../../src/expression/parse.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { contractExample } from "./example.ts";

describe("the largest rate", () => {
  const rateOf = (psi: string, omega: string) =>
    largestRate({ psi: parse(psi), omega: parse(omega), diffusion: constant(0.03) }, [], [0]);
  it("is the precession frequency in a field, wherever it points", () => {
    expect(rateOf("0", "-1.5*mz").rate).toBeCloseTo(1.5, 6);
    expect(rateOf("0", "-0.9*mx - 1.2*my").rate).toBeCloseTo(1.5, 3);
  });
  it("is γ'B_K √(1+α²) at the bottom of a uniaxial well", () => {
    // ṁ = −(α + m×)(…): linear rate 1 of precession and α of damping
    expect(rateOf("-0.3*0.5*mz^2", "-0.5*mz^2").rate).toBeCloseTo(Math.hypot(1, 0.3), 6);
  });
  it("counts pure relaxation", () => {
    expect(rateOf("-2*mz", "0").rate).toBeCloseTo(2, 6);
  });
  it("knows D", () => {
    expect(rateOf("0", "0").diffusion).toBe(0.03);
  });
});

describe("the step of auto", () => {
  const drives = { duration: 10, breakpoints: [], resolutions: [], driven: false };
  const dynamics = (diffusion: number) => ({
    psi: parse("0"),
    omega: parse("mz"),
    diffusion: constant(diffusion),
  });
  it("is the integrator's limit over the largest rate", () => {
    expect(timeStepLimit(dynamics(0), [], drives, 0.2)).toBeCloseTo(0.2, 6);
  });
  it("keeps kicks small", () => {
    expect(timeStepLimit(dynamics(5), [], drives, 0.2)).toBeCloseTo((diffusionLimit * 0.2) / 5, 12);
  });
  it("resolves drives", () => {
    expect(timeStepLimit(dynamics(0), [], { ...drives, resolutions: [0.3] }, 0.2)).toBeCloseTo(0.06, 12);
  });
  it("is kept where given, with a warning where it is longer than auto", () => {
    const checked = checkExperiment(contractExample(), { "time.step": 4e-11, observables: [] });
    if (!checked.ok) throw new Error("refused");
    const problem = reduce(checked.experiment);
    expect(problem.timeStep * problem.units.time).toBeCloseTo(4e-11, 20);
    expect(problem.steps).toBe(500);
    expect(problem.warnings.join()).toMatch(/time\.step is .* times the step that auto would take/);
  });
});

describe("whole steps", () => {
  it("meet typed times before those of which a number is asked for, and those that they miss are told", () => {
    const times = [0.01, 0.05, 0.1, 0.3, 1];
    const both = chooseSteps(1, 1 / 90, [times, 3]);
    expect(both.count).toBe(100);
    expect(movedTime(times, 1, both)).toBeUndefined();
    const given = givenSteps(1, 1 / 90);
    expect(movedTime(times, 1, given)?.asked).toBe(0.05);
    expect(movedTime(times, 1, given)?.taken).toBeCloseTo(5 / 90, 12);
    expect(movedTime(3, 1, givenSteps(1, 0.1))).toBeUndefined();
    const { observables: _, ...example } = contractExample() as Record<string, unknown>;
    const told = (more: readonly number[]) => {
      const checked = checkExperiment({
        ...example,
        time: { duration: 2e-8, step: 1e-11 },
        observables: [{ type: "moments", times: [...more, 2e-8] }],
      });
      if (!checked.ok) throw new Error("refused");
      return reduce(checked.experiment).warnings.join();
    };
    expect(told([3e-9])).not.toMatch(/whole number of steps/);
    expect(told([3.0004e-9])).toMatch(/moments: a time of 3.0004e-9 is not a whole number .* at 3e-9/);
  });

  it("hit evenly spaced times, lists and distances", () => {
    expect(divisionsFor(50, 2e-8)).toBe(50);
    expect(divisionsFor([1e-8, 2e-8], 2e-8)).toBe(2);
    expect(divisionsFor([3e-9, 5e-9], 2e-8)).toBe(20);
    expect(divisionsFor({ every: 1e-9 }, 2e-8)).toBe(20);
    expect(divisionsFor({ every: 3e-9 }, 2e-8)).toBe(20);
    expect(divisionsFor([Math.PI * 1e-9], 2e-8)).toBeUndefined();
  });
  it("are the fewest that do, and never longer than the limit", () => {
    expect(chooseSteps(1, 1 / 607, [50, 20])).toEqual({ timeStep: 1 / 700, count: 700 });
    expect(chooseSteps(1, 1 / 600, [50, 20])).toEqual({ timeStep: 1 / 600, count: 600 });
  });
  it("do not lengthen a run beyond twofold for times that do not fit", () => {
    const { count } = chooseSteps(1, 1 / 100, [7, 9973]);
    expect(count).toBe(105);
    expect(nearestSteps([0.503], 1, { timeStep: 1 / 105, count: 105 })).toEqual([53]);
  });
  it("come from a given step", () => {
    expect(givenSteps(1, 0.3)).toEqual({ timeStep: 0.3, count: 3 });
  });
  it("list times ascending, each once", () => {
    expect(timesOf([2, 1, 2], 3)).toEqual([1, 2]);
    expect(timesOf({ every: 0.4 }, 1)).toEqual([0.4, 0.8]);
    expect(timesOf(4, 1)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(nearestSteps(8, 1, { timeStep: 0.25, count: 4 })).toEqual([1, 2, 3, 4]);
  });
});
