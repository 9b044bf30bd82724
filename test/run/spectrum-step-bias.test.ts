import { expect, it } from "vitest";
import { chooseSteps } from "../../src/experiment/steps.ts";
import type { PlannedSpectrum } from "../../src/observables/spectrum/spec.ts";
import type { SpectrumStepBias } from "../../src/observables/spectrum/step-bias.ts";
import { spectrumStepBias } from "../../src/observables/spectrum/step-bias.ts";
import { predictionOf, readProblem, run, withCheckedStep } from "../../src/run/run.ts";

const biasOf = (problem: ReturnType<typeof readProblem>): SpectrumStepBias => {
  const [planned] = problem.observables as readonly PlannedSpectrum[];
  const prediction = predictionOf(problem).value;
  if (!prediction) throw new Error("a spectrum with an exact side expected");
  const { value, reason } = spectrumStepBias(problem, prediction, planned);
  if (!value) throw new Error(reason);
  return value;
};

const resonance = (time: object, more: object = {}) =>
  readProblem({
    magnet: { delta: 40, alpha: 0.05 },
    energies: [{ type: "zeeman", B_ext: [0, 0, 1] }],
    initial: { type: "boltzmann" },
    ensemble: 2000,
    time: { duration: 300, ...time },
    observables: [{ type: "spectrum", of: "mx", sampleEvery: 0.4 }],
    ...more,
  });

it("knows the phase that Cayley rotations lose about a field", () => {
  // they turn by h (1 − h²/12): the autocovariance is off by e^{−ατ} h²τ/12 at most, h²/(12 e α) of the variance at τ = 1/α
  for (const step of [0.1, 0.2]) {
    const { covariance } = biasOf(resonance({ step, integrator: "splitting" }));
    const expected = step ** 2 / (12 * Math.E * 0.05);
    expect(Math.abs(covariance / expected - 1)).toBeLessThan(0.06);
  }
  expect(biasOf(resonance({ step: 0.2, integrator: "magnus" })).covariance).toBeLessThan(2e-4);
});

it("keeps the promise for spectra and autocovariances by the step", () => {
  for (const integrator of ["splitting", "auto"]) {
    const { problem } = withCheckedStep(resonance({ integrator }));
    const bias = biasOf(problem);
    expect(bias.covariance).toBeLessThanOrEqual(5e-4);
    expect(bias.band < 3e-4 || bias.standardErrors <= 0.2).toBe(true);
    expect(problem.warnings).toEqual([]);
  }
});

it("is what a simulation has", async () => {
  // splitting at 0.4: the spectrum is moved by far more than its errors, and the autocovariance by the computed amount
  const { experiment } = resonance({ step: 0.4, integrator: "splitting" }, { ensemble: 500 });
  const result = await run(experiment, { backend: "wasm" });
  const [found] = result.observables;
  const exact = result.fokkerPlanck?.spectrum;
  if (found.type !== "spectrum" || !exact?.autocorrelation || !exact.variance || !found.autocorrelation)
    throw new Error("spectra expected");
  const { variance, autocorrelation } = exact;
  const predicted = result.timeStepBias?.spectra?.[0].covariance ?? 0;
  const off = found.autocorrelation.value.map((c, j) => Math.abs(c - autocorrelation.value[j]));
  const j = off.indexOf(Math.max(...off));
  // of first order in the step's error; five standard errors
  expect(Math.abs(off[j] / variance - predicted)).toBeLessThan(
    0.1 * predicted + (5 * found.autocorrelation.standardError[j]) / variance,
  );
  expect(result.certificate?.passed).toBe(false);
});

it("divides the interval of a spectrum, whatever else is asked for", () => {
  const duration = 30;
  for (const interval of [0.1238, 0.37, 0.5, 1.7])
    for (const asked of [[7], [1.234, 5.678], [{ every: 0.7 }], []]) {
      const { timeStep, count } = chooseSteps(duration, 0.2, [{ every: interval }, ...asked], [interval]);
      expect(Math.abs(interval / timeStep - Math.round(interval / timeStep))).toBeLessThan(1e-8);
      expect(timeStep).toBeLessThanOrEqual(0.2);
      expect(Math.abs(count * timeStep - duration)).toBeLessThanOrEqual(timeStep / 2);
    }
  const changed = resonance(
    { step: 0.15 },
    { observables: [{ type: "spectrum", of: "mx", sampleEvery: 0.4 }] },
  );
  expect(changed.warnings.join()).toMatch(/the sampling interval 0\.4 .*0\.45/);
});
