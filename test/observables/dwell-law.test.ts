import { expect, test } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import { dwellSurvival } from "../../src/fokker-planck/dwell-survival.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { binsOf, counted, dwellFigures, lasting } from "../../src/observables/dwell/figure.ts";
import { readProblem, run } from "../../src/run/run.ts";

const sides = ["up", "down"] as const;

async function dwelling(experiment: object) {
  const result = await run(
    {
      magnet: { delta: 2.5, alpha: 0.1 },
      initial: { type: "boltzmann" },
      observables: [{ type: "dwell" }],
      ...experiment,
    },
    { backend: wasm },
  );
  const [found] = result.observables;
  const own = result.fokkerPlanck?.dwell;
  if (found.type !== "dwell" || !own) throw new Error("dwell times expected");
  return { found, own };
}

const easy = { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] };

const laws: Readonly<Record<string, object>> = {
  "about the axis of the thresholds": { energies: [easy, { type: "zeeman", B_ext: [0, 0, 0.04] }] },
  "in an oblique field": { energies: [easy, { type: "zeeman", B_ext: [0.15, 0.05, 0.04] }] },
};

test.each(Object.entries(laws))(
  "dwells %s follow the exact law in every bin, short and long, though the run ends two means after its start",
  async (_, dynamics) => {
    const { found, own } = await dwelling({
      ...dynamics,
      ensemble: 20000,
      time: { duration: 300 },
    });
    if (!own.survival) throw new Error(own.survivalReason);
    for (const side of sides) {
      const counts = found[`${side}Counts`];
      const law = own.survival;
      expect(law.times.every((t, i) => i === 0 || t > law.times[i - 1])).toBe(true);
      const scores = binsOf(found).flatMap((bin) => {
        const exact = ((lasting(law, side, bin.from) ?? 0) - (lasting(law, side, bin.to) ?? 0)) / bin.decades;
        const [value] = counted(bin, found, counts, found[side]?.count ?? 0);
        // what is expected of the bin, from its probability
        const expected = (counts[bin.index] * exact) / value;
        return expected > 20 ? [(counts[bin.index] - expected) / Math.sqrt(expected)] : [];
      });
      expect(scores.length).toBeGreaterThan(50);
      const chiSquared = scores.reduce((sum, z) => sum + z * z, 0);
      // four standard deviations of chi-squared
      expect(chiSquared).toBeLessThan(scores.length + 4 * Math.sqrt(2 * scores.length));
    }
    const [figure] = dwellFigures(found, own, "s");
    expect(figure.data.map(({ name }) => name)).toEqual(["up", "up, exact", "down", "down, exact"]);
  },
);

test("the law has the exact mean, which comes from flux and occupation", async () => {
  const { own } = await dwelling({ energies: [easy], ensemble: 100, time: { duration: 3000 } });
  const { times, up, errorEstimate } = own.survival ?? { times: [], up: null, errorEstimate: 1 };
  if (!up) throw new Error(own.survivalReason);
  const mean = times.reduce(
    (sum, t, i) => sum + (i > 0 ? ((t - times[i - 1]) * (up[i] + up[i - 1])) / 2 : t),
    0,
  );
  expect(errorEstimate).toBeLessThan(1e-4);
  expect(up.at(-1)).toBeLessThan(1e-8);
  // the rule of trapezes on 96 points
  expect(mean / (own.up ?? 0)).toBeCloseTo(1, 1.8);
});

test("off the axis the law has the mean of flux and occupation too, and that about the axis where it turns towards it", async () => {
  const times = [1, 5, 20, 80, 300];
  const solved = (...B_ext: number[]) => {
    const problem = readProblem({
      magnet: { delta: 2.5, alpha: 0.1 },
      energies: [easy, { type: "zeeman", B_ext }],
      initial: { type: "boltzmann" },
      time: { duration: 100 },
    });
    return demand(predict(problem)).typical.solution;
  };
  const thresholds = { axis: [0, 0, 1], up: 0.5, down: -0.5 } as const;
  // so small a field across changes nothing, but leaves no axis
  const [about, beside] = [0, 1e-7].map((across) =>
    demand(dwellSurvival(solved(across, 0, 0.04), thresholds, times)),
  );
  for (const side of sides)
    demand(beside[side]).forEach((value, i) => {
      expect(Math.abs(value - demand(about[side])[i])).toBeLessThan(2e-5);
    });
});

test("a law that would take too long is refused with its reason, which the figure says", async () => {
  const { found, own } = await dwelling({
    magnet: { delta: 3, alpha: 0.03 },
    energies: [
      easy,
      { type: "uniaxial", Ku1: -5, anisU: [0, 1, 0] },
      { type: "zeeman", B_ext: [0, 0, 0.05] },
    ],
    ensemble: 1000,
    time: { duration: 100 },
  });
  expect(own.up).toBeGreaterThan(0);
  expect(own.survival).toBeNull();
  const [figure] = dwellFigures(found, own, "s");
  expect(figure.caption).toMatch(/survival would take more than \d+ s/);
  expect(figure.data.map(({ name }) => name)).toContain("up, exponential law");
});
