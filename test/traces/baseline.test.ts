import { describe, expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { TraceError } from "../../src/traces/trace-error.ts";
import { synthetic } from "./synthetic.ts";

const sampleTime = 1e-4;
const clean = synthetic({
  samples: 40_000,
  sampleTime,
  dwell: [20e-3, 10e-3],
  levels: [0, 1],
  noise: 0.25,
  seed: 5,
});
/** A drift of several steps and a line that is not quite at 50 Hz and whose phase wanders. */
const baseline = (t: number): number =>
  1.5 * Math.sin((2 * Math.PI * t) / 6) +
  0.2 * t +
  0.6 * Math.cos(2 * Math.PI * 50.03 * t + 1 + 0.5 * Math.sin(t)) +
  0.15 * Math.sin(2 * Math.PI * 150.09 * t);
const options = { bandwidth: null, mains: 50, drift: 0.8 };
const analysed = (values: Float64Array, more: object = options, breaks: number[] = [], origins = [0]) =>
  analyseTrace({ values, breaks, origins }, values.length, sampleTime, more);

describe("drift and mains", () => {
  it("are removed, and dwell times, levels and noise are those of the same trace without them", () => {
    const found = analysed(clean.map((value, i) => value + baseline((i + 0.5) * sampleTime)));
    const bare = analysed(clean, { bandwidth: null });
    expect(bare.baseline).toBeNull();
    for (const side of ["up", "down"] as const) {
      const { mean, standardError } = bare.dwell[side];
      expect(Math.abs(found.dwell[side].mean - mean)).toBeLessThan(0.15 * standardError);
    }
    expect(found.noise / bare.noise).toBeCloseTo(1, 2);
    const step = ({ levels }: typeof bare): number => levels[1].value - levels[0].value;
    expect(step(found)).toBeCloseTo(step(bare), 2);
    const { mains, drift, settled } = found.baseline as NonNullable<typeof found.baseline>;
    expect(settled).toBe(true);
    expect(mains?.frequency).toBeCloseTo(50.03, 1);
    expect(mains?.amplitudes[0]).toBeCloseTo(0.6, 1);
    expect(mains?.amplitudes[2]).toBeCloseTo(0.15, 1);
    expect(Math.max(...(drift?.values ?? [])) - Math.min(...(drift?.values ?? []))).toBeGreaterThan(2.2);
  });

  it("hide the levels where they stay in", () => {
    const values = clean.map((value, i) => value + baseline((i + 0.5) * sampleTime));
    expect(() => analysed(values, { bandwidth: null })).toThrow(TraceError);
  });

  it("are followed across a gap", () => {
    const gap = 100_000;
    const half = clean.length / 2;
    const values = clean.map((value, i) => value + baseline((i + (i < half ? 0 : gap) + 0.5) * sampleTime));
    const found = analysed(values, options, [half], [0, half + gap]);
    const bare = analysed(clean, { bandwidth: null }, [half], [0, half + gap]);
    for (const side of ["up", "down"] as const) {
      const { mean, standardError } = bare.dwell[side];
      expect(Math.abs(found.dwell[side].mean - mean)).toBeLessThan(0.3 * standardError);
    }
  });

  it("that are near the dwell times carry a warning", () => {
    const part = clean.slice(0, 20_000);
    const { warnings, dwell } = analysed(part, { bandwidth: null, drift: 0.15 });
    const bare = analysed(part, { bandwidth: null });
    for (const side of ["up", "down"] as const)
      expect(Math.abs(dwell[side].mean - bare.dwell[side].mean)).toBeLessThan(
        0.1 * bare.dwell[side].standardError,
      );
    expect(warnings.filter((warning) => warning.includes("hard to distinguish"))).toHaveLength(1);
  });

  it.each([
    [{ mains: 5000 }, "four samples a period"],
    [{ mains: 0.5 }, "fewer than 4 periods"],
    [{ drift: 100 }, "cannot be seen in 4.00 s"],
    [{ drift: 1e-3 }, "at least 16 samples"],
  ])("that cannot be found are refused: %j", (more, words) => {
    expect(() => analysed(clean, { bandwidth: null, ...more })).toThrow(words);
  });
});
