import { describe, expect, it } from "vitest";
import { exactQuantities, fitExperiment } from "../../src/run/fit.ts";
import { readProblem } from "../../src/run/read-problem.ts";
import { measurementsOf } from "../../src/run/tau-table.ts";
import { fitTraceLikelihood } from "../../src/run/trace-likelihood-fit.ts";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "../traces/synthetic.ts";

const field = "energies.1.B_ext.2";
const free = ["torques.0.parameters.c1", "torques.0.parameters.c2"];
const truth = [1.6e8, -2.4e8];
const model = {
  magnet: { Ms: 8.0e5, volume: 2.2e-25, alpha: 0.1, temperature: 300 },
  energies: [
    { type: "uniaxial", Ku1: 6.0e4, anisU: [0, 0, 1] },
    { type: "zeeman", B_ext: [0, 0, 0] },
  ],
  torques: [{ type: "potential", chi: "c1*mz + c2*mz^2", parameters: { c1: 1.4e8, c2: -2e8 } }],
  initial: { type: "boltzmann" },
  time: { duration: 1e-8 },
  observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
};

/** Traces at three fields, with so many of the longest dwells each; the pole is known. */
function traces(dwells: number, bandwidth: boolean, seed: number, isTurned = false) {
  return [-0.02, 0, 0.02].map((at, i) => {
    const problem = readProblem(model, { [field]: at, [free[0]]: truth[0], [free[1]]: truth[1] });
    const { tau_up, tau_down } = exactQuantities(problem, ["tau_up", "tau_down"]) as {
      tau_up: number;
      tau_down: number;
    };
    const [short, long] = [Math.min(tau_up, tau_down), Math.max(tau_up, tau_down)];
    const sampleTime = short / 8;
    const hertz = bandwidth ? 2 / short : undefined;
    const samples = Math.ceil((dwells * long) / sampleTime);
    const values = synthetic({
      samples,
      sampleTime,
      dwell: isTurned ? [tau_up, tau_down] : [tau_down, tau_up],
      levels: [0, 1],
      noise: 0.3,
      seed: seed + i,
      ...(hertz === undefined ? {} : { bandwidth: hertz }),
    });
    const analysis = analyseTrace({ values, breaks: [] }, samples, sampleTime, {
      bandwidth: hertz ?? null,
      keepsTrace: true,
      ...(isTurned ? { up: "lowest" } : {}),
    });
    return { file: "", column: `${i}`, unit: "", setting: { name: field, value: at }, analysis };
  });
}
type Traces = ReturnType<typeof traces>;
const kept = (of: Traces) =>
  of.map(({ setting, analysis }) => {
    if (!analysis.kept) throw new Error("the trace was to be kept");
    return { ...analysis.kept, settings: { [setting.name]: setting.value } };
  });

describe("a fit to the traces themselves", () => {
  it("behind a pole finds the coefficients of χ, and accepts the right model", () => {
    const measured = traces(25, true, 20);
    const found = fitTraceLikelihood(model, kept(measured), free, [1.3e8, -2e8]);
    expect(found.settled).toBe(true);
    truth.forEach((value, k) => {
      expect(Math.abs(found.values[k] - value)).toBeLessThan(3 * found.standardErrors[k]);
    });
    expect(found.ratio.degreesOfFreedom).toBe(4);
    expect(found.ratio.pValue as number).toBeGreaterThan(1e-3);
  });

  it("finds what a fit to the dwell times finds, with the same errors, from any start", () => {
    const measured = traces(50, false, 20);
    const rates = fitExperiment(model, measurementsOf(measured), free);
    const from = (shift: number) =>
      fitTraceLikelihood(
        model,
        kept(measured),
        free,
        rates.values.map((value, k) => value + shift * (rates.standardErrors[k] as number)),
      );
    const [found, again] = [from(4), from(-2)];
    expect(again.logLikelihood).toBeCloseTo(found.logLikelihood, 1);
    found.values.forEach((value, k) => {
      const error = rates.standardErrors[k] as number;
      expect(Math.abs(value - truth[k])).toBeLessThan(3 * found.standardErrors[k]);
      expect(found.standardErrors[k] / error).toBeGreaterThan(0.8);
      expect(found.standardErrors[k] / error).toBeLessThan(1.25);
      expect(Math.abs(value - rates.values[k])).toBeLessThan(error);
    });
  });

  it("finds the same where the lowest level of the traces is up", () => {
    const found = fitTraceLikelihood(model, kept(traces(50, false, 20, true)), free, [1.3e8, -2e8]);
    truth.forEach((value, k) => {
      expect(Math.abs(found.values[k] - value)).toBeLessThan(3 * found.standardErrors[k]);
    });
    expect(found.ratio.pValue as number).toBeGreaterThan(1e-3);
  });

  it("rejects a model that lacks a harmonic", () => {
    const measured = traces(150, false, 30);
    const poor = { ...model, torques: [{ ...model.torques[0], parameters: { c1: 1.6e8, c2: 0 } }] };
    const found = fitTraceLikelihood(poor, kept(measured), [free[0]], [1.6e8]);
    expect(found.ratio.degreesOfFreedom).toBe(5);
    expect(found.ratio.pValue as number).toBeLessThan(1e-6);
  });

  it("refuses traces of three levels", () => {
    const [one] = kept(traces(20, false, 5));
    const three = { ...one, telegraph: { ...one.telegraph, levels: [0, 1, 2] } };
    expect(() => fitTraceLikelihood(model, [three], free, truth)).toThrow("two levels");
  });
});
