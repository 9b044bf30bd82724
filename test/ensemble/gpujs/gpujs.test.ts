import { describe, expect, it } from "vitest";
import { gpujs } from "../../../src/ensemble/gpujs/index.ts";
import { draw, drawsPerStep, generators, seedResidues, skips } from "../../../src/ensemble/gpujs/stream.ts";
import type { Kernel, TallyResult } from "../../../src/ensemble/kernel.ts";
import { reference } from "../../../src/ensemble/reference/index.ts";
import * as e from "../../../src/expression/expression.ts";
import { dyadic } from "../../../src/random/variates.ts";
import { hasChromium } from "../../platform/platforms.ts";
import { type Answer, allAnswers, answer, scenarios } from "../../platform/scenarios.ts";
import { answersInChromium } from "./in-chromium.ts";

const residuesOf = (seed: number, spin: number): number[] =>
  seedResidues(seed, spin, 1).map((column) => column[0]);

/** A kernel that stores the variates of each step, or counts them. */
const listener = (parts: Partial<Kernel> = {}): Kernel => ({
  spins: 40,
  seed: 9,
  state: ["mx", "my", "mz"],
  parameters: [],
  variates: "dyadic",
  timeStep: 1,
  step: [e.variable("xi1"), e.variable("xi2"), e.variable("xi3")],
  watch: [],
  refresh: [e.variable("mx"), e.variable("my"), e.variable("mz")],
  views: {},
  ...parts,
});
const nothing = (_: number, count: number) => ({
  state: [0, 1, 2].map(() => new Float64Array(count)),
  parameters: [],
});

describe("the stream of the gpujs backend", () => {
  it("multiplies below 2^24 and by primitive roots of primes", () => {
    for (const { modulus, multiplier } of generators) {
      expect(modulus * multiplier).toBeLessThan(2 ** 24);
      expect(256 * modulus + 255 * modulus).toBeLessThan(2 ** 24);
      let [x, period] = [multiplier, 1];
      while (x !== 1) [x, period] = [(x * multiplier) % modulus, period + 1];
      expect(period).toBe(modulus - 1);
    }
  });

  it("skips n draws as if it had made them", () => {
    for (const n of [0, 1, 255, 1000]) {
      const walked = residuesOf(3, 7);
      for (let i = 0; i < n; i++) draw(walked);
      const factors = skips(n);
      expect(
        residuesOf(3, 7).map((x, i) =>
          Number((BigInt(x) * BigInt(factors[i])) % BigInt(generators[i].modulus)),
        ),
      ).toEqual(walked);
    }
  });

  it("draws twelve bits whose nibbles and neighbouring pairs are even", () => {
    const residues = residuesOf(1, 0);
    const counts = Array.from({ length: 4 }, () => new Float64Array(256));
    const draws = 200_000;
    for (let i = 0, last = 0; i < draws; i++) {
      const bits = draw(residues);
      const [low, middle, top] = [bits & 15, (bits >> 4) & 15, bits >> 8];
      counts[0][low * 16 + middle]++;
      counts[1][middle * 16 + top]++;
      counts[2][low * 16 + top]++;
      counts[3][last * 16 + low]++;
      last = low;
    }
    for (const table of counts) {
      const chiSquared = table.reduce((sum, n) => sum + (n - draws / 256) ** 2 / (draws / 256), 0);
      // 255 degrees of freedom: 4.5 standard deviations about the mean
      expect(Math.abs(chiSquared - 255)).toBeLessThan(4.5 * Math.sqrt(2 * 255));
    }
  });

  it("comes out of a kernel bit for bit, from any step", async () => {
    const ensemble = await gpujs.prepare(listener(), nothing);
    for (const step of [1, 200, 300]) {
      await ensemble.advance(step);
      const state = await ensemble.read(40);
      for (const spin of [0, 1, 39]) {
        const residues = residuesOf(9, spin);
        let bits = 0;
        for (let i = 0; i < step * drawsPerStep.dyadic; i++) bits = draw(residues);
        expect(state.map((column) => column[spin])).toEqual(
          [0, 4, 8].map((shift) => Math.fround(dyadic(bits >> shift))),
        );
      }
    }
    await ensemble.dispose();
  });

  it("makes Gaussian variates of zero mean, unit variance, kurtosis three and no correlation", async () => {
    const spins = 20_000;
    const ensemble = await gpujs.prepare(listener({ spins, variates: "gaussian" }), nothing);
    await ensemble.advance(3);
    const xi = await ensemble.read(spins);
    await ensemble.dispose();
    const mean = (f: (i: number) => number): number =>
      Array.from({ length: spins }, (_, i) => f(i)).reduce((a, b) => a + b, 0) / spins;
    const error = 4.5 / Math.sqrt(spins);
    for (let a = 0; a < 3; a++) {
      expect(Math.abs(mean((i) => xi[a][i]))).toBeLessThan(error);
      expect(Math.abs(mean((i) => xi[a][i] ** 2) - 1)).toBeLessThan(error * Math.sqrt(2));
      expect(Math.abs(mean((i) => xi[a][i] ** 4) - 3)).toBeLessThan(error * Math.sqrt(96));
      expect(Math.abs(mean((i) => xi[a][i] * xi[(a + 1) % 3][i]))).toBeLessThan(error);
      expect(Math.abs(mean((i) => xi[a][i] ** 2 * xi[(a + 1) % 3][i] ** 2) - 1)).toBeLessThan(
        error * Math.sqrt(8),
      );
    }
  });
});

/** A call hands back three events a spin; a tally fed by every step, and one fed by some, must lose none. */
it("counts every event that is watched, however many there are", async () => {
  const histogram = {
    kind: "bins",
    index: e.select(e.less(0, e.variable("xi1")), 1, 0),
    bins: 2,
  } as const;
  const sum = {
    kind: "sum",
    when: e.less(1, e.variable("xi2")),
    value: e.variable("xi3"),
    low: -4,
    high: 4,
  } as const;
  const steps = 50;
  const kernel = listener({ watch: [histogram, sum] });
  const ensemble = await gpujs.prepare(kernel, nothing);
  await ensemble.advance(17);
  await ensemble.advance(steps);
  const [counted, summed] = await ensemble.collect();
  await ensemble.dispose();
  let [positive, total, count] = [0, 0, 0];
  for (let spin = 0; spin < kernel.spins; spin++) {
    const residues = residuesOf(kernel.seed, spin);
    for (let i = 0; i < steps; i++) {
      const bits = draw(residues);
      if (dyadic(bits) > 0) positive++;
      if (dyadic(bits >> 4) > 1) {
        total += dyadic(bits >> 8);
        count++;
      }
    }
  }
  expect(counted).toEqual({
    kind: "bins",
    counts: Float64Array.of(kernel.spins * steps - positive, positive),
  });
  if (summed.kind !== "sum") throw new Error("a sum was asked for");
  expect(summed.count).toBe(count);
  // each value is rounded to a grid of 8·2^−24
  expect(Math.abs(summed.total - total)).toBeLessThan(count * 2 ** -21);
});

/** All but the counts of bins, which may differ by a spin on an edge. */
function agree(found: Answer, judge: Answer, tolerance: number, message: string): void {
  for (const [variable, column] of judge.state.entries()) {
    const far = column.filter((x, i) => !(Math.abs(x - found.state[variable][i]) < tolerance));
    expect(far.length, `${message}, variable ${variable}`).toBeLessThanOrEqual(variable < 3 ? 0 : 1);
  }
  const counts = (result: TallyResult): number[] =>
    result.kind === "bins" ? Object.values(result.counts) : [result.count];
  // a dwell of twenty steps lies on the edge of two logarithmic bins: of watched bins the totals are compared
  const total = (result: TallyResult): TallyResult => ({
    kind: "sum",
    total: 0,
    count: counts(result).reduce((a, b) => a + b, 0),
    onGrid: 0,
  });
  const lists = (a: Answer): TallyResult[] => [...Object.values(a.views).flat(), ...a.watch.map(total)];
  lists(judge).forEach((result, i) => {
    const other = counts(lists(found)[i]);
    counts(result).forEach((n, k) => {
      expect(Math.abs(n - other[k]), `${message}, count ${k}`).toBeLessThanOrEqual(3);
    });
  });
}

describe("the gpujs backend", () => {
  it("agrees with the reference where there is no noise", async () => {
    const quiet: Parameters<typeof answer>[3] = (kernel, filling) => ({
      kernel: { ...kernel, variates: "none" },
      filling,
    });
    for (const name of ["tilted junction, splitting", "every operator, with a drive"])
      agree(await answer(gpujs, name, {}, quiet), await answer(reference, name, {}, quiet), 1e-4, name);
  });

  it("gives identical results for any division into calls", async () => {
    for (const name of ["tilted junction, heun, gaussian", "per-spin parameter, first passage and dwell"]) {
      const whole = await answer(gpujs, name);
      const pieces = await answer(gpujs, name, { stepsPerDispatch: 7, spinsPerDispatch: 320 });
      expect(pieces, name).toEqual(whole);
    }
  });

  it.skipIf(!hasChromium)("gives the same trajectories as WebGL2 shaders and as JavaScript", async () => {
    const { availability, answers, roundTrip } = await answersInChromium();
    expect(availability).toMatchObject({ available: true });
    expect(roundTrip).toBeLessThan(1e-7);
    const judge = await allAnswers(gpujs);
    // as between any two platforms: float32 steps differ by rounding (test/platform)
    for (const name of Object.keys(scenarios)) agree(answers[name], judge[name], 3e-4, name);
  });
});
