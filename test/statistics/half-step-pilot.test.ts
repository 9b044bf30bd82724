import { describe, expect, it } from "vitest";
import { randomTransient } from "../../scripts/step-promise/draw.ts";
import { demand } from "../../src/fokker-planck/index.ts";
import { readProblem, withCheckedStep } from "../../src/run/run.ts";
import { decidedPilot } from "../../src/statistics/decided-pilot.ts";
import type { Pilot } from "../../src/statistics/half-step-pilot.ts";
import { foundBias, halfStepPilot } from "../../src/statistics/half-step-pilot.ts";
import { promisedBias } from "../../src/statistics/promised-bias.ts";

/**
 * A magnet of barrier 2e4 kT that rings down in a field along z from the equator: practically without noise. By splitting, whose
 * phase is that of a Cayley rotation; the automatic scheme has no such error.
 */
const ringing = (step: number | "auto", times: readonly number[], more: object = {}) =>
  readProblem({
    magnet: { delta: 2e4, alpha: 0.05 },
    energies: [{ type: "zeeman", B_ext: [0, 0, 1] }],
    initial: { type: "direction", m: [1, 0, 0] },
    ensemble: 100,
    time: { duration: 40, step, integrator: "splitting" },
    observables: [{ type: "moments", times }],
    compare: "none",
    ...more,
  });

describe("a pilot of whole and half steps", () => {
  it("sees the phase error of a Cayley rotation", () => {
    // m turns at γB = 1 in reduced units by 2 arctan(h/2) a step instead of h; m_z = tanh(αt)
    const [h, t, alpha] = [0.2, 10, 0.05];
    const phase = (step: number): number => (t / step) * 2 * Math.atan(step / 2);
    const perpendicular = 1 / Math.cosh(alpha * t);
    const expected = ["cos", "sin"].map((f) =>
      Math.abs(perpendicular * (Math[f as "cos"](phase(h)) - Math[f as "cos"](phase(h / 2)))),
    );
    const found = demand(halfStepPilot(ringing(h, [t])));
    // products of components move too: m_x m_y at half the turn; the largest of the nine is told, within the damping's own error
    const turned = (step: number, f: "cos" | "sin"): number =>
      (perpendicular ** 2 / 2) * Math[f](2 * phase(step));
    const products = (["cos", "sin"] as const).map((f) => Math.abs(turned(h, f) - turned(h / 2, f)));
    const largest = Math.max(...expected, ...products);
    expect(Math.abs(found.difference / largest - 1)).toBeLessThan(0.05);
    expect(found.bias).toBeCloseTo((4 / 3) * found.difference, 12);
  });

  it("is repeated with more spins where its error leaves open whether a limit is kept, and nowhere else", () => {
    const noisy = ringing(0.2, [5], {
      magnet: { delta: 5, alpha: 0.5 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      ensemble: 1_000_000,
    });
    const quick = demand(halfStepPilot(noisy));
    const decided = (limit: number, problem = noisy) => demand(decidedPilot(problem, limit));
    const bound = ({ all }: Pilot, errors: number): number =>
      Math.max(
        ...all
          .filter(({ bias, biasError }) => Math.abs(bias) > errors * biasError)
          .map(({ bias, biasError }) => Math.abs(bias) + 2 * biasError),
      );
    const most = bound(quick, 1);
    expect(decided(1.01 * most).effort).toBe(1);
    const repeated = decided(0.9 * most);
    expect(repeated.effort).toBe(8);
    expect(repeated.spins).toBeGreaterThan(6 * quick.spins);
    expect(repeated.biasError).toBeLessThan(quick.biasError / 2);
    // more spins would not help
    const least = Math.min(...quick.all.map(({ biasError }) => biasError));
    expect(decided(least / 9).effort).toBe(1);
  });

  it("is repeated once more if that is not enough, but not for an ensemble that sees less than its pilot", () => {
    const { experiment } = randomTransient(39);
    const effortOf = (ensemble: number): number => {
      const problem = { ...readProblem(experiment), ensemble };
      return demand(decidedPilot(problem, 1e-3)).effort;
    };
    expect(effortOf(10_000)).toBe(32);
    expect(effortOf(2_100)).toBe(8);
    expect(effortOf(2_000)).toBe(1);
  });

  it("decides by every moment, not by that which exceeds its error most", () => {
    // the quick pilot's largest excess is a tenth of the limit, and another moment has 1.5 times the limit
    const { experiment } = randomTransient(37);
    const problem = readProblem(experiment);
    const { moments } = promisedBias(problem);
    const quick = demand(halfStepPilot(problem));
    expect(quick.bias + 2 * quick.biasError).toBeLessThan(moments);
    expect(foundBias(demand(decidedPilot(problem, moments)))).toBeGreaterThan(moments);
  });

  it("at twice the step adds to what is known of the step, as long as the two agree", () => {
    const known = (seed: number) => readProblem(randomTransient(seed).experiment);
    // a bias of more than twice the limit, of which a pilot at the step itself knows too little
    const slow = known(23);
    const { moments } = promisedBias(slow);
    expect(foundBias(demand(halfStepPilot(slow, { effort: 8 })))).toBeLessThan(moments);
    const decided = demand(decidedPilot(slow, moments));
    expect(decided.stretch).toBe(2);
    expect(foundBias(decided)).toBeGreaterThan(1.5 * moments);
    const sharp = demand(halfStepPilot({ ...slow, seed: 1 }, { effort: 16 }));
    expect(Math.abs(decided.bias - sharp.bias)).toBeLessThan(
      4 * Math.hypot(decided.biasError, sharp.biasError),
    );
    // at twice this step the scheme is far from its order
    const coarse = known(37);
    expect(foundBias(demand(halfStepPilot(coarse, { effort: 8, stretch: 2 })))).toBeGreaterThan(5e-3);
    expect(demand(decidedPilot(coarse, 2e-3))).toMatchObject({ stretch: 1 });
  });

  it("has an error that belongs to the difference, not to the moments", () => {
    const found = demand(
      halfStepPilot(
        ringing(0.1, [5], {
          magnet: { delta: 20, alpha: 0.05 },
          energies: [{ type: "zeeman", B_ext: [0, 0, 1] }],
        }),
      ),
    );
    expect(found.standardError).toBeLessThan(0.1 / Math.sqrt(found.spins));
  });

  it("shortens the automatic step of a ring-down, and looks at driven and spread problems", () => {
    const rule = ringing("auto", [5, 10, 20], {
      time: { duration: 40, step: "auto", integrator: "splitting" },
    });
    const sound = withCheckedStep(rule).problem;
    // γBh²t/12 · sech(αt) at t = 20 is 1e-3 at h = 0.03
    expect(sound.timeStep).toBeLessThan(0.035);
    expect(sound.timeStep).toBeGreaterThan(0.02);
  });

  it("takes drives and spreads as they are", () => {
    // the same phase error per step: frequencies differ by a tenth at most, so the differences do too
    const plain = demand(halfStepPilot(ringing(0.2, [10]))).difference;
    const spread = ringing(0.2, [10], {
      magnet: { delta: 2e4, alpha: { mean: 0.05, deviation: 0.001, distribution: "normal" } },
    });
    const driven = ringing(0.2, [10], {
      energies: [{ type: "zeeman", B_ext: [0, 0, "1 + 0.02 * sin(0.1 * t)"] }],
    });
    for (const problem of [spread, driven])
      expect(Math.abs(demand(halfStepPilot(problem)).difference / plain - 1)).toBeLessThan(0.3);
  });

  it("has no more spins than the ensemble where each one's start needs a search of its own", () => {
    const spins = (more: object): number => {
      const energies = [{ type: "uniaxial", Ku1: 1 }];
      const magnet = { delta: 20, alpha: 0.05 };
      return demand(
        halfStepPilot(ringing(0.2, [1], { magnet, energies, initial: { type: "boltzmann" }, ...more })),
      ).spins;
    };
    const delta = { mean: 20, deviation: 2, distribution: "normal" };
    expect(spins({ magnet: { delta, alpha: 0.05 } })).toBe(100);
    expect(spins({ magnet: { delta, alpha: 0.05 }, ensemble: 10 })).toBe(24);
    expect(spins({})).toBe(2048);
  });

  it("says that it sees nothing where nothing is recorded", () => {
    expect(halfStepPilot(ringing(0.2, [10], { observables: [] })).reason).toMatch(/no moments are recorded/);
  });
});

describe("a step that may be longer than the rule", () => {
  const resting = (observables: readonly object[]) =>
    readProblem({
      magnet: { delta: 5, alpha: 0.1 },
      energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
      initial: { type: "boltzmann" },
      ensemble: 1000,
      time: { duration: 100, step: "auto" },
      observables,
    });

  it("grows where the start is stationary and all biases are known to be small", () => {
    const problem = resting([{ type: "moments", times: 4 }]);
    const grown = withCheckedStep(problem, undefined, true).problem;
    expect(grown.timeStep).toBeGreaterThan(2.5 * problem.timeStep);
    // 0.8 over the largest rate
    expect(grown.timeStep).toBeLessThanOrEqual(4 * problem.timeStepLimit);
    expect(grown.warnings).toEqual([]);
    expect(withCheckedStep(problem).problem.timeStep).toBe(problem.timeStep);
  });

  it("keeps the rule where every step is looked at", () => {
    const problem = resting([
      { type: "moments", times: 4 },
      { type: "firstPassage", until: "mz < -0.5" },
    ]);
    expect(withCheckedStep(problem, undefined, true).problem.timeStep).toBe(problem.timeStep);
  });
});
