import { describe, expect, it } from "vitest";
import { biasCases, biasesOf, equalBias, largestStep, solvedCase } from "../../src/bench/equal-bias.ts";
import { fokkerPlanckCosts } from "../../src/bench/fokker-planck.ts";

describe("steps at equal bias", () => {
  const hot = solvedCase(biasCases[4]);

  it.each([
    // 6e6 spins each, float32, in this program's own ensembles; standard errors 1.2e-4, correlated records perhaps twice that
    ["splitting", "dyadic", 0.8, 1.5e-3],
    ["heun", "gaussian", 0.4, -4.1e-3],
    ["semi-implicit", "dyadic", 0.4, 7.9e-3],
  ] as const)(
    "have the bias of <mz^2> that was sampled: %s, %s, h = %d",
    (integrator, variates, step, sampled) => {
      expect(Math.abs(biasesOf(hot, [integrator, variates], step).secondMoment - sampled)).toBeLessThan(6e-4);
    },
  );

  it("settle: a further order changes nothing that matters", () => {
    const scheme = ["heun", "gaussian"] as const;
    const [second, fourth] = [2, 4].map((orders) => biasesOf(hot, scheme, 0.4, orders));
    expect(Math.abs(second.secondMoment / fourth.secondMoment - 1)).toBeLessThan(1e-3);
    expect(Math.abs(second.logarithmOfTime / fourth.logarithmOfTime - 1)).toBeLessThan(1e-2);
  });

  it("end where the first of the two limits is met", () => {
    const found = largestStep(hot, ["heun", "gaussian"]);
    const share = Math.max(
      Math.abs(found.secondMoment) / equalBias.secondMoment,
      Math.abs(found.logarithmOfTime) / equalBias.logarithmOfTime,
    );
    expect(share).toBeGreaterThan(0.9);
    expect(share).toBeLessThanOrEqual(1);
    const longer = biasesOf(hot, ["splitting", "dyadic"], 3 * found.step);
    expect(Math.abs(longer.secondMoment)).toBeLessThan(equalBias.secondMoment);
    expect(Math.abs(longer.logarithmOfTime)).toBeLessThan(equalBias.logarithmOfTime);
  });
});

it("tells what the exact side costs as plain data", () => {
  const costs = fokkerPlanckCosts(undefined, 410);
  expect(JSON.parse(JSON.stringify(costs))).toEqual(costs);
  expect(costs.rows.map(({ geometry, size }) => [geometry, size])).toEqual([
    ["axial", 101],
    ["axial", 201],
    ["axial", 401],
    ["full sphere", 169],
    ["full sphere", 289],
  ]);
  for (const row of costs.rows)
    for (const seconds of [
      row.assemblySeconds,
      row.stationarySeconds,
      row.eigenvalueSeconds,
      row.evolutionSeconds,
    ])
      expect(seconds).toBeGreaterThan(0);
});
