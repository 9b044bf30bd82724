import { describe, expect, it } from "vitest";
import { configurations } from "../../scripts/calibration/configurations.ts";
import { prepare, verdictOf } from "../../scripts/calibration/ensembles.ts";
import { kolmogorovSmirnov } from "../../scripts/calibration/kinds.ts";
import { subjects } from "../../scripts/calibration/subjects.ts";
import { mul } from "../../src/expression/expression.ts";

const seeds = 12;

/** What `npm run calibrate` does at length: correct ensembles raise no alarm, and small p-values are no commoner than they say. */
describe("calibration", () => {
  for (const [name, ensemble] of [
    ["axial relaxation", 2000],
    ["free spins", 2000],
    ["dwell, axial", 200],
  ] as const)
    it(`of ${name} with ${ensemble} spins`, async () => {
      const configuration = configurations.find((found) => found.name === name);
      const prepared = prepare(configuration?.experiment ?? {}, ensemble);
      const p: number[] = [];
      for (let seed = 1; seed <= seeds; seed++) {
        const { certificate, comparisons } = await verdictOf(prepared, seed);
        expect(certificate.reason).toBeUndefined();
        p.push(...comparisons.flatMap(({ pValue }) => (pValue === null ? [] : [pValue])));
      }
      expect(p.length).toBeGreaterThan(seeds);
      // four standard deviations above the binomial mean; tests of one run depend on each other, so runs are what is counted
      for (const limit of [0.1, 0.01]) {
        const allowed = p.length * limit + (4 * Math.sqrt(seeds * limit * (1 - limit)) * p.length) / seeds;
        expect(p.filter((x) => x < limit).length).toBeLessThanOrEqual(allowed);
      }
    });

  it("sees what the table of power says it sees", async () => {
    // ringing, moments at one time, 1e4 spins: precession from 0.4 % on with even odds, temperature from 6 % on
    const subject = subjects.find(({ name, observable }) => /ringing/.test(name) && observable === "moments");
    const prepared = prepare(subject?.experiment ?? {}, 10_000);
    const { problem } = prepared;
    const { omega, diffusion } = problem.dynamics;
    const passes = async (factors: { omega?: number; diffusion?: number }) => {
      const dynamics = {
        ...problem.dynamics,
        omega: mul(factors.omega ?? 1, omega),
        diffusion: mul(factors.diffusion ?? 1, diffusion),
      };
      return (await verdictOf(prepared, 1, { ...problem, dynamics })).certificate.passed;
    };
    expect(await passes({ omega: 1.008 })).toBe(false);
    expect(await passes({ omega: 1.0005 })).toBe(true);
    expect(await passes({ diffusion: 1.12 })).toBe(false);
    expect(await passes({ diffusion: 1.01 })).toBe(true);
  });

  it("measures uniformity", () => {
    const even = Array.from({ length: 100 }, (_, i) => (i + 0.5) / 100);
    expect(kolmogorovSmirnov(even).pValue).toBe(1);
    // 2 Σ (−1)^{k−1} e^{−2k²x²} at x = 1.358 is the classic 5 % point
    expect(kolmogorovSmirnov(even.map((x) => x * (1 - 0.1297))).pValue).toBeCloseTo(0.05, 2);
    expect(kolmogorovSmirnov(even.map((x) => x ** 3)).pValue).toBeLessThan(1e-6);
  });
});
