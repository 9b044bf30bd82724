import { expect, it } from "vitest";
import { passageShares } from "../../src/observables/first-passage/bins.ts";
import { levels, survivalQuantiles } from "../../src/observables/first-passage/survival.ts";
import { fokkerPlanck } from "../../src/run/exact-alone.ts";

it("quantiles are those of laws that end early and late in the run", () => {
  for (const mean of [1e-4, 0.01, 0.3]) {
    const found = survivalQuantiles(
      passageShares,
      passageShares.map((share) => Math.exp(-share / mean)),
    );
    for (const level of levels) expect((found[level] ?? 0) / (-mean * Math.log(1 - level))).toBeCloseTo(1, 3);
  }
});

it("the median from beside a rim is that of Brownian motion on a line, erf(x/√4Dt) = ½", () => {
  const [delta, alpha, duration] = [4, 0.3, 60];
  const { fokkerPlanck: exact } = fokkerPlanck({
    magnet: { delta, alpha },
    energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
    initial: { type: "direction", m: [0.8, 0, 0.6] },
    time: { duration, step: 0.1 },
    observables: [{ type: "firstPassage", until: "mz < 0.599" }],
  });
  const diffusion = alpha / (2 * delta);
  const away = Math.acos(0.599) - Math.acos(0.6);
  // erf(0.476936) = ½
  const median = (away / 0.4769362762) ** 2 / (4 * diffusion);
  const found = exact?.firstPassage?.quantiles?.["0.5"] ?? 0;
  // the drift from the rim to the pole adds (x/D) |F|, half a percent
  expect(found / median).toBeGreaterThan(1.002);
  expect(found / median).toBeLessThan(1.008);
});
