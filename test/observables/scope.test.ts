import { describe, expect, it } from "vitest";
import { constant } from "../../src/expression/expression.ts";
import { checkExperiment } from "../../src/observables/experiment.ts";
import type { Scope } from "../../src/observables/trajectory/scope.ts";
import { sampled } from "../../src/observables/trajectory/scope.ts";
import type { Result } from "../../src/result.ts";
import { run } from "../../src/run/run.ts";
import { analyseTrace } from "../../src/traces/analyse.ts";

const plain: Scope = { of: constant(0), quantity: "mz", bandwidth: null, noise: 0, converter: null };
const channel = { seed: 1, spin: 0, name: "trajectory" };
const even = (count: number, step: number): number[] => Array.from({ length: count }, (_, i) => i * step);

describe("an instrument", () => {
  it("follows a ramp one time constant behind, and a sine by its pole", () => {
    const pole = 2 * Math.PI * 1e6;
    const times = even(400, 1e-8);
    const ramp = sampled(
      times.map((t) => 3 * t),
      times,
      { ...plain, bandwidth: 1e6 },
      channel,
    );
    // from rest: 3 (t − (1 − e^(−pt))/p), on straight lines to rounding
    times.forEach((t, i) => {
      expect(ramp[i]).toBeCloseTo(3 * (t + Math.expm1(-pole * t) / pole), 18);
    });
    const omega = 2 * Math.PI * 5e5;
    const sine = sampled(
      times.map((t) => Math.sin(omega * t)),
      times,
      { ...plain, bandwidth: 1e6 },
      channel,
    );
    // |H| = 1/√(1 + ω²/p²), arg H = −arctan ω/p, once the start is forgotten; straight lines miss ω² step²/12
    const [gain, phase] = [1 / Math.hypot(1, omega / pole), Math.atan(omega / pole)];
    for (let i = 200; i < 400; i++)
      expect(Math.abs(sine[i] - gain * Math.sin(omega * times[i] - phase))).toBeLessThan(
        1.1 * ((omega * 1e-8) ** 2 / 12) + 1e-5,
      );
  });

  it("adds white noise of its own to every sample, spin and instrument", () => {
    const times = even(40_000, 1);
    const zero = times.map(() => 0);
    const of = (spin: number, name: string) =>
      sampled(zero, times, { ...plain, noise: 0.5 }, { seed: 3, spin, name });
    const traces = [of(0, "a"), of(1, "a"), of(0, "b")];
    const product = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, x, i) => sum + x * b[i], 0) / a.length;
    traces.forEach((one, i) => {
      expect(product(one, one) / 0.25).toBeCloseTo(1, 1);
      expect(Math.abs(product(one.slice(1), one.slice(0, -1)))).toBeLessThan(4 * 0.25 * 0.005);
      for (const other of traces.slice(i + 1))
        expect(Math.abs(product(one, other))).toBeLessThan(4 * 0.25 * 0.005);
    });
    expect(of(0, "a")).toEqual(traces[0]);
  });

  it("rounds to the levels of its converter and stays in its range", () => {
    const values = [-2, -0.51, -0.49, 0, 0.2, 0.9, 7];
    const converter = { bits: 2, range: [-1, 0.5] } as const;
    expect(sampled(values, even(7, 1), { ...plain, converter }, channel)).toEqual([
      -1, -0.5, -0.5, 0, 0, 0.5, 0.5,
    ]);
  });

  it("is refused where it has nothing to measure or half a converter", () => {
    const problems = (instrument: object): string[] => {
      const checked = checkExperiment({
        magnet: { delta: 4, alpha: 0.1 },
        energies: [{ type: "uniaxial", Ku1: 1 }],
        initial: { type: "boltzmann" },
        time: { duration: 10 },
        observables: [{ type: "trajectory", every: 1, instrument }],
      });
      return checked.ok ? [] : checked.problems.map(({ path }) => path);
    };
    expect(problems({ of: "mz", noise: 0.1 })).toEqual([]);
    expect(problems({ noise: 0.1 })).toEqual(["observables.0.instrument.of"]);
    expect(problems({ of: "mz", bits: 8 })).toEqual(["observables.0.instrument.range"]);
    expect(problems({ of: "mz", bits: 8, range: [1, -1] })).toEqual(["observables.0.instrument.range"]);
    expect(problems({ of: "mz", bandwidth: 0 })).toEqual(["observables.0.instrument.bandwidth"]);
  });
});

it("traces of a simulated junction give the exact dwell times back", async () => {
  const result: Result = await run(
    {
      magnet: { delta: 5, alpha: 0.5 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      readout: { parallel: 1000, antiparallel: 2000, reference: [0, 0, 1] },
      initial: { type: "boltzmann" },
      ensemble: 2,
      seed: 4,
      time: { duration: 40_000 },
      observables: [
        { type: "trajectory", spins: 1, every: 2, instrument: { noise: 120, bits: 8, range: [0, 3000] } },
        { type: "dwell", up: "mz > 0.5", down: "mz < -0.5" },
      ],
    },
    { backend: "wasm" },
  );
  const [trajectory] = result.observables as unknown as { signal: number[][]; signalOf: string }[];
  expect(trajectory.signalOf).toBe("resistance");
  const values = Float64Array.from(trajectory.signal[0]);
  const { dwell } = analyseTrace({ values, breaks: [] }, values.length, 2, { bandwidth: null, levels: 2 });
  const exact = result.fokkerPlanck?.twoStates?.up.rate as number;
  for (const { mean, standardError } of [dwell.up, dwell.down])
    expect(Math.abs(Math.log(mean * exact))).toBeLessThan((3.3 * standardError) / mean);
  expect(dwell.up.standardError / dwell.up.mean).toBeLessThan(0.12);
}, 60_000);
