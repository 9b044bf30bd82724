import { describe, expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { answerOf } from "../../src/traces/hidden-markov/answer.ts";
import { binTrace } from "../../src/traces/hidden-markov/binned.ts";
import { planGrid } from "../../src/traces/hidden-markov/flow-grid.ts";
import { followedLikelihoods } from "../../src/traces/hidden-markov/followed.ts";
import { planHistories } from "../../src/traces/hidden-markov/history-plan.ts";
import { blockLikelihoods, prepare } from "../../src/traces/hidden-markov/likelihood.ts";
import { noiseOfIdleTrace, noiseOfSpectrum } from "../../src/traces/instrument/coloured-noise.ts";
import { lowPass } from "../../src/traces/instrument/low-pass.ts";
import type { StepResponse } from "../../src/traces/instrument/step-response.ts";
import { delayOf, measuredResponse, respondedAt } from "../../src/traces/instrument/step-response.ts";
import { averaged } from "../../src/traces/stretches.ts";
import { TraceError } from "../../src/traces/trace-error.ts";
import { behindTwoPoles } from "./behind-instrument.ts";
import { synthetic } from "./synthetic.ts";

const whole = (values: Float64Array) => ({ values, breaks: [] });
const truth = [20e-9, 10e-9] as const;

/** |H| at a frequency, from the rises of the step response. */
function gainAt({ times, values }: StepResponse, frequency: number): number {
  let [re, im] = [0, 0];
  for (let i = 1; i < times.length; i++) {
    const angle = Math.PI * frequency * (times[i] + times[i - 1]);
    re += (values[i] - values[i - 1]) * Math.cos(angle);
    im += (values[i] - values[i - 1]) * Math.sin(angle);
  }
  return Math.hypot(re, im);
}

describe("low-pass filters", () => {
  it.each(["butterworth-1", "butterworth-2", "butterworth-4", "bessel-2", "bessel-4", "bessel-8", "poles-3"])(
    "%s halves the power at its bandwidth",
    (name) => {
      expect(gainAt(lowPass(name, 3e6), 3e6) ** 2).toBeCloseTo(0.5, 3);
      expect(gainAt(lowPass(name, 3e6), 0)).toBeCloseTo(1, 12);
    },
  );
  it("respond as their closed forms", () => {
    const omega = 2 * Math.PI * 1e6;
    for (const t of [1e-8, 1e-7, 2.5e-7, 1e-6]) {
      const x = (omega * t) / Math.SQRT2;
      expect(respondedAt(lowPass("butterworth-2", 1e6), t)).toBeCloseTo(
        1 - Math.exp(-x) * (Math.cos(x) + Math.sin(x)),
        4,
      );
      // two equal poles at w fall to half at w √(√2 − 1)
      const y = (omega * t) / Math.sqrt(Math.SQRT2 - 1);
      expect(respondedAt(lowPass("poles-2", 1e6), t)).toBeCloseTo(1 - Math.exp(-y) * (1 + y), 4);
      for (const one of ["butterworth-1", "bessel-1", "poles-1"])
        expect(respondedAt(lowPass(one, 1e6), t)).toBeCloseTo(1 - Math.exp(-omega * t), 4);
    }
    // (s² + 3 s + 3)/3: the delay is flat, 1 in its own unit of time, and the corner at 1.3617
    expect(delayOf(lowPass("bessel-2", 1e6)) * omega).toBeCloseTo(1.3617, 3);
  });
  it.each(["butterworth-0", "bessel-9", "gauss-2"])("%s is refused", (name) => {
    expect(() => lowPass(name, 1e6)).toThrow(
      /is no low-pass filter; there are butterworth-N, bessel-N, poles-N/,
    );
  });
});

describe("measured responses", () => {
  const step = lowPass("bessel-4", 1e8);
  const at = (i: number): number => (i - 50) * 1e-10;
  const seen = Array.from({ length: 400 }, (_, i) => 0.7 - 0.2 * respondedAt(step, at(i)));
  const pulse = seen.map((value, i) => (i === 0 ? 0 : value - seen[i - 1]) + 0.1);
  it.each([
    ["to a step", seen],
    ["to a pulse", pulse],
  ])("%s are that of the filter but for a delay", (_, values) => {
    const found = measuredResponse("file", values, 1e-10);
    expect(Math.abs(delayOf(found) / delayOf(step) - 1)).toBeLessThan(0.5);
    for (const frequency of [3e7, 1e8, 2e8])
      expect(Math.abs(gainAt(found, frequency) - gainAt(step, frequency))).toBeLessThan(0.02);
  });
  it.each([
    ["constant", seen.map(() => 0.3), /the response is constant/],
    ["not settled", seen.slice(0, 75), /has not settled where the file ends/],
    [
      "neither",
      seen.map((value, i) => value - 0.7 * seen[Math.max(0, i - 100)]),
      /neither the response to a step/,
    ],
    ["few", seen.slice(0, 9), /9 values are too few/],
    [
      "of an instrument that shows no constant",
      pulse.map((value, i) => (i === 0 ? 0 : value - pulse[i - 1])),
      /transmits no constant signal/,
    ],
  ])("%s: refused", (_, values, message) => {
    expect(() => measuredResponse("file", values, 1e-10)).toThrow(TraceError);
    expect(() => measuredResponse("file", values, 1e-10)).toThrow(message);
  });
});

describe("noise that is not white", () => {
  const { idle } = behindTwoPoles({
    samples: 60_000,
    sampleTime: 1,
    dwell: [9, 9],
    pole: 1,
    white: 0,
    slow: 0.3,
    memory: 4,
    seed: 3,
  });
  it("of one exponential memory has one coefficient", () => {
    const { coefficients, gain } = noiseOfIdleTrace("idle", whole(idle));
    expect(Math.abs(coefficients[0] + Math.exp(-1 / 4))).toBeLessThan(0.015);
    for (const rest of coefficients.slice(1)) expect(Math.abs(rest)).toBeLessThan(0.02);
    expect(gain).toBeCloseTo(1 / (1 - Math.exp(-1 / 2)), 0);
  });
  it("has the same from its spectrum", () => {
    // of a first-order autoregression: 1/|1 − a e^{−iω}|²
    const a = Math.exp(-1 / 4);
    const frequencies = Array.from({ length: 400 }, (_, i) => (0.5 * i) / 399);
    const power = frequencies.map((f) => 1 / (1 + a * a - 2 * a * Math.cos(2 * Math.PI * f)));
    const { coefficients } = noiseOfSpectrum("table", frequencies, power, 1);
    expect(coefficients[0]).toBeCloseTo(-a, 2);
    for (const rest of coefficients.slice(1)) expect(Math.abs(rest)).toBeLessThan(0.01);
    expect(() => noiseOfSpectrum("table", frequencies, power, 0.5)).toThrow(/ends at 0.5 Hz, but the trace/);
    expect(() =>
      noiseOfSpectrum(
        "table",
        frequencies,
        power.map((p) => Math.log(p)),
        1,
      ),
    ).toThrow(/decibels cannot be read/);
  });
  it("needs the bandwidth", () => {
    const noise = noiseOfIdleTrace("idle", whole(idle));
    expect(() => analyseTrace(whole(idle), idle.length, 1, { noise })).toThrow(/give --bandwidth/);
    expect(() => analyseTrace(whole(idle), idle.length, 1, { noise, bandwidth: null })).toThrow(
      /no second level/,
    );
  });
});

it.each([
  ["fast", { bandwidth: 2e8, noise: 0.25, sampleTime: 1e-10 }, 4],
  ["as slow as a third of the dwells", { bandwidth: 5e7, noise: 0.1, sampleTime: 1e-10 }, 5],
  ["sampled seldom", { bandwidth: 2e8, noise: 0.1, sampleTime: 1e-9 }, 1],
])("merged histories have the likelihood of the exact states behind one pole: %s", (_, options, width) => {
  const samples = 6000 * width;
  const { bandwidth, sampleTime } = options;
  const noise = options.noise / Math.sqrt(width);
  const values = averaged(synthetic({ dwell: truth, levels: [0, 1], samples, seed: 5, ...options }), width);
  const time = sampleTime * width;
  const trace = binTrace(values, time, noise, [-5 * noise, 1 + 5 * noise]);
  const answer = answerOf(lowPass("poles-1", bandwidth), [], sampleTime, width);
  const difference = [0.9, 1.1].map((scale) => {
    const rates = [
      [0, 5e7 * scale],
      [1e8 * scale, 0],
    ];
    const telegraph = { levels: [0, 1], rates, noise, pole: 2 * Math.PI * bandwidth };
    const exact = blockLikelihoods(prepare(telegraph, trace, planGrid(telegraph, time, 0.5)), trace, 1)[0];
    const behind = { ...telegraph, pole: null };
    return followedLikelihoods(behind, answer, planHistories(behind, answer), trace, 1)[0] - exact;
  });
  // each dwell adds 1 to the information on the logarithm of the rates
  const dwells = (samples * sampleTime) / 15e-9;
  expect(Math.abs(difference[1] - difference[0]) / 0.2 / dwells).toBeLessThan(0.015);
});

// two hundred traces behind two poles of 100 MHz are counted by `npm run traces-check`
describe("dwell times 20 ns down and 10 ns up are those of the jumps that there were", () => {
  const twoPoles = (bandwidth: number) => (2 * Math.PI * bandwidth) / Math.sqrt(Math.SQRT2 - 1);
  it.each([
    [
      "behind two poles of 50 MHz",
      { sampleTime: 4e-10, pole: twoPoles(5e7), white: 0.08, samples: 8_000 },
      5e7,
    ],
    [
      "with slow noise",
      {
        sampleTime: 1e-9,
        pole: Number.POSITIVE_INFINITY,
        white: 0.1,
        slow: 0.25,
        memory: 4,
        samples: 10_000,
      },
      null,
    ],
    [
      "with both",
      { sampleTime: 4e-10, pole: twoPoles(1.5e8), white: 0.08, slow: 0.15, memory: 6, samples: 9_000 },
      1.5e8,
    ],
  ])("%s", (_, options, bandwidth) => {
    const { values, idle, realized } = behindTwoPoles({ dwell: truth, seed: 1, ...options });
    const known = {
      bandwidth,
      ...(bandwidth === null ? {} : { response: lowPass("poles-2", bandwidth) }),
      ...("slow" in options ? { noise: noiseOfIdleTrace("idle", whole(idle)) } : {}),
    };
    const found = analyseTrace(whole(values), values.length, options.sampleTime, known);
    for (const [side, mean, true_] of [
      [found.dwell.down, realized[0], truth[0]],
      [found.dwell.up, realized[1], truth[1]],
    ] as const) {
      // what the trace does not show of its jumps is less than chance in their number
      expect(Math.abs(side.mean - mean)).toBeLessThan(side.standardError);
      expect(side.standardError / mean).toBeLessThan(0.15);
      expect(side.low).toBeLessThan(true_);
      expect(side.high).toBeGreaterThan(true_);
    }
    expect(found.levels[0].value).toBeCloseTo(0, 1);
    expect(found.levels[1].value).toBeCloseTo(1, 1);
    expect(found.settled).toBe(true);
    // without it the trace does not follow the model: refused, or wrong by more
    let without: number;
    try {
      without = analyseTrace(whole(values), values.length, options.sampleTime, { bandwidth: null }).dwell.down
        .mean;
    } catch (error) {
      expect(error).toBeInstanceOf(TraceError);
      return;
    }
    expect(Math.abs(without / realized[0] - 1)).toBeGreaterThan(0.05);
  });
});
