import { describe, expect, it } from "vitest";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { readProblem } from "../../src/run/run.ts";
import { tooFewSpins } from "../../src/statistics/comparison.ts";
import type { KnownLaw } from "../../src/statistics/known-law.ts";
import { compareMeans } from "../../src/statistics/mean-comparison.ts";
import { seeded } from "./seeded.ts";

/** The nine moments under the initial density of an experiment, and draws from that density. */
function sampled(experiment: object) {
  const problem = readProblem({ ensemble: 10, time: { duration: 1 }, ...experiment });
  const [density] = demand(demand(predict(problem)).densities([0]));
  const { x, y, z, mass, area } = density.masses();
  const products = [
    [x, x],
    [y, y],
    [z, z],
    [x, y],
    [x, z],
    [y, z],
  ].map(([a, b]) => a.map((v, q) => v * b[q]));
  const law: KnownLaw = {
    mass,
    possible: mass.map((p, q) => p + 1e-8 * area[q]),
    values: [x, y, z, ...products],
  };
  let sum = 0;
  const cumulative = mass.map((p) => (sum += p));
  return {
    law,
    exact: [...density.m, ...density.mm],
    means(samples: number, random: { uniform(): number }, weight: (q: number) => number = () => 1) {
      const sums = law.values.map(() => 0);
      let kept = 0;
      while (kept < samples) {
        const u = random.uniform() * sum;
        let [low, high] = [0, mass.length - 1];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (u < cumulative[middle]) high = middle;
          else low = middle + 1;
        }
        if (random.uniform() >= weight(low)) continue;
        kept++;
        for (let i = 0; i < sums.length; i++) sums[i] += law.values[i][low];
      }
      return sums.map((s) => s / samples);
    },
  };
}

const uniaxial = { type: "uniaxial", Ku1: 1 };
const laws = {
  "free spins": { magnet: { delta: 1, alpha: 0.1 }, initial: { type: "uniform" } },
  "a minor well that few spins are in": {
    magnet: { delta: 20, alpha: 0.1 },
    energies: [uniaxial, { type: "zeeman", B_ext: [0, 0, 0.049] }],
    initial: { type: "boltzmann" },
  },
  "a field across": {
    magnet: { delta: 6, alpha: 0.1 },
    energies: [uniaxial, { type: "zeeman", B_ext: [0.3, 0.1, 0.05] }],
    initial: { type: "boltzmann" },
  },
};
const rounding = new Array<number>(9).fill(2e-6);

describe("means against an exact law", () => {
  for (const [name, experiment] of Object.entries(laws)) {
    let known: ReturnType<typeof sampled> | undefined;
    for (const samples of [20, 300])
      it(`have uniform p-values: ${name}, ${samples} spins (fixed seed)`, () => {
        known ??= sampled(experiment);
        const { law, exact, means } = known;
        const random = seeded(samples);
        const trials = 80;
        const p = Array.from(
          { length: trials },
          () => compareMeans("m", means(samples, random), exact, law, samples, { rounding }).pValue as number,
        ).sort((a, b) => a - b);
        const distance = Math.max(...p.map((x, i) => Math.abs(x - (i + 0.5) / trials)));
        // Kolmogorov's distance: 1.63/√n is passed by one in a hundred
        expect(distance * Math.sqrt(trials)).toBeLessThan(1.63);
        expect(p[0]).toBeGreaterThan(1e-4);
      });
  }

  it("see a density that leans, and forgive a stated bias", () => {
    const { law, exact, means } = sampled(laws["a field across"]);
    const leaning = means(20000, seeded(3), (q) => 0.5 + 0.3 * law.values[0][q]);
    expect(compareMeans("m", leaning, exact, law, 20000).pValue).toBeLessThan(1e-12);
    const allowedBias = leaning.map((x, i) => Math.abs(x - exact[i]));
    expect(compareMeans("m", leaning, exact, law, 20000, { allowedBias }).pValue).toBeGreaterThan(0.99);
  });

  it("count spins in a rare well as Poisson's law does", () => {
    const { law, exact } = sampled(laws["a minor well that few spins are in"]);
    const [, , z] = law.values;
    const rare = law.mass.reduce((sum, p, q) => (z[q] < 0 ? sum + p : sum), 0);
    const up = law.values.map(
      (f) => f.reduce((sum, v, q) => (z[q] > 0 ? sum + law.mass[q] * v : sum), 0) / (1 - rare),
    );
    const down = law.values.map(
      (f) => f.reduce((sum, v, q) => (z[q] < 0 ? sum + law.mass[q] * v : sum), 0) / rare,
    );
    const samples = 100;
    const found = (k: number) => up.map((x, i) => (x * (samples - k) + down[i] * k) / samples);
    const p = (k: number) => compareMeans("m", found(k), exact, law, samples, { rounding }).pValue as number;
    // about two are expected below; the sample's own error would be far too small with none
    expect(samples * rare).toBeGreaterThan(0.5);
    expect(p(0)).toBeGreaterThan(0.05);
    expect(p(Math.round(samples * rare) + 40)).toBeLessThan(1e-12);
  });

  it("hold a function that does not vary against its value, and decline with few spins", () => {
    const law: KnownLaw = {
      mass: Float64Array.of(0.5, 0.5),
      possible: Float64Array.of(0.5, 0.5),
      values: [Float64Array.of(-1, 1), Float64Array.of(2, 2)],
    };
    expect(compareMeans("f", [0.01, 2], [0, 2], law, 100).pValue).toBeGreaterThan(0.5);
    expect(compareMeans("f", [0.01, 2.1], [0, 2], law, 100).pValue).toBe(0);
    expect(compareMeans("f", [0.01, 2], [0, 2], law, 5).reason).toContain("5 spins");
  });
});

it("says how many spins a test lacks", () => {
  expect(tooFewSpins(1, 10)).toBe("1 spin, at least 10 are needed");
  expect(tooFewSpins(4, 10)).toBe("4 spins, at least 10 are needed");
});
