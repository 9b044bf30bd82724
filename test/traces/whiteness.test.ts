import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { answerOf } from "../../src/traces/hidden-markov/answer.ts";
import { binAround } from "../../src/traces/hidden-markov/binned.ts";
import { slopes } from "../../src/traces/hidden-markov/maximize.ts";
import type { StretchedResponse } from "../../src/traces/hidden-markov/stretched-response.ts";
import { stretchedResponse } from "../../src/traces/hidden-markov/stretched-response.ts";
import type { Telegraph } from "../../src/traces/hidden-markov/telegraph.ts";
import { planWalk } from "../../src/traces/hidden-markov/trace-walk.ts";
import { whiteness } from "../../src/traces/hidden-markov/whiteness.ts";
import type { ColouredNoise } from "../../src/traces/instrument/coloured-noise.ts";
import { noiseOfIdleTrace, whitened } from "../../src/traces/instrument/coloured-noise.ts";
import { lowPass } from "../../src/traces/instrument/low-pass.ts";
import type { StepResponse } from "../../src/traces/instrument/step-response.ts";
import { delayOf } from "../../src/traces/instrument/step-response.ts";
import { seeded } from "../statistics/seeded.ts";
import { behindTwoPoles } from "./behind-instrument.ts";
import { synthetic } from "./synthetic.ts";

const sampleTime = 4e-10;
const seen = {
  sampleTime,
  dwell: [20e-9, 10e-9] as const,
  pole: (2 * Math.PI * 1.5e8) / Math.sqrt(Math.SQRT2 - 1),
  white: 0.08,
  slow: 0.15,
  samples: 4500,
};
const trace = behindTwoPoles({ ...seen, memory: 6, seed: 1 });
const idle = (memory: number): ColouredNoise =>
  noiseOfIdleTrace("idle", {
    values: memory === 6 ? trace.idle : behindTwoPoles({ ...seen, memory, seed: 1 }).idle,
    breaks: [],
  });

/** With the true rates and levels, so that nothing needs a fit. */
function readWith(response: StepResponse, noise: ColouredNoise) {
  const { values } = whitened({ values: trace.values, breaks: [] }, noise);
  const answer = answerOf(response, noise.coefficients, sampleTime, 1);
  const rates = [
    [0, 1 / 20e-9],
    [1 / 10e-9, 0],
  ];
  const variance = seen.white ** 2 + seen.slow ** 2;
  const telegraph = { levels: [0, 1], rates, noise: Math.sqrt(variance / noise.gain), pole: null };
  const binned = binAround(values, sampleTime, telegraph, [], answer);
  return {
    trace: binned,
    telegraph,
    delay: delayOf(response),
    instrument: { response, noise },
    averaging: 1,
  };
}
const behind = (response: StepResponse, noise: ColouredNoise) => whiteness(readWith(response, noise));

const right = lowPass("poles-2", 1.5e8);

it("samples behind the given response and noise are foreseen", () => {
  expect(behind(right, idle(6)).pValue).toBeGreaterThan(1e-3);
});

it("noise of another memory shows far from jumps too", () => {
  const { pValue, pValueWithin } = behind(right, idle(2));
  expect(pValue).toBeLessThan(1e-9);
  expect(pValueWithin as number).toBeLessThan(1e-4);
});

it("a response thrice as slow as the true one shows near jumps alone", () => {
  const { pValue, pValueWithin } = behind(lowPass("poles-2", 5e7), idle(6));
  expect(pValue).toBeLessThan(1e-6);
  expect(pValueWithin as number).toBeGreaterThan(1e-3);
});

it.each([
  ["twice as fast as", 3e8, true],
  ["as fast as", 1.5e8, false],
  ["two thirds as fast as", 1e8, true],
] as const)("a response %s the true one", (_, bandwidth, isWrong) => {
  const read = readWith(lowPass("poles-2", bandwidth), idle(6));
  const walk = planWalk(read.telegraph, read.trace);
  const evaluate = (of: Telegraph) => walk.likelihoods(of, 300);
  const free = { count: 2, freePole: false };
  const found = slopes(read.telegraph, free, evaluate(read.telegraph), evaluate);
  const maximum = { ...found, telegraph: read.telegraph, logLikelihood: 0, settled: true };
  const { pValue, factor } = stretchedResponse({ ...read, free, maximum }) as StretchedResponse;
  if (!isWrong) {
    expect(pValue).toBeGreaterThan(1e-3);
    return;
  }
  expect(pValue).toBeLessThan(1e-6);
  expect(factor > 1).toBe(bandwidth > 1.5e8);
  expect(Math.abs(Math.log(factor))).toBeGreaterThan(0.1);
});

/**
 * An overdamped particle in the potential h (x² − 1)² of depth h kT, in steps of a hundredth of its time in a well. Its dwells are not those
 * of a process that only jumps: it fluctuates in the wells and crosses back from the barrier.
 */
function particle(h: number, samples: number, noise: number): Float64Array {
  const random = seeded(5);
  const [step, perSample] = [0.01 / (8 * h), 60];
  let x = 1;
  return Float64Array.from({ length: samples }, () => {
    for (let i = 0; i < perSample; i++)
      x += -4 * h * x * (x * x - 1) * step + Math.sqrt(2 * step) * random.normal();
    return x + noise * random.normal();
  });
}

it("a particle over a low barrier is named, and the same noise on jumps is not", () => {
  const values = particle(4, 8000, 0.35);
  const { warnings } = analyseTrace({ values, breaks: [] }, values.length, 1e-9, { bandwidth: null });
  expect(warnings.join("\n")).toMatch(/does not follow the model.* also far from jumps.*crosses back soon/);
  const jumps = synthetic({
    samples: 8000,
    sampleTime: 1e-9,
    dwell: [40e-9, 40e-9],
    levels: [-1, 1],
    noise: 0.35,
    seed: 2,
  });
  const clean = analyseTrace({ values: jumps, breaks: [] }, jumps.length, 1e-9, { bandwidth: null });
  expect(clean.warnings).toEqual([]);
});
