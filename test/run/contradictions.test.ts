import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { mul } from "../../src/expression/expression.ts";
import { reportHtml } from "../../src/report/report.ts";
import { comparedResult, provenanceOf, readProblem } from "../../src/run/run.ts";
import { guardedProbability } from "../../src/statistics/guard.ts";
import { simulated } from "../with-ensemble.ts";

/** What an ensemble of one problem would be told beside the exact side of another. */
async function resultOf(stepped: Problem, solved: Problem) {
  const rest = { backend: "wasm", adapter: "", precision: "float32" } as const;
  const speed = { spinSteps: 1, wallSeconds: 1, spinStepsPerSecond: 1 };
  return comparedResult(solved, provenanceOf(solved, { ...rest, ...speed }), await simulated(stepped));
}

it("fails what contradicts though no test could be made of anything, and says so everywhere", async () => {
  // many spins start near the rim, and dyadic variates are asked for: no test is made; the run is too short for one of the equation of motion
  const problem = readProblem({
    magnet: { delta: 1, alpha: 0.3 },
    energies: [{ type: "uniaxial", Ku1: 1 }],
    initial: { type: "boltzmann" },
    ensemble: 20_000,
    time: { duration: 2, variates: "dyadic" },
    observables: [{ type: "firstPassage", until: "mz < -0.2" }],
  });
  const { psi, omega, diffusion } = problem.dynamics;
  const hot = { ...problem, dynamics: { psi, omega, diffusion: mul(1.5, diffusion) } };
  const wrong = await resultOf(hot, problem);
  expect(wrong.certificate?.passed).toBe(false);
  expect(wrong.certificateReason).toBeUndefined();
  expect(wrong.comparisons.every(({ pValue }) => pValue === null)).toBe(true);
  const standings = wrong.figures.map(({ name, standing }) => [name.split(",")[0], standing]);
  expect(standings).toContainEqual(["mean first passage", "contradicts"]);
  expect(wrong.certificate?.reason).toMatch(/nothing could be compared.*dyadic.*mean first passage/);
  expect(summary(wrong)).toMatch(/CONTRADICTS.*\n[\s\S]*CERTIFICATE FAILED/);
  expect(reportHtml(wrong, "")).toMatch(/certificate failed/);
});

it("guards by errors no more than few events allow", () => {
  const mean = (events: number, expected: number) => ({
    value: 1 / events,
    exact: 1 / expected,
    standardError: 1 / events ** 1.5,
  });
  // doubled tails of the Poisson law: 0.029, 1e-4, 3e-6
  expect(guardedProbability(mean(3, 0.5), 1e6)).toBeGreaterThan(0.029);
  expect(guardedProbability(mean(40, 20), 1e6)).toBeGreaterThan(5e-5);
  expect(guardedProbability(mean(100, 60), 1e6)).toBeGreaterThan(3e-7);
  expect(guardedProbability(mean(400, 200), 1e6)).toBeLessThan(1e-12);
  // five standard errors of a large sample, and of five spins
  expect(guardedProbability({ value: 1, exact: 0.5, standardError: 0.1 }, 1e6)).toBeLessThan(0.01);
  expect(guardedProbability({ value: 10, exact: 9.5, standardError: 0.1 }, 1e6)).toBeLessThan(1e-5);
  expect(guardedProbability({ value: 10, exact: 9.5, standardError: 0.1 }, 5)).toBeGreaterThan(0.05);
  expect(guardedProbability({ value: 1, exact: 0.5, standardError: 0 }, 1e6)).toBeNull();
});
