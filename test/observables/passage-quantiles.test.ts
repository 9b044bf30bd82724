import { expect, it } from "vitest";
import { passageShares } from "../../src/observables/first-passage/bins.ts";
import { quantileIntervals } from "../../src/observables/first-passage/quantile-intervals.ts";
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

it("intervals of quantiles hold those of laws of many shapes, in early bins, too", () => {
  const spins = 1e9;
  // exp(−t), exp(−t³), exp(−√t) and a law of two times
  const laws: [(t: number) => number, (level: number) => number][] = [
    ...[1, 3, 0.5].map((k): [(t: number) => number, (level: number) => number] => [
      (t) => Math.exp(-(t ** k)),
      (level) => (-Math.log(1 - level)) ** (1 / k),
    ]),
    [(t) => (t < 1 ? 1 : t < 2 ? 0.4 : 0), (level) => (level <= 0.6 ? 1 : 2)],
  ];
  for (const [survival, quantile] of laws)
    for (let scale = 1e-9; scale < 0.3; scale *= 1.7) {
      const found = quantileIntervals(
        passageShares,
        passageShares.map((t) => spins * survival(t / scale)),
      );
      for (const level of levels) {
        const truth = scale * quantile(level);
        if (truth >= 1) continue;
        const { low, high } = found[level];
        // 1e-4: of a billion spins
        expect(low / truth).toBeLessThan(1 + 1e-4);
        if (high !== null) expect(high / truth).toBeGreaterThan(1 - 1e-4);
        if (truth > 1e-3 && survival(0.5) > 0.5 && survival(0.5) < 0.7)
          expect(((high ?? 1) - low) / truth).toBeLessThan(0.02);
      }
    }
});

it("few spins make an interval wide, by the binomial law", () => {
  const times = passageShares;
  const { low, high } = quantileIntervals(
    times,
    times.map((t) => 40 * Math.exp(-t / 0.1)),
  )["0.5"];
  // Clopper and Pearson, 20 of 40: 0.338 to 0.662
  expect(low).toBeCloseTo(-0.1 * Math.log(1 - 0.338), 3);
  expect(high).toBeCloseTo(-0.1 * Math.log(1 - 0.662), 3);
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
