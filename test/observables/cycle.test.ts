import { describe, expect, it } from "vitest";
import { parse } from "../../src/expression/parse.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { fundamental } from "../../src/observables/cycle/drive.ts";
import { predict as exactCycle } from "../../src/observables/cycle/exact.ts";
import type { CycleFigures, CycleResult } from "../../src/observables/cycle/result.ts";
import type { PlannedCycle } from "../../src/observables/cycle/spec.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import type { Result } from "../../src/result.ts";
import { readProblem } from "../../src/run/read-problem.ts";
import { fokkerPlanck, run } from "../../src/run/run.ts";

/** A particle of 5 kT under a sine along its axis, ω = 0.1/τ_N. */
const experiment = {
  magnet: { delta: 5, alpha: 1 },
  energies: [
    { type: "uniaxial", Ku1: 1 },
    { type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.2, frequency: 0.1 / (10 * Math.PI) } }] },
  ],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 2000,
  time: { duration: 200 * Math.PI },
  observables: [{ type: "cycle", period: 100 * Math.PI }],
};

function figuresOf({ fokkerPlanck }: Result): CycleFigures {
  if (!fokkerPlanck) throw new Error("no exact side");
  return fokkerPlanck.observables[0] as unknown as CycleFigures;
}

describe("loops under a periodic drive", () => {
  it("may come after a million periods, since only the last is recorded", () => {
    const period = 100 * Math.PI;
    const long = { ...experiment, time: { duration: 1e6 * period, step: period / 32 } };
    const last = { ...experiment.observables[0], periods: 3 };
    const problem = readProblem({ ...long, observables: [last] });
    const [planned] = problem.observables as readonly PlannedCycle[];
    expect(planned.before).toBe(999_997);
    expect(planned.steps.at(-1)).toBe(problem.steps);
    // whereas what is recorded all along is limited, and the key is named that sets it
    const every = checkExperiment({ ...long, observables: [{ type: "trajectory", every: period }] });
    expect(!every.ok && every.problems.map(({ path }) => path)).toEqual(["observables.0.every"]);
    const beyond = checkExperiment({ ...experiment, observables: [{ type: "cycle", period: 1e4 }] });
    expect(!beyond.ok && beyond.problems[0].path).toBe("observables.0.period");
  });

  it("agree with the exact periodic state, after a start that is not settled too", async () => {
    const result = await run(
      { ...experiment, observables: [{ ...experiment.observables[0], periods: 2 }] },
      { backend: "wasm", threads: 1 },
    );
    const [found] = result.observables as CycleResult[];
    const tested = result.comparisons.filter(({ observable }) => observable.startsWith("cycle"));
    expect(tested.map(({ agrees }) => agrees)).toEqual([true, true]);
    expect(found.loop).toHaveLength(32);
    const { run: exact, settled } = figuresOf(result);
    // two periods from the top: the mean has not come down yet
    expect(exact?.mean).toBeGreaterThan(0.02);
    expect(Math.abs(settled?.mean ?? 1)).toBeLessThan(1e-6);
    expect(found.energyPerCycle).toBeGreaterThan(0);
  });

  it("have no susceptibilities in a period that holds the drive's twice", () => {
    const wave = (text: string) => fundamental(parse(text, { names: ["t"] }), 2 * Math.PI);
    expect(wave("3*cos(t + 0.5)").amplitude).toBeCloseTo(3, 12);
    expect(wave("3*cos(t + 0.5)").phase).toBeCloseTo(0.5, 12);
    expect(wave("exp(-sin(t)^2/0.0005)").amplitude).toBe(0);
    // a pulse of half a thousandth of the period: ∫ cos/π
    const width = 1e-3;
    expect(wave(`exp(-(sin(t/2)/${width})^2)`).amplitude).toBeCloseTo((2 * width) / Math.sqrt(Math.PI), 7);
  });

  it("are given without an ensemble, per volume and mass in SI units", () => {
    const volume = 4e-25;
    const result = fokkerPlanck({
      magnet: { Ms: 4.8e5, volume, alpha: 0.1, temperature: 300 },
      energies: [
        { type: "uniaxial", Ku1: 4e4 },
        { type: "zeeman", B_ext: [0, 0, { sine: { amplitude: 0.005, frequency: 1e6 } }] },
      ],
      time: { duration: 1e-6 },
      observables: [{ type: "cycle", period: 1e-6, massDensity: 5200 }],
    });
    const { settled } = figuresOf(result);
    const work = settled?.energyPerCycle ?? 0;
    expect(work).toBeGreaterThan(0);
    expect(settled?.powerPerVolume).toBeCloseTo((work * 1e6) / volume, -2);
    // the volume susceptibility over that of μB/kT is μ₀Ms²V/kT
    const ratio =
      (settled?.volumeSusceptibility?.[0].inPhase ?? 0) / (settled?.susceptibility?.[0].inPhase ?? 1);
    const expected = (1.25663706e-6 * 4.8e5 ** 2 * volume) / (1.380649e-23 * 300);
    expect(ratio / expected).toBeCloseTo(1, 6);
  });

  it("count the work of jumps and kinks of a drive, the ensemble as the exact side and as the area of the loop", async () => {
    const period = 100 * Math.PI;
    // the field is +0.2 in the first half of a period and −0.2 in the second
    const square = "0.2*(1 - 2*floor(1 - 0.5*sin(0.02*t)))";
    const clipped = "0.2*min(1, max(-1, 20*sin(0.02*t)))";
    const found = await Promise.all(
      [square, clipped].map((field) =>
        run(
          {
            ...experiment,
            energies: [experiment.energies[0], { type: "zeeman", B_ext: [0, 0, field] }],
            time: { duration: 2 * period },
          },
          { backend: "wasm", threads: 1 },
        ),
      ),
    );
    for (const result of found) {
      const tested = result.comparisons.filter(({ observable }) => observable.startsWith("cycle"));
      expect(tested.map(({ agrees }) => agrees)).toEqual([true, true]);
      const [{ energyPerCycle, energyPerCycleStandardError }] = result.observables as CycleResult[];
      const exact = figuresOf(result).run?.energyPerCycle ?? 0;
      expect(Math.abs((energyPerCycle ?? 0) - exact)).toBeLessThan(4 * (energyPerCycleStandardError ?? 0));
    }
    const [{ settled, loop, errorEstimate }] = found.map(figuresOf);
    // V = −2bm in units of ½MsVB_K, and b jumps at the start and in the middle of the period
    const area = 2 * 0.4 * ((loop?.[16] ?? 0) - (loop?.[0] ?? 0));
    expect(area).toBeGreaterThan(1);
    expect(Math.abs((settled?.energyPerCycle ?? 0) / area - 1)).toBeLessThan(1e-9);
    expect(errorEstimate).toBeLessThan(1e-4);
    // a square wave has a first harmonic of 4/π of it
    expect(fundamental(parse(square, { names: ["t"] }), period).amplitude).toBeCloseTo(0.8 / Math.PI, 8);
  });

  it("are those of the same drive in other functions: trains, floors of time, nested functions", () => {
    const half = 50 * Math.PI;
    const loopOf = (field: unknown) => {
      const energies = [experiment.energies[0], { type: "zeeman", B_ext: [0, 0, field] }];
      const { reason, ...figures } = figuresOf(
        fokkerPlanck({ ...experiment, energies, time: { duration: 4 * half } }),
      );
      expect(reason).toBeUndefined();
      return figures;
    };
    const known = loopOf("0.2*(1 - 2*floor(1 - 0.5*sin(0.02*t)))");
    for (const field of [
      { train: { amplitude: 0.2, base: -0.2, length: half, period: 2 * half, count: 2 } },
      "0.2*(1 - 2*(floor(t/(50*pi)) - 2*floor(t/(100*pi))))",
      "0.2*cos(pi*floor(t/(50*pi)))",
      "0.2*(1 - 2*floor(2*(t/(100*pi) - floor(t/(100*pi)))))",
    ]) {
      const found = loopOf(field);
      found.loop?.forEach((value, k) => {
        expect(Math.abs(value - (known.loop?.[k] ?? 0))).toBeLessThan(1e-5);
      });
      expect((found.settled?.energyPerCycle ?? 0) / (known.settled?.energyPerCycle ?? 1)).toBeCloseTo(1, 5);
      expect((found.run?.mean ?? 0) / (known.run?.mean ?? 1)).toBeCloseTo(1, 5);
    }
  });

  it("are refused where the period is not that of the drive", () => {
    const wrong = { ...experiment, observables: [{ type: "cycle", period: 90 * Math.PI }] };
    const { reason } = figuresOf(fokkerPlanck(wrong));
    expect(reason).toMatch(/could not be proved/);
  });

  it("of axes at random have their susceptibility in a field as weak as ξ = 0.01, averaged over the axes", () => {
    const [xi, frequency] = [0.01, 0.1 / (10 * Math.PI)];
    const sine = { amplitude: xi / 10, frequency, phase: Math.PI / 2 };
    const problem = readProblem({
      ...experiment,
      energies: [
        { type: "uniaxial", Ku1: 1, anisU: { distribution: "isotropic" } },
        { type: "zeeman", B_ext: [0, 0, { sine }] },
      ],
      initial: { type: "boltzmann" },
    });
    const [planned] = problem.observables as readonly PlannedCycle[];
    const { settled } = demand(exactCycle(planned, problem, demand(predict(problem))));
    // computed independently of this project
    expect(settled[1] / xi).toBeCloseTo(0.160804, 5);
    expect(settled[2] / xi).toBeCloseTo(0.118163, 5);
  });

  it("are averaged at the size of a loop of height 1, however weak the drive: errors are relative to the loop", () => {
    const sine = { amplitude: 1e-3, frequency: 0.1 };
    const problem = readProblem({
      magnet: { delta: 1, alpha: 1 },
      energies: [{ type: "zeeman", B_ext: [0, 0, { sine }] }],
      initial: { type: "boltzmann" },
      time: { duration: 10 },
      observables: [{ type: "cycle", period: 10 }],
    });
    const [planned] = problem.observables as readonly PlannedCycle[];
    const prediction = demand(predict(problem));
    const heightOf = (loop: readonly number[]) => Math.max(...loop) - Math.min(...loop);
    let [height, own] = [0, 0];
    const average: typeof prediction.average = (what, figuresOf, ...rest) => {
      const figures = figuresOf(prediction.typical);
      if (!("errors" in figures)) throw new Error("no errors of its own");
      height = heightOf(Array.from(figures.value).slice(0, planned.phases));
      own = figures.errors[0];
      return prediction.average(what, figuresOf, ...rest);
    };
    const { loop } = demand(exactCycle(planned, problem, { ...prediction, average }));
    expect(height).toBeCloseTo(1, 12);
    // two resolutions of it differ by a share of that height
    expect(own).toBeGreaterThan(1e-12);
    expect(own).toBeLessThan(1e-3);
    // the loop itself is as small as the drive
    expect(heightOf(loop)).toBeLessThan(2e-3);
  });

  it("are known relative to their size in a very weak field: the susceptibility of linear response", () => {
    const xi = 1e-5;
    const sine = { amplitude: xi / 10, frequency: 0.1 / (10 * Math.PI) };
    const problem = readProblem({
      ...experiment,
      energies: [experiment.energies[0], { type: "zeeman", B_ext: [0, 0, { sine }] }],
      initial: { type: "boltzmann" },
      time: { duration: 100 * Math.PI },
    });
    const [planned] = problem.observables as readonly PlannedCycle[];
    const { settled } = demand(exactCycle(planned, problem, demand(predict(problem))));
    // computed independently of this project
    expect(settled[1] / xi).toBeCloseTo(-0.350535, 5);
    expect(settled[2] / xi).toBeCloseTo(0.246715, 5);
  });

  it("take axes at random", () => {
    const checked = checkExperiment({
      ...experiment,
      energies: [{ type: "uniaxial", Ku1: 1, anisU: { distribution: "isotropic" } }, experiment.energies[1]],
    });
    expect(checked.ok).toBe(true);
    const cubic = { type: "cubic", Kc1: 1, anisC1: { distribution: "isotropic" } };
    const refused = checkExperiment({ ...experiment, energies: [cubic] });
    expect(refused.ok ? "" : refused.problems.map(({ rule }) => rule).join()).toMatch(
      /does not determine the other/,
    );
  });
});
