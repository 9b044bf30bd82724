import { describe, expect, it } from "vitest";
import { analyseTrace } from "../../src/traces/analyse.ts";
import { noiseLaw } from "../../src/traces/hidden-markov/noise-law.ts";
import { seeded } from "../statistics/seeded.ts";
import { synthetic } from "./synthetic.ts";

const dwell = [40, 20];
const clean = synthetic({ samples: 10_000, sampleTime: 1, dwell, levels: [0, 1], noise: 0, seed: 5 });

/** The levels behind no filter, with a noise of one's own. */
function analysed(noise: (random: ReturnType<typeof seeded>, level: number) => number) {
  const random = seeded(6);
  const values = clean.map((level) => level + noise(random, level));
  return analyseTrace({ values, breaks: [] }, values.length, 1, { bandwidth: null });
}
type Analysis = ReturnType<typeof analysed>;

/** Student's variate of three degrees. */
const student = (random: ReturnType<typeof seeded>): number =>
  (Math.sqrt(3) * random.normal()) / Math.hypot(random.normal(), random.normal(), random.normal());

function requireTruth({ perLevel, warnings }: Analysis): void {
  perLevel.forEach(({ mean, standardError }, s) => {
    expect(Math.abs(mean - dwell[s])).toBeLessThan(2 * standardError);
    expect(standardError / mean).toBeLessThan(0.09);
  });
  expect(warnings).toEqual([]);
}

describe("dwell times are those that were drawn", () => {
  it("where the noise has outliers, whose law is found", () => {
    const found = analysed((random) => 0.15 * student(random));
    requireTruth(found);
    expect(Math.abs(found.noise / 0.15 - 1)).toBeLessThan(0.05);
    expect(found.noiseLaw.perLevel).toBeNull();
    expect(Math.abs((found.noiseLaw.degreesOfFreedom as number) / 3 - 1)).toBeLessThan(0.15);
  });

  it("where each level has a noise of its own, which is found", () => {
    const found = analysed((random, level) => (level > 0.5 ? 0.3 : 0.15) * random.normal());
    requireTruth(found);
    const { perLevel, degreesOfFreedom } = found.noiseLaw;
    expect(degreesOfFreedom).toBeNull();
    expect(Math.abs((perLevel as number[])[0] / 0.15 - 1)).toBeLessThan(0.04);
    expect(Math.abs((perLevel as number[])[1] / 0.3 - 1)).toBeLessThan(0.04);
    expect(found.noise).toBeCloseTo(
      Math.hypot(
        ...found.levels.map(({ occupation }, s) => Math.sqrt(occupation) * (perLevel as number[])[s]),
      ),
      10,
    );
  });
});

it("one normal noise stays one", () => {
  const found = analysed((random) => 0.25 * random.normal());
  expect(found.noiseLaw).toEqual({ perLevel: null, degreesOfFreedom: null });
  requireTruth(found);
});

const telegraph = { levels: [0, 1], rates: [], noise: 0.5, noises: [0.5, 2], pole: null };

describe("the law of the noise", () => {
  it("of one and of three degrees of freedom is Student's in closed form", () => {
    for (const x of [-30, -2, -0.1, 0, 0.7, 5]) {
      const u = x / 2;
      const cauchy = noiseLaw({ ...telegraph, tails: 1 }, 1);
      expect(cauchy.density(x)).toBeCloseTo(1 / (2 * Math.PI * (1 + u * u)), 12);
      expect(cauchy.below(x)).toBeCloseTo(0.5 + Math.atan(u) / Math.PI, 5);
      const three = noiseLaw({ ...telegraph, tails: 3 }, 1);
      const v = u / Math.sqrt(3);
      expect(three.density(x)).toBeCloseTo(1 / (Math.PI * Math.sqrt(3) * (1 + v * v) ** 2), 12);
      expect(three.below(x)).toBeCloseTo(0.5 + (v / (1 + v * v) + Math.atan(v)) / Math.PI, 6);
    }
  });

  it("of many degrees is the normal one", () => {
    for (const x of [-1, 0, 0.3]) {
      const [many, normal] = [noiseLaw({ ...telegraph, tails: 900 }, 0), noiseLaw(telegraph, 0)];
      expect(many.density(x) / normal.density(x)).toBeCloseTo(1, 2);
      expect(many.below(x)).toBeCloseTo(normal.below(x), 3);
    }
  });
});
