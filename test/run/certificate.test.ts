import { describe, expect, it } from "vitest";
import type { Problem } from "../../src/experiment/problem.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import type { ObservedMoments } from "../../src/observables/moments/count.ts";
import { compareObservations } from "../../src/run/partners.ts";
import { readProblem } from "../../src/run/run.ts";
import { certify } from "../../src/statistics/certificate.ts";
import { simulated } from "../with-ensemble.ts";

/** Two problems that should agree: what the ensemble runs, and what the exact side solves. */
async function verdict(stepped: Problem, solved: Problem) {
  const { observations } = await simulated(stepped);
  const prediction = predict(solved);
  if (prediction.value === null) throw new Error(prediction.reason);
  const nothing = { moments: 0, relative: 0 };
  return certify(compareObservations(stepped, observations, prediction.value, [], nothing)).certificate;
}

const relaxation = (changes: object = {}) => ({
  magnet: { delta: 4, alpha: 0.1 },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  initial: { type: "direction", m: [0, 0, 1] },
  ensemble: 200000,
  seed: 5,
  time: { duration: 60 },
  observables: [
    { type: "moments", times: 4 },
    { type: "histogram", of: "mz", bins: 40, times: [30, 60] },
  ],
  ...changes,
});

/** A torque along a tilted polarizer drives circulating currents: precession has a direction. */
const driven = (changes: object = {}) => ({
  magnet: { delta: 2.5, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  torques: [
    {
      type: "spinTransfer",
      dampingLike: 0.15,
      fieldLike: 0.06,
      polarizer: [Math.sin((50 * Math.PI) / 180), 0, Math.cos((50 * Math.PI) / 180)],
    },
  ],
  initial: { type: "uniform" },
  ensemble: 200000,
  seed: 6,
  time: { duration: 120 },
  observables: [
    { type: "moments", times: [120] },
    {
      type: "histogram",
      of: "map",
      bins: 12,
      times: [120],
    },
  ],
  ...changes,
});

describe("the certificate", () => {
  it("passes a correct relaxation", async () => {
    const problem = readProblem(relaxation());
    const certificate = await verdict(problem, problem);
    expect(certificate.reason).toBeUndefined();
    expect(certificate.passed).toBe(true);
    // four records of moments, one switched fraction, two histograms
    expect(certificate.checks.length).toBe(7);
  });

  it("fails a temperature that is wrong by two per cent", async () => {
    const certificate = await verdict(
      readProblem(relaxation()),
      readProblem(relaxation({ magnet: { delta: 4 / 1.02, alpha: 0.1 } })),
    );
    expect(certificate.passed).toBe(false);
  });

  it("judges histograms that many samples have gathered", async () => {
    const gathering = (temperature: number) =>
      readProblem(
        relaxation({
          magnet: { delta: 3 / temperature, alpha: 0.2 },
          ensemble: 20000,
          initial: { type: "boltzmann" },
          time: { duration: 100 },
          observables: [{ type: "histogram", of: "mz", bins: 20, every: 2 }],
        }),
      );
    expect((await verdict(gathering(1), gathering(1))).passed).toBe(true);
    expect((await verdict(gathering(1.05), gathering(1))).passed).toBe(false);
  });

  it("fails a Heun step that is too large, and passes a small one", async () => {
    const heun = (step: number) =>
      readProblem(relaxation({ time: { duration: 60, step, integrator: "heun" }, ensemble: 100000 }));
    expect((await verdict(heun(0.5), heun(0.5))).passed).toBe(false);
    expect((await verdict(heun(0.02), heun(0.02))).passed).toBe(true);
  });

  it("passes a driven steady state and fails it with the precession reversed", async () => {
    const problem = readProblem(driven());
    expect((await verdict(problem, problem)).passed).toBe(true);
    const { mul } = await import("../../src/expression/expression.ts");
    const reversed = {
      ...problem,
      dynamics: { ...problem.dynamics, omega: mul(-1, problem.dynamics.omega) },
    };
    expect((await verdict(problem, reversed)).passed).toBe(false);
  });

  it("finds the published mean of the driven steady state", async () => {
    // independent solution: ⟨m⟩ = (−0.083400, 0.117258, −0.793053)
    const problem = readProblem(
      driven({ time: { duration: 240 }, observables: [{ type: "moments", times: [240] }] }),
    );
    const { observations } = await simulated(problem);
    const { records } = observations[0] as ObservedMoments;
    const { m, mStandardError } = records[0].value;
    // 200 000 spins: four standard errors, and 3e-4 for the step
    [-0.0834, 0.117258, -0.793053].forEach((exact, i) => {
      expect(Math.abs(m[i] - exact)).toBeLessThan(4 * mStandardError[i] + 3e-4);
    });
  });
});
