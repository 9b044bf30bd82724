import { expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { saturationIn, signalRange } from "../../src/traces/signal-range.ts";
import { TraceError } from "../../src/traces/trace-error.ts";
import { synthetic } from "./synthetic.ts";

const signal = synthetic({
  samples: 6000,
  sampleTime: 1,
  dwell: [20, 10],
  levels: [0, 1],
  noise: 0.15,
  seed: 5,
});
const analyse = (values: Float64Array) =>
  analyseTrace({ values, breaks: [] }, values.length, 1, { bandwidth: null });

it.each([0, 1, 2.5, 0.3])("a signal of %d alone is refused as constant", (value) => {
  const values = new Float64Array(3000).fill(value);
  expect(() => analyse(values)).toThrow(TraceError);
  expect(() => analyse(values)).toThrow(
    `the signal is constant: there is no second level, all 3000 samples are ${value}`,
  );
});

it("differences that double precision has lost are named", () => {
  // 100 v on 10²⁵: neighbours of 10²⁵ are 2³¹ apart
  expect(() => analyse(signal.map((v) => 1e25 + Math.round(100 * v)))).toThrow(
    /all 1e\+25, where double precision holds numbers only in steps of 2147480000/,
  );
  // 10 v on 2⁵⁴, steps of 4
  expect(() => analyse(signal.map((v) => 2 ** 54 + Math.round(10 * v)))).toThrow(/only in steps of 4,/);
  // enough is left of 10⁶ v there
  const { dwell } = analyse(signal.map((v) => 2 ** 54 + 1e6 * v));
  expect(dwell.down.low).toBeLessThan(20);
  expect(dwell.down.high).toBeGreaterThan(20);
});

it("a saturated converter is named, in a refusal and in a warning", () => {
  const clipped = (low: number, high: number) => signal.map((v) => Math.min(high, Math.max(low, v)));
  // half of the samples at 0 and half of those at 1 are beyond 0 and 1
  const range = signalRange(clipped(0, 1));
  expect(Math.abs(range.atLowest - 1 / 3)).toBeLessThan(0.05);
  expect(Math.abs(range.atHighest - 1 / 6)).toBeLessThan(0.05);
  const named =
    /of the samples .* % are exactly the lowest value, 0.1, .* % are exactly the highest value, 0.9/;
  let said = "";
  try {
    said = analyse(clipped(0.1, 0.9)).warnings.join();
  } catch (error) {
    expect(error).toBeInstanceOf(TraceError);
    said = (error as Error).message;
  }
  expect(said).toMatch(named);
  expect(analyse(clipped(-9, 1.1)).warnings.join()).toMatch(
    /% are exactly the highest value, 1.1: the amplifier or converter seems to be saturated/,
  );
});

it("no saturation is seen in whole signals, in those of few bits, or in one of two numbers", () => {
  const bits = signal.map((v) => Math.round(16 * v) / 16);
  for (const values of [signal, bits, signal.map((v) => (v > 0.5 ? 1 : 0))])
    expect(saturationIn(signalRange(values))).toBeNull();
  expect(analyse(signal).warnings).toEqual([]);
});
