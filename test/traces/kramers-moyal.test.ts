import { describe, expect, it } from "vitest";
import { kramersMoyal } from "../../src/traces/kramers-moyal.ts";
import { seeded } from "../statistics/seeded.ts";
import { synthetic } from "./synthetic.ts";

/** A damped particle: exact steps of dx = −x dt/τ + √(2/τ) dW, variance 1, and white noise on each sample. */
function particle(
  samples: number,
  sampleTime: number,
  tau: number,
  noise: number,
  seed: number,
): Float64Array {
  const random = seeded(seed);
  const kept = Math.exp(-sampleTime / tau);
  const kick = Math.sqrt(1 - kept * kept);
  let x = random.normal();
  return Float64Array.from({ length: samples }, () => {
    x = x * kept + kick * random.normal();
    return x + noise * random.normal();
  });
}

/** Mean and standard deviation of (found − true)/error. */
function pulls(found: readonly number[], errors: readonly number[], truth: (i: number) => number) {
  const pull = found.map((value, i) => (value - truth(i)) / errors[i]);
  const mean = pull.reduce((sum, value) => sum + value, 0) / pull.length;
  return { mean, spread: Math.sqrt(pull.reduce((sum, value) => sum + value ** 2, 0) / pull.length) };
}

describe("drift and diffusion of a signal", () => {
  it("of a damped particle are −x/τ and 1/τ", () => {
    const found = kramersMoyal({ values: particle(1_000_000, 0.02, 1, 0, 1), breaks: [] }, 0.02, 1);
    expect(found.values.length).toBeGreaterThan(30);
    const middle = found.values.map((x, i) => ({ x, i })).filter(({ x }) => Math.abs(x) < 2);
    for (const { x, i } of middle) {
      expect(Math.abs(found.drift[i] + x)).toBeLessThan(4.5 * found.driftError[i] + 0.02);
      expect(Math.abs(found.diffusion[i] - 1)).toBeLessThan(4.5 * found.diffusionError[i] + 0.02);
      expect(found.diffusionError[i]).toBeLessThan(0.1);
    }
    expect(pulls(found.drift, found.driftError, (i) => -found.values[i]).spread).toBeLessThan(2);
  });

  it("are the same behind white noise, which one lag would take for diffusion", () => {
    const values = particle(1_000_000, 0.02, 1, 0.1, 2);
    const { diffusion, diffusionError, drift, values: x } = kramersMoyal({ values, breaks: [] }, 0.02, 1);
    const centre = x.findIndex((value) => value > 0);
    expect(Math.abs(diffusion[centre] - 1)).toBeLessThan(4 * diffusionError[centre] + 0.03);
    // noise 0.1 against increments of √(2·0.02): one lag gives (0.04 + 0.02)/0.04
    const squares = values.slice(1).reduce((sum, value, i) => sum + (value - values[i]) ** 2, 0);
    expect(squares / (values.length - 1) / (2 * 0.02)).toBeGreaterThan(1.4);
    const slope = (drift[x.length - 8] - drift[7]) / (x[x.length - 8] - x[7]);
    expect(slope).toBeLessThan(-0.9);
    expect(slope).toBeGreaterThan(-1.1);
  });

  it("of a signal that jumps have half the rate times the squared step as diffusion", () => {
    const values = synthetic({
      samples: 1_000_000,
      sampleTime: 0.02,
      dwell: [2, 1],
      levels: [0, 1],
      noise: 0.05,
      seed: 4,
    });
    const found = kramersMoyal({ values, breaks: [500_000] }, 0.02, 0.7);
    const at = (x: number): number =>
      found.values.reduce(
        (best, value, i) => (Math.abs(value - x) < Math.abs(found.values[best] - x) ? i : best),
        0,
      );
    for (const [level, rate, sign] of [
      [0, 0.5, 1],
      [1, 1, -1],
    ]) {
      const i = at(level);
      expect(Math.abs(found.diffusion[i] - rate / 2)).toBeLessThan(4 * found.diffusionError[i] + 0.03 * rate);
      expect(Math.abs(found.drift[i] - sign * rate)).toBeLessThan(4 * found.driftError[i] + 0.05 * rate);
    }
  });
});
