import { describe, expect, it } from "vitest";
import { parse } from "../../src/expression/parse.ts";
import { hasPeriod } from "../../src/expression/period.ts";
import { m } from "../../src/expression/vector.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { periodicState } from "../../src/fokker-planck/periodic-state.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";

/** A particle of barrier σ kT in a field of ξ cos ωt (μB/kT) along z, ω in units of 1/τ_N = 2D. */
function particle(options: {
  sigma: number;
  xi: number;
  omega: number;
  alpha: number;
  axis?: readonly number[];
  initial?: object;
  before?: number;
}) {
  const { sigma, xi, alpha, axis, initial = { type: "uniform" }, before = 0 } = options;
  const omega = (options.omega * alpha) / sigma;
  const field = {
    sine: { amplitude: xi / (2 * sigma), frequency: omega / (2 * Math.PI), phase: Math.PI / 2 },
  };
  const checked = checkExperiment({
    magnet: { delta: sigma, alpha },
    energies: [
      ...(axis ? [{ type: "uniaxial", Ku1: 1, anisU: axis }] : []),
      { type: "zeeman", B_ext: [0, 0, field] },
    ],
    initial,
    time: { duration: 1 },
    observables: [],
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  const { solution, initial: start } = demand(predict(problem)).typical;
  const { energyOverKT } = problem;
  if (!energyOverKT) throw new Error("no temperature");
  const found = periodicState(solution, {
    of: m[2],
    energy: energyOverKT,
    period: (2 * Math.PI) / omega,
    phases: 16,
    harmonics: 3,
    initial: start,
    before,
    periods: 1,
    ...(axis && axis[2] !== 1 ? { wanted: 1e-3 } : {}),
  });
  const cycle = demand(found);
  return { ...cycle, chi: [cycle.cosine[0] / xi, cycle.sine[0] / xi], error: found.errorEstimate ?? 1 };
}

describe("the state that a periodic drive keeps up", () => {
  it("is Debye's for free spins", () => {
    const { chi, work } = particle({ sigma: 5, xi: 0.01, omega: 1, alpha: 1 });
    // 1/3/(1 + iωτ_N), up to ξ²
    expect(chi[0]).toBeCloseTo(1 / 6, 5);
    expect(chi[1]).toBeCloseTo(1 / 6, 5);
    expect(work / (Math.PI * 0.01 ** 2 * chi[1])).toBeCloseTo(1, 5);
  });

  it("has the susceptibility along the axis of a particle", () => {
    const { chi, error } = particle({ sigma: 5, xi: 0.01, omega: 0.1, alpha: 1, axis: [0, 0, 1] });
    // computed independently of this project
    expect(chi[0]).toBeCloseTo(0.246715, 5);
    expect(chi[1]).toBeCloseTo(0.350535, 5);
    expect(error).toBeLessThan(1e-4);
  });

  it("has that of axes at random where the axis is at the magic angle", () => {
    const magic = [Math.sqrt(2 / 3), 0, Math.sqrt(1 / 3)];
    const { chi } = particle({ sigma: 5, xi: 0.01, omega: 0.1, alpha: 1, axis: magic });
    // computed independently of this project
    expect(chi[0]).toBeCloseTo(0.160804, 5);
    expect(chi[1]).toBeCloseTo(0.118163, 5);
  });

  it("has the static susceptibility of axes at random, 1/3, without a frequency", () => {
    const magic = [Math.sqrt(2 / 3), 0, Math.sqrt(1 / 3)];
    const { chi } = particle({ sigma: 5, xi: 0.01, omega: 1e-4, alpha: 1, axis: magic });
    expect(chi[0]).toBeCloseTo(1 / 3, 5);
  });

  it.each([
    [1, 3, 0.37101, 1e-4],
    [5, 5, 3.80518, 5e-5],
  ])("has the loop of axes at random under ξ = %d, by %d axes: %d kT", (xi, nodes, expected, most) => {
    // axes at an angle of cosine x to the field are as frequent as any others: a mean over 0 < x < 1
    const rule = gaussLegendre(nodes);
    let mean = 0;
    rule.nodes.forEach((node, i) => {
      const x = (1 + node) / 2;
      const axis = [Math.sqrt(1 - x * x), 0, x];
      mean += (rule.weights[i] / 2) * particle({ sigma: 5, xi, omega: 0.1, alpha: 1, axis }).work;
    });
    // computed independently of this project; so few nodes leave one and three parts in 10⁵
    expect(Math.abs(mean / expected - 1)).toBeLessThan(most);
  });

  it("forgets the start of a run, and knows how much of it is left", () => {
    const up = { type: "direction", m: [0, 0, 1] };
    const strong = { sigma: 3, xi: 2, omega: 1, alpha: 0.3, axis: [0, 0, 1], initial: up };
    const [first, later] = [0, 6].map((before) => particle({ ...strong, before }));
    expect(first.run.mean - first.mean).toBeGreaterThan(0.05);
    expect(later.run.mean).toBeCloseTo(later.mean, 4);
    expect(later.run.work).toBeCloseTo(later.work, 4);
  });
});

describe("a period", () => {
  const inTime = (text: string) => parse(text, { names: ["t"] });

  it.each([
    "sin(t)",
    "exp(-sin(2*t + 1)^2)",
    "mz*cos(t) + 3",
    "abs(sin(t))",
    "2",
    "exp(-sin(t/2)^2/0.01)",
    "sin(t/2)*cos(3*t/2 + 1)",
  ])("is one of %s", (text) => {
    expect(hasPeriod(inTime(text), 2 * Math.PI)).toBe(true);
  });

  it.each([
    "sin(1.001*t)",
    "t",
    "sin(t^2)",
    "sin(t) + 1e-9*t",
    "cos(t/2)",
    "sin(t/2)*cos(t)",
    "exp(sin(t/2))",
    "sin(t/4)^2",
  ])("is none of %s", (text) => {
    expect(hasPeriod(inTime(text), 2 * Math.PI)).toBe(false);
  });
});
