import { describe, expect, it } from "vitest";
import { boltzmannSampler } from "../../src/ensemble/initial/boltzmann.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { gaussLegendre } from "../../src/numerics/gauss-legendre.ts";
import { guideToEnd } from "../../src/observables/rare-event/guide.ts";
import { rows } from "../../src/observables/rare-event/shown.ts";
import type { TemperedStart } from "../../src/observables/rare-event/tempered-start.ts";
import { temperedStart } from "../../src/observables/rare-event/tempered-start.ts";
import type { EnergyDensity, WellDensity } from "../../src/physics/initial/initial-law.ts";
import { summaryOfIslands } from "../../src/statistics/islands.ts";
import { count, exactOf, expectInside, readProblem, written } from "./counted-rare-event.ts";

/*
 * Short runs at rest, whose events begin high in the well: half of the spins begin at a raised temperature, and each weighs what its start is worth.
 * Against exact values.
 */

const still = { torques: [], ensemble: 8192 };
const easy = { type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] };
const film = { energies: [easy, { type: "uniaxial", Ku1: -4, anisU: [1, 0, 0] }] };
const oblique = { energies: [easy, { type: "zeeman", B_ext: [0.2, 0, -0.1] }] };

describe("a start too rare for an ensemble", () => {
  it.each([
    ["of twenty kT over six relaxation times", written(20, 60, { event: "mz < -0.5" }, still)],
    ["of twenty kT over two relaxation times", written(20, 20, { event: "mz < -0.5" }, still)],
    ["of sixty kT over six relaxation times", written(60, 60, { event: "mz < -0.5" }, still)],
  ])("%s is tempered, and the interval holds the exact value", async (_, asked) => {
    const { result, counts } = await count(asked);
    const exact = demand(exactOf(asked)).value;
    expect(exact).toBeLessThan(1e-3);
    expect(counts.isTempered).toBe(true);
    expect(counts.unseenStart).toBeLessThan(0.01);
    expectInside(result.probability, exact);
    expect(result.relativeError).toBeLessThan(0.2);
    expect(result.temperedStart).toBe(true);
    expect(rows(result).flat().join()).toContain("tempered start");
  });

  it("in equilibrium over both wells is tempered over both, and a top between them has its share of Boltzmann's law", async () => {
    const top = written(20, 20, { event: "abs(mz) < 0.1" }, { ...still, initial: { type: "boltzmann" } });
    const { result, counts } = await count(top);
    expect(counts.isTempered).toBe(true);
    const { nodes, weights } = gaussLegendre(64);
    const integral = (to: number): number =>
      to * nodes.reduce((sum, x, i) => sum + weights[i] * Math.exp(20 * (to * x) ** 2), 0);
    const exact = integral(0.1) / integral(1);
    expect(exact).toBeLessThan(1e-8);
    expectInside(result.probability, exact);
    expect(result.relativeError).toBeLessThan(0.1);
  });

  it("is unbiased over many islands", async () => {
    const asked = written(20, 30, { event: "mz < -0.5", islands: 128 }, { ...still, ensemble: 32_768 });
    const { counts } = await count(asked);
    const { value, relativeError } = summaryOfIslands(counts.logs);
    const exact = demand(exactOf(asked)).value;
    expect(relativeError).toBeLessThan(0.06);
    expect(Math.abs((value as number) / exact - 1)).toBeLessThan(4 * (relativeError as number));
  });

  it.each([
    ["of a film", film, { type: "well", m: [0, 0, 1] }],
    ["in an oblique field", oblique, { type: "well", m: [0, 0, 1] }],
    ["of all wells", oblique, { type: "boltzmann" }],
  ])("%s has weights whose mean over all draws is one", (_, { energies }, initial) => {
    const { problem } = readProblem(written(20, 20, { event: "mz < -0.5" }, { ...still, energies, initial }));
    const law = problem.initial as EnergyDensity | WellDensity;
    const tempered = temperedStart(law, 20) as TemperedStart;
    const draws = 4000;
    const [cold, warm] = [law, tempered.law as typeof law].map((of) => {
      const sampler = boltzmannSampler(of.energyOverKT, [], "wellOf" in of ? of.wellOf : undefined);
      const stream = Uint32Array.of(1, 2, 3, 4);
      return Array.from({ length: draws }, () => Math.exp(tempered.logWeight(...sampler(stream, []))));
    });
    const weights = [...cold, ...warm];
    expect(Math.max(...weights)).toBeLessThan(2 + 1e-12);
    const variance = (of: readonly number[]): number => {
      const mean = of.reduce((sum, w) => sum + w / draws, 0);
      return of.reduce((sum, w) => sum + (w - mean) ** 2 / draws, 0);
    };
    const error = Math.sqrt((variance(cold) + variance(warm)) / draws) / 2;
    expect(error).toBeLessThan(0.01);
    expect(Math.abs(weights.reduce((sum, w) => sum + w, 0) / (2 * draws) - 1)).toBeLessThan(4 * error);
  });

  it("is left as it is where it lacks nothing, and where parameters differ from spin to spin", () => {
    const guideOf = (experiment: object) => {
      const { problem, planned } = readProblem(experiment);
      return guideToEnd(problem, planned);
    };
    expect(guideOf(written(40, 120, { event: "mz > 0" })).tempered).toBeUndefined();
    const spread = { ...still, magnet: { delta: { mean: 20, deviation: 0.01 }, alpha: 0.1 } };
    const { tempered, unseenStart } = guideOf(written(20, 60, { event: "mz < -0.5" }, spread));
    expect(tempered).toBeUndefined();
    expect(unseenStart).toBeGreaterThan(0.4);
  });
});
