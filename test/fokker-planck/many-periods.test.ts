import { describe, expect, it } from "vitest";
import { parse } from "../../src/expression/parse.ts";
import { commonPeriod } from "../../src/expression/period.ts";
import { repeatedTimeline } from "../../src/expression/repeated-timeline.ts";
import { m } from "../../src/expression/vector.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { periodicState } from "../../src/fokker-planck/periodic-state.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { fokkerPlanck } from "../../src/run/exact-alone.ts";

interface Particle {
  readonly delta: number;
  readonly alpha: number;
  /** Direction of the field, whose cosine has this amplitude and frequency. */
  readonly along: readonly number[];
  readonly amplitude: number;
  readonly frequency: number;
}

const experimentOf = ({ delta, alpha, along, amplitude, frequency }: Particle, more: object = {}) => ({
  magnet: { delta, alpha },
  energies: [
    { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] },
    {
      type: "zeeman",
      B_ext: along.map((u) =>
        u === 0 ? 0 : { sine: { amplitude: u * amplitude, frequency, phase: Math.PI / 2 } },
      ),
    },
  ],
  initial: { type: "well", m: [0, 0, 1] },
  time: { duration: 1, step: 0.05 },
  observables: [],
  ...more,
});

function solved(particle: Particle) {
  const checked = checkExperiment(experimentOf(particle));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  const { solution, initial } = demand(predict(problem)).typical;
  return { problem, solution, initial };
}

describe("a drive of very many periods", () => {
  const slow: Particle = { delta: 3, alpha: 0.1, along: [0, 0, 1], amplitude: 0.3, frequency: 0.02 };
  /** Settled after a few periods. */
  const across: Particle = { delta: 0.5, alpha: 0.5, along: [0.6, 0, 0.8], amplitude: 1, frequency: 0.1 };

  it("has the shortest period that its form proves", () => {
    const periodOf = (...texts: string[]) =>
      commonPeriod(texts.map((text) => parse(text, { names: ["t"], withoutMagnetization: true })));
    expect(periodOf("sin(2*t)")).toBeCloseTo(Math.PI, 12);
    expect(periodOf("sin(2*t)^2")).toBeCloseTo(Math.PI / 2, 12);
    expect(periodOf("sin(2*t)", "cos(3*t + 1)")).toBeCloseTo(2 * Math.PI, 12);
    expect(periodOf("sin(t)", "sin(sqrt(2)*t)")).toBeUndefined();
    expect(periodOf("sin(t^2)")).toBeUndefined();
    expect(periodOf("t*sin(t)")).toBeUndefined();
  });

  it("has all its jumps, and the stretches between them, however often they come back", () => {
    const square = parse("floor(t/2) - 2*floor(t/4)", { names: ["t"], withoutMagnetization: true });
    expect(commonPeriod([square])).toBeCloseTo(4, 12);
    const { stretches, at } = repeatedTimeline([square], 100);
    expect(stretches.map(({ to }) => Number(to.toFixed(9)))).toEqual(
      Array.from({ length: 50 }, (_, k) => 2 * (k + 1)),
    );
    expect([at(1), at(3)].map(({ isConstant }) => isConstant)).toEqual([true, true]);
  });

  it("leaves the periodic state at every phase", () => {
    const { problem, solution, initial } = solved(slow);
    const period = 1 / slow.frequency;
    const phases = 8;
    const { energyOverKT: energy } = problem;
    if (!energy) throw new Error("no temperature");
    const settled = periodicState(solution, {
      of: m[2],
      energy,
      period,
      phases,
      harmonics: 1,
      initial: { isotropic: true },
      before: 1000,
      periods: 1,
    });
    const { loop } = demand(settled);
    const times = loop.map((_, k) => (1e5 + k / phases) * period);
    const seen = demand(solution.evolve(initial, times)).map((density) => density.m[2]);
    for (const [k, value] of seen.entries()) expect(Math.abs(value - loop[k])).toBeLessThan(2e-6);
    expect(Math.max(...seen) - Math.min(...seen)).toBeGreaterThan(0.05);
  });

  it("across the axis leaves what it leaves after as many as it settles in", () => {
    const { solution, initial } = solved(across);
    const phases = [0.1, 0.4];
    const afterPeriods = (count: number) =>
      demand(
        solution.evolve(
          initial,
          phases.map((phase) => (count + phase) / across.frequency),
        ),
      );
    // the first is followed from end to end
    const [few, many] = [afterPeriods(3), afterPeriods(1e6)];
    for (const [i, density] of many.entries())
      for (const [k, value] of density.m.entries()) expect(value).toBeCloseTo(few[i].m[k], 7);
    expect(Math.max(...many.map((density) => Math.abs(density.m[2])))).toBeGreaterThan(0.1);
  });

  it("is followed as if from end to end while the start still counts", () => {
    // the slower of two escapes takes longer than all these periods
    const { solution, initial } = solved({ ...slow, delta: 5, frequency: 0.1 });
    const times = [28.3, 31.3, 44.7].map((count) => count * 10);
    const [before, ...after] = demand(solution.evolve(initial, times));
    // up to 30 periods nothing is put together from others
    const [alone] = demand(solution.evolve(initial, times.slice(0, 1)));
    expect(Math.abs(before.m[2] - alone.m[2])).toBeLessThan(1e-7);
    // from there on by the density at that time
    const [, ...followed] = demand(
      solution.evolve(
        initial,
        [28.3, 29.3].map((count) => count * 10),
      ),
    );
    expect(after[0].m[2]).toBeGreaterThan(0.5);
    expect(followed[0].m[2]).toBeGreaterThan(after[0].m[2]);
    expect(after[0].m[2]).toBeGreaterThan(after[1].m[2]);
  });

  it("needs no ensemble that could take its steps", () => {
    const duration = 1e5 / slow.frequency;
    const long = experimentOf(slow, {
      time: { duration: 100 * duration, step: 0.05 },
      observables: [{ type: "moments", times: 2 }],
    });
    const refused = checkExperiment(long);
    expect(refused.ok ? [] : refused.problems.map(({ path }) => path)).toEqual(["time.duration"]);
    const { evolution } = fokkerPlanck(long).fokkerPlanck ?? {};
    expect(evolution).toHaveLength(2);
    expect(evolution?.[0].m[2]).toBeCloseTo(evolution?.[1].m[2] ?? 0, 6);
  });

  it("has the mean passage of a run that ends soon after all have passed", () => {
    const passage = (duration: number) => {
      const { fokkerPlanck: exact } = fokkerPlanck(
        experimentOf(
          { ...slow, delta: 2 },
          {
            time: { duration, step: 0.05 },
            observables: [{ type: "firstPassage", until: "mz < 0" }],
          },
        ),
      );
      const found = exact?.firstPassage;
      if (!found?.mean || !found.quantiles) throw new Error(found?.reason ?? "no passage");
      return { ...found, mean: found.mean, median: found.quantiles["0.5"] ?? 0 };
    };
    const [short, long] = [passage(900), passage(1e6)];
    expect(Math.abs(long.mean / short.mean - 1)).toBeLessThan(
      (long.errorEstimate ?? 0) + (short.errorEstimate ?? 0) + 1e-6,
    );
    expect(long.errorEstimate).toBeLessThan(1e-3);
    expect(long.median / short.median).toBeCloseTo(1, 3);
  });
});
