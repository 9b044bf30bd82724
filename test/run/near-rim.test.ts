import { describe, expect, it } from "vitest";
import { prepare, verdictOf } from "../../scripts/calibration/ensembles.ts";
import { fillingOf } from "../../src/ensemble/initial/filling.ts";
import { reference } from "../../src/ensemble/reference/index.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { mul } from "../../src/expression/expression.ts";
import { plan } from "../../src/observables/plan.ts";
import { readProblem, run, withCheckedStep } from "../../src/run/run.ts";

const middles = (low: number, high: number, n: number): number[] =>
  Array.from({ length: n }, (_, i) => low + ((high - low) * (i + 0.5)) / n);

/** ∫ dz e^U/(D(1 − z²)) ∫_z^1 e^−U from the rim to the start, U = −Δz², D = α/2Δ. */
function exactMean(delta: number, alpha: number, start: number, rim: number): number {
  const waits = (z: number): number =>
    middles(z, 1, 400).reduce((sum, x) => sum + (Math.exp(delta * (x * x - z * z)) * (1 - z)) / 400, 0);
  return middles(rim, start, 20).reduce(
    (sum, z) => sum + (((waits(z) * 2 * delta) / alpha / (1 - z * z)) * (start - rim)) / 20,
    0,
  );
}

const near = (until: string, more: object = {}) => ({
  magnet: { delta: 1, alpha: 0.3 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "direction", m: [0.8, 0, 0.6] },
  ensemble: 60_000,
  time: { duration: 100 },
  observables: [{ type: "firstPassage", until }],
  ...more,
});

describe("a first passage from near its rim", () => {
  it.each([
    { rim: 0.599, step: 0.2 },
    { rim: 0.57, step: 0.2 },
    { rim: 0.57, step: 0.05 },
  ])("past $rim has its mean at a step of $step", async ({ rim, step }) => {
    const experiment = near(`mz < ${rim}`, { time: { duration: 100, step }, compare: "none" });
    const { observables } = await run(experiment, { backend: wasm });
    const [found] = observables;
    if (found.type !== "firstPassage" || !found.restrictedMean) throw new Error("passages expected");
    const { value, standardError } = found.restrictedMean;
    const exact = exactMean(1, 0.3, 0.6, rim);
    // what tests forgive, and four standard errors
    expect(Math.abs(value - exact)).toBeLessThan(4 * standardError + 0.005 * exact);
    expect(standardError / exact).toBeLessThan(rim > 0.58 ? 0.08 : 0.02);
  });

  it("agrees with the exact side in every bin, in steps of its own choice, and sees a wrong temperature", async () => {
    const prepared = prepare(near("mz < 0.5", { time: { duration: 10 } }), 20_000);
    const { problem } = prepared;
    // 2Dh, D = 0.15: the bridge's error is 1.2 (2Dh)² of the mean
    expect(problem.timeStep * 0.3).toBeLessThanOrEqual(0.04);
    expect(problem.variates).toBe("gaussian");
    for (const seed of [1, 2, 3]) {
      const { certificate, comparisons } = await verdictOf(prepared, seed);
      expect(certificate.passed).toBe(true);
      expect(comparisons.map(({ pValue }) => pValue !== null)).toEqual([true, true]);
    }
    const dynamics = { ...problem.dynamics, diffusion: mul(0.92, problem.dynamics.diffusion) };
    expect((await verdictOf(prepared, 1, { ...problem, dynamics })).certificate.passed).toBe(false);
  });

  it.each([1, 8])("has its times in float32, even shorter than 1e-8 of a step (seed %s)", async (seed) => {
    const magnet = { delta: 4, alpha: 0.3 };
    const { comparisons, certificate } = await run(
      near("mz < 0.5999", { magnet, ensemble: 4000, seed, time: { duration: 300 } }),
      { backend: wasm },
    );
    const quantiles = comparisons.find(({ figures }) => figures?.includes("first passage: survival"));
    expect(quantiles?.pValue).toBeGreaterThan(1e-3);
    expect(certificate?.passed).toBe(true);
  });

  it("has its mean between two rims, too, and a step that resolves the gap between them", async () => {
    const until = "mz < 0.599 or mz > 0.9";
    const experiment = near(until, { time: { duration: 100, step: 0.2 }, compare: "none" });
    const [found] = (await run(experiment, { backend: wasm })).observables;
    if (found.type !== "firstPassage" || !found.restrictedMean) throw new Error("passages expected");
    const { value, standardError } = found.restrictedMean;
    // ½σ²T″ + μT′ = −1, T = 0 on both rims: T = T₁ − T₁(top) s(z)/s(top), T₁ = ∫∫, s the scale function
    const [low, top, points] = [0.599, 0.9, 4000];
    const h = (top - low) / points;
    let [inside, scale, twice] = [0, 0, 0];
    const [scales, times] = [[0], [0]];
    for (const z of middles(low, top, points)) {
      const slope = (Math.exp(-z * z) * 2) / 0.3 / (1 - z * z);
      inside += Math.exp(z * z) * h;
      scale += slope * h;
      twice -= slope * (inside - (Math.exp(z * z) * h) / 2) * h;
      scales.push(scale);
      times.push(twice);
    }
    const at = (row: readonly number[]): number => row[Math.round((0.6 - low) / h)];
    const exact = at(times) - (twice * at(scales)) / scale;
    expect(Math.abs(value - exact)).toBeLessThan(4 * standardError + 0.005 * exact);
    expect(standardError / exact).toBeLessThan(0.08);
    // four kicks √(2Dh) across a gap of 0.075 rad
    const { problem } = withCheckedStep(readProblem(near("mz < 0.57 or mz > 0.63", { compare: "none" })));
    expect(4 * Math.sqrt(0.3 * problem.timeStep)).toBeLessThan(0.0756);
  });

  it("is not missed by steps that jump over a narrow set", async () => {
    const passed = async (until: string) => {
      const experiment = near(until, { ensemble: 2000, time: { duration: 20, step: 0.2 }, compare: "none" });
      return (await run(experiment, { backend: wasm })).observables[0];
    };
    const [thin, half] = [await passed("abs(mz) < 0.005"), await passed("mz < 0.005")];
    expect(thin).toMatchObject({ passed: (half as { passed: number }).passed });
    const hidden = await passed("abs(mz + 0.2) < 0.3 or mz < -0.9");
    expect(hidden).toMatchObject({ passed: ((await passed("mz < 0.1")) as { passed: number }).passed });
  });

  it("begins anywhere, uniformly", async () => {
    const experiment = near("mz < -0.3", { initial: { type: "uniform" }, compare: "none" });
    const [found] = (await run(experiment, { backend: wasm })).observables;
    if (found.type !== "firstPassage" || !found.restrictedMean) throw new Error("passages expected");
    const { value, standardError } = found.restrictedMean;
    // T(z) of all starts above the rim, by steps of a grid that has its first point near the rim
    const starts = middles(-0.3, 1, 130);
    const times = starts.map((z, i) => exactMean(1, 0.3, z, i === 0 ? -0.3 : starts[i - 1]));
    let [sum, time] = [0, 0];
    for (const more of times) {
      time += more;
      sum += (time * 1.3) / 2 / starts.length;
    }
    expect(Math.abs(value - sum)).toBeLessThan(4 * standardError + 0.005 * sum);
    expect(standardError / sum).toBeLessThan(0.01);
  });

  it("is over at once on the rim or within it", async () => {
    for (const until of ["mz < 0.6", "mz < 0.7"]) {
      const experiment = near(until, { ensemble: 100, time: { duration: 1 }, compare: "none" });
      for (const backend of [wasm, reference]) {
        const [found] = (await run(experiment, { backend })).observables;
        expect(found).toMatchObject({ passed: 100, censored: 0, mean: 0 });
      }
    }
  });

  it("is by the seed of each point of a sweep, whose registers are shared", () => {
    const problem = readProblem(near("mz < 0.57", { compare: "none" }));
    const other = { ...problem, seed: problem.seed + 1 };
    const [one, two] = [plan(problem), plan(other)];
    const shared = fillingOf(other, [one.scheme], one.registers)(0, 5).state;
    expect(shared).toEqual(two.filling(0, 5).state);
    expect(shared).not.toEqual(one.filling(0, 5).state);
  });

  it("shortens no step for a rim that is close", () => {
    const sound = (until: string) =>
      withCheckedStep(readProblem(near(until, { magnet: { delta: 4, alpha: 0.3 }, compare: "none" })))
        .problem;
    expect(sound("mz < 0.599").timeStep).toBe(sound("mz < -0.9").timeStep);
    expect(sound("mz < 0.599").warnings).toEqual([]);
    expect(sound("mz < -0.9").variates).toBe("dyadic");
    // a share of a density: none in a deep well, many in a shallow one
    const rest = (delta: number, until: string, type = "boltzmann") =>
      readProblem(
        near(until, {
          magnet: { delta, alpha: 0.1 },
          initial: type === "well" ? { type, m: [0, 0, 1] } : { type },
          compare: "none",
        }),
      );
    expect(rest(10, "mz < 0", "well").variates).toBe("dyadic");
    expect(rest(10, "mz < 0").variates).toBe("dyadic");
    expect(rest(10, "mz < 0.8").variates).toBe("gaussian");
    expect(rest(1, "mz < 0").variates).toBe("gaussian");
  });
});
