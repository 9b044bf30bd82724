import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { lawOf } from "../../src/statistics/means-of-density.ts";

/** A junction at the end of its write pulse: a narrow peak at the bottom, and a few spins that have not turned yet. */
function switched(shares: readonly number[]) {
  const checked = checkExperiment(parse(readFileSync("examples/write-pulse.yaml", "utf8")));
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  return demand(demand(predict(problem)).densities(shares.map((share) => Math.round(share * problem.steps))));
}

describe("the law of a density", () => {
  it("keeps the tails beside a narrow peak", () => {
    for (const density of switched([0.625, 0.6875, 0.75])) {
      const { z, mass } = density.masses();
      const mean = (f: (z: number) => number): number => mass.reduce((sum, p, q) => sum + p * f(z[q]), 0);
      expect(mean((c) => c)).toBeCloseTo(density.m[2], 9);
      expect(mean((c) => c * c)).toBeCloseTo(density.mm[2], 9);
      // what is above the equator is rare, and there
      const above = demand(
        density.probabilities({ kind: "projection", axis: [0, 0, 1], edges: [-1, 0, 1] }),
      )[1];
      const counted = mean((c) => (c > 0 ? 1 : 0));
      expect(Math.abs(counted - above)).toBeLessThan(0.05 * above + 1e-9);
    }
  });

  it("is not given where ripples take the place of tails", () => {
    const [density] = switched([0.5]);
    const masses = density.masses();
    // the tail is lost: the means of what is left are those of the peak alone
    const mass = masses.mass.map((p, q) => (masses.z[q] > -0.5 ? 0 : p));
    const whole = mass.reduce((a, b) => a + b, 0);
    const cut = { ...density, masses: () => ({ ...masses, mass: mass.map((p) => p / whole) }) };
    expect(lawOf(density, (_x, _y, z) => [z]).value).not.toBeNull();
    expect(lawOf(cut, (_x, _y, z) => [z]).reason).toMatch(/tails are lost/);
  });
});
