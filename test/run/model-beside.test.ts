import { expect, it } from "vitest";
import { demand } from "../../src/fokker-planck/exact.ts";
import { dwellTimesFigure } from "../../src/report/dwell-times-figure.ts";
import { dwellLaw } from "../../src/run/dwell-law.ts";
import { exactQuantities } from "../../src/run/fit.ts";
import { modelBeside } from "../../src/run/model-beside.ts";
import { readProblem } from "../../src/run/read-problem.ts";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { synthetic } from "../traces/synthetic.ts";

const experiment = {
  magnet: { Ms: 8e5, volume: 4.14e-25, alpha: 0.1, temperature: 300 },
  energies: [{ type: "uniaxial", Ku1: 4e4, anisU: [0, 0, 1] }],
  torques: [{ type: "spinTransfer", dampingLike: 0, polarizer: [0, 0, 1] }],
  time: { duration: 2e-7 },
  observables: [{ type: "dwell", up: "mz > 0.5", down: "mz < -0.5" }],
};
const settings = { "torques.0.dampingLike": 0.002 };

it("the law of dwell times has the mean that is computed without it", () => {
  const { tau_up = 0, tau_down = 0 } = exactQuantities(readProblem(experiment, settings), [
    "tau_up",
    "tau_down",
  ]);
  // the mean of a time is the integral of its survival: trapezoids over the logarithm of time
  const times = Array.from({ length: 240 }, (_, i) => 1e-12 * 10 ** (i / 36));
  const { value, reason } = dwellLaw(experiment, settings, times);
  if (!value) throw new Error(reason);
  for (const [survival, mean] of [
    [demand(value.up), tau_up],
    [demand(value.down), tau_down],
  ] as const) {
    const integral = times.reduce(
      (sum, t, i) =>
        i === 0
          ? t
          : sum + 0.5 * (survival[i] * t + survival[i - 1] * times[i - 1]) * Math.log(t / times[i - 1]),
      0,
    );
    expect(Math.abs(integral / mean - 1)).toBeLessThan(0.01);
  }
});

it("a model says at every measurement what it gives there, or why it gives nothing", () => {
  const measured = { value: 1e-8, error: 1e-9 };
  const { values } = modelBeside(experiment, { settings, values: { tau_up: measured } });
  expect(values).toEqual(exactQuantities(readProblem(experiment, settings), ["tau_up"]));
  const wrong = modelBeside(experiment, { settings: { "magnet.colour": 1 }, values: { tau_up: measured } });
  expect(wrong.values).toEqual({});
  expect(wrong.reason).toMatch(/colour/);
  const { observables: _, ...without } = experiment;
  expect(modelBeside(without, { settings, values: { tau_up: measured } }).reason).toMatch(
    /no dwell observable/,
  );
  expect(dwellLaw(without, settings, [1e-9]).reason).toMatch(
    /no observable of the experiment defines up and down/,
  );
  const unlike = { mean: 4e4, deviation: 2e3, distribution: "normal" };
  const spread = { ...experiment, energies: [{ type: "uniaxial", Ku1: unlike }] };
  expect(dwellLaw(spread, settings, [1e-9]).reason).toMatch(/spread/);
});

it("dwell times are drawn as probability per decade, with the laws taken over the same bins", () => {
  const values = synthetic({
    samples: 60_000,
    sampleTime: 1e-9,
    dwell: [20e-9, 10e-9],
    levels: [0, 1],
    noise: 0.1,
    seed: 21,
  });
  const analysis = analyseTrace({ values, breaks: [] }, values.length, 1e-9, { bandwidth: null });
  const { perLevel, dwellTimes } = analysis;
  const own = (s: number) => dwellTimes[s].edges.map((t) => Math.exp(-t / perLevel[s].mean));
  const [figure] = dwellTimesFigure(analysis, { up: own(1), down: own(0) });
  const of = (name: string) => {
    const trace = figure.data.find((one) => one.name === name) as unknown as { y: number[] };
    return trace.y.reduce((sum, y) => sum + y / 8, 0);
  };
  for (const [s, name] of ["down", "up"].entries()) {
    const { mean } = perLevel[s];
    const { shortest, edges } = dwellTimes[s];
    // eight bins a decade: the sum over bins is what lasts longer than the shortest
    expect(of(name)).toBeCloseTo(Math.exp(-shortest / mean), 12);
    const beyond = Math.exp(-shortest / mean) - Math.exp(-edges[edges.length - 1] / mean);
    expect(of(`${name}, fitted`)).toBeCloseTo(beyond, 12);
    expect(of(`${name}, exact`)).toBeCloseTo(beyond, 12);
  }
  expect(dwellTimesFigure(analysis, { up: [], down: [], reason: "no axis" })[0].caption).toMatch(
    /No exact law of the experiment: no axis\.$/,
  );
});
