import { describe, expect, it } from "vitest";
import { cleanEach, cleanProbabilities, cleanSurvival } from "../../src/fokker-planck/clean-probabilities.ts";
import { harmonicDensity } from "../../src/fokker-planck/density.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { laboratory } from "../../src/fokker-planck/frame.ts";
import { harmonicIndex, harmonicsAt } from "../../src/fokker-planck/harmonics.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { solveFokkerPlanck } from "../../src/fokker-planck/solve.ts";
import { readProblem } from "../../src/run/run.ts";

describe("probabilities of bins", () => {
  it("lie between 0 and 1, add up as before, and their error covers what was moved", () => {
    const found = cleanProbabilities(Float64Array.of(-1e-6, 0.4, 0.600001));
    expect(demand(found)[0]).toBe(0);
    expect(demand(found).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14);
    expect(found.errorEstimate).toBeCloseTo(2e-6, 12);
  });

  it("are refused where more is outside than can be an error", () => {
    expect(cleanProbabilities(Float64Array.of(-0.01, 1.01)).reason).toMatch(/finer than what is resolved/);
    expect(cleanProbabilities(Float64Array.of(Number.NaN, 1)).value).toBeNull();
    expect(cleanEach([0.2, 1.01]).reason).toMatch(/outside 0 and 1/);
    expect(cleanEach([0.2, -1e-7]).value).toEqual([0.2, 0]);
    expect(cleanEach([0.2, -1e-7]).errorEstimate).toBeCloseTo(2e-7, 12);
  });

  it("of having survived never rise, and their error covers what did", () => {
    const small = 2 ** -14;
    const found = cleanSurvival([1 - 40 * small, 1 + 1e-8, 0.75, 0.5, 0.5 + small], [1, 2, 3, 4, 5]);
    // ringing before anybody passed costs nothing, a rise later does
    expect(demand(found)).toEqual([1, 1, 0.75, 0.5 + small, 0.5 + small]);
    expect(found.errorEstimate).toBe(small);
    // in any order of the times
    expect(demand(cleanSurvival([0.5, 1, 0.5 + small], [4, 0, 5]))).toEqual([0.5 + small, 1, 0.5 + small]);
    expect(cleanSurvival([0.9, 0.95], [1, 2]).reason).toMatch(/rises by 5.0e-2/);
  });

  it("of a peak that harmonics do not resolve are refused, moments are not", () => {
    const index = harmonicIndex(20);
    const density = harmonicDensity(index, harmonicsAt(index, [0, 0, 1]), laboratory);
    const edges = Array.from({ length: 65 }, (_, i) => -1 + i / 32);
    expect(density.m[2]).toBeCloseTo(1, 12);
    expect(density.probabilities({ kind: "projection", axis: [0, 0, 1], edges }).value).toBeNull();
  });
});

describe("a stationary density with a cut that is narrower than any harmonic", () => {
  it("states an error of its bins that covers what the expansion misses", () => {
    const { dynamics } = readProblem({
      magnet: { delta: 2, alpha: 0.2 },
      energies: [{ type: "uniaxial", Ku1: 1 }],
      torques: [{ type: "potential", chi: "0.6*exp(-((mz-0.2)/0.002)^2)" }],
      time: { duration: 1 },
    });
    const stationary = demand(demand(solveFokkerPlanck(dynamics)).stationary());
    const edges = [-1, 0.198, 0.202, 1];
    const found = stationary.probabilities({ kind: "projection", axis: [0, 0, 1], edges });
    // exp(−Ψ/D) by the midpoint rule with steps of 1e-5: D = α/(2Δ) = 0.05
    const weight = (z: number) => Math.exp(2 * z * z - 12 * Math.exp(-(((z - 0.2) / 0.002) ** 2)));
    const masses = [0, 0, 0];
    for (let k = 0; k < 200000; k++) {
      const z = -1 + (k + 0.5) * 1e-5;
      masses[z < edges[1] ? 0 : z < edges[2] ? 1 : 2] += weight(z);
    }
    const whole = masses.reduce((a, b) => a + b, 0);
    const off = Math.max(...demand(found).map((p, i) => Math.abs(p - masses[i] / whole)));
    expect(off).toBeGreaterThan(1e-6);
    expect(off).toBeLessThan(found.errorEstimate ?? 0);
  });
});

describe("a linearly swept field", () => {
  it("leaves no probability below 0 at any time", () => {
    const problem = readProblem({
      magnet: { Ms: 4.0e5, volume: 1.0e-24, alpha: 0.1, temperature: 300 },
      energies: [
        { type: "uniaxial", Ku1: 1.0e5, anisU: [0, 0, 1] },
        { type: "zeeman", B_ext: [0, 0, { ramp: { from: 0, to: -0.6, length: 2.0e-8 } }] },
      ],
      initial: { type: "well", m: [0, 0, 1] },
      ensemble: 20000,
      time: { duration: 2.0e-8 },
      observables: [{ type: "moments", times: 20 }],
    });
    const [moments] = problem.observables;
    const prediction = demand(predict(problem));
    const densities = demand(prediction.densities(moments.steps ?? []));
    for (const density of densities) {
      const sides = density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] });
      for (const p of demand(sides)) {
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }
      // the highest coefficients of a density at the rim of its well
      expect(sides.errorEstimate).toBeLessThan(1e-4);
    }
  });
});
