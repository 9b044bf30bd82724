import { expect, it } from "vitest";
import { processorSeconds } from "../../src/cli/processor-seconds.ts";
import { budgetOf } from "../../src/fokker-planck/interruptible.ts";
import { patience } from "../../src/fokker-planck/spread-patience.ts";
import { Interrupted, spending, throwIfInterrupted } from "../../src/linear-algebra/interruption.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { fokkerPlanck } from "../../src/run/exact-alone.ts";

it("a budget ends what it pays for, and nothing else", () => {
  const budget = { seconds: 0.05, spent: 0 };
  expect(spending(budget, () => 7)).toBe(7);
  expect(() =>
    spending(budget, () => {
      for (;;) throwIfInterrupted();
    }),
  ).toThrow(Interrupted);
  expect(budget.spent).toBeGreaterThanOrEqual(0.05);
  // spent, it pays for nothing more; outside it nothing is stopped
  expect(() => spending(budget, () => 7)).toThrow(/used up its 0\.05 s/);
  throwIfInterrupted();
});

/** A cubic particle of low damping, whose layers take degrees that take minutes. */
const cubic = {
  magnet: { delta: 33, alpha: 0.0035 },
  energies: [{ type: "cubic", Kc1: 1, anisC1: [1, 0, 0], anisC2: [0, 1, 0] }],
  initial: { type: "well", m: [0, 0, 1] },
  time: { duration: 100, step: 0.1 },
  observables: [
    { type: "moments", times: 4 },
    { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
  ],
};

it("the exact side of one experiment ends within its seconds, and every figure that it has not reached says so", () => {
  const seconds = 2;
  const began = processorSeconds();
  const { fokkerPlanck: exact, fokkerPlanckReason } = fokkerPlanck({ ...cubic, exact: { seconds } });
  // between two places that look at the clock lies a factorization at the most
  expect(processorSeconds() - began).toBeLessThan(seconds + 3);
  const reasons = exact
    ? [exact.evolutionReason, exact.eigenvaluesReason, exact.twoStatesReason]
    : [fokkerPlanckReason];
  for (const reason of reasons) expect(reason).toMatch(/seconds/);
});

it("an average over spreads that the seconds left cannot pay is refused after two solutions, with what it would take", () => {
  const axes = { distribution: "isotropic" };
  const checked = checkExperiment({
    magnet: { delta: 5, alpha: 0.5 },
    energies: [{ type: "uniaxial", Ku1: 1, anisU: axes }],
    time: { duration: 1, step: 0.1 },
    exact: { seconds: 0.4 },
    observables: [],
  });
  if (!checked.ok) throw new Error("not an experiment");
  const problem = reduce(checked.experiment);
  const solve = (): void => {
    for (const began = processorSeconds(); processorSeconds() - began < 0.05; );
  };
  const taken = (mirrored: readonly number[], free: readonly number[]): number => {
    const budget = budgetOf(problem);
    budget.spent = 0;
    const timed = patience(problem, "survival", free, mirrored);
    let count = 0;
    spending(budget, () => {
      for (; count < 4; count++) timed(solve);
    });
    return count;
  };
  expect(() => taken([], [0, 1])).toThrow(/takes at least 13 solutions.*seconds: 1 under exact/);
  // one angle to an axis whose ends are alike takes four
  expect(taken([0], [0])).toBe(4);
});

/** A damping that is nothing beside the precession. */
const undamped = {
  magnet: { Ms: 1.3e7, volume: 4e-25, alpha: 4e-267, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 3.1e4 },
    { type: "zeeman", B_ext: [0.01, 0, { pulse: { amplitude: 0.05, start: 2e-9, length: 5e-9 } }] },
  ],
  initial: { type: "boltzmann" },
  time: { duration: 1.1e-10 },
  observables: [{ type: "moments", times: 2 }],
};

it("a damping that no degree resolves leaves the density that is known, with the reason for the rate", () => {
  const { fokkerPlanck: exact } = fokkerPlanck(undamped);
  expect(exact?.twoStatesReason).toContain("at this damping");
  // Boltzmann's, which the start has too; its energy is even in y and z
  expect(exact?.stationary?.m[0]).toBeGreaterThan(0.8);
  expect(exact?.evolution?.at(-1)?.m[0]).toBeCloseTo(exact?.stationary?.m[0] ?? 0, 12);
});

it("an operator that is singular in double precision is a reason, not a crash", () => {
  const { fokkerPlanck: exact, fokkerPlanckReason } = fokkerPlanck({
    ...undamped,
    torques: [{ type: "slonczewski", J: 1e-255, Pol: 0.4, FixedLayer: [1, 0, 0.3], thickness: 2e-9 }],
  });
  expect(exact).toBeNull();
  expect(fokkerPlanckReason).toContain("singular in double precision");
});
