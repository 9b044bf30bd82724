import { expect, it } from "vitest";
import { meanOfSurvival } from "../../src/fokker-planck/driven-passage.ts";
import { fokkerPlanck } from "../../src/library.ts";
import { passageShares } from "../../src/observables/first-passage/bins.ts";
import { exactRemainder, exactRestrictedMean } from "../../src/observables/first-passage/means.ts";

it("the mean from a shallow well is the mean within a run in which all pass", () => {
  const { fokkerPlanck: exact } = fokkerPlanck({
    magnet: { delta: 4, alpha: 0.3 },
    energies: [
      { type: "uniaxial", Ku1: 1 },
      { type: "zeeman", B_ext: [0, 0, -0.8] },
    ],
    initial: { type: "well", m: [0, 0, 1] },
    ensemble: 100,
    time: { duration: 160 },
    observables: [{ type: "firstPassage", until: "mz < -0.5" }],
  });
  // one is a double quadrature, the other goes by modes
  const { mean, restrictedMean, survival } = exact!.firstPassage!;
  expect(restrictedMean! / mean!).toBeCloseTo(1, 5);
  expect(survival!.value[0]).toBeCloseTo(1, 9);
});

it("means and remainders of exponential laws, long and short beside the run", () => {
  for (const mean of [0.01, 0.03, 0.1, 0.5, 3]) {
    const survival = passageShares.map((share) => Math.exp(-share / mean));
    expect(exactRestrictedMean(survival) / (mean * (1 - Math.exp(-1 / mean)))).toBeCloseTo(1, 8);
    expect(exactRemainder({ mean, survival }, 1)! / mean).toBeCloseTo(1, 6);
    const watched = meanOfSurvival(passageShares, survival, 0);
    if (mean > 0.1) expect(watched).toBeNull();
    else expect(watched!.mean / mean).toBeCloseTo(1, 4);
    // a mean known to a thousandth says nothing of what the last in a million have to wait
    if (mean < 0.1) expect(exactRemainder({ mean: 1.0009 * mean, survival }, 1)!).toBeLessThan(1.01 * mean);
  }
});
