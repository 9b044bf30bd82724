import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { figuresTable } from "../../src/report/tables.ts";
import { fokkerPlanck } from "../../src/run/exact-alone.ts";
import { exactRates } from "../../src/run/rates.ts";

const experiment = {
  magnet: { delta: 2, alpha: 0.1 },
  energies: [{ type: "zeeman", B_ext: [0, 0, 1] }],
  initial: { type: "direction", m: [1, 0, 0] },
  time: { duration: 2 },
  observables: [{ type: "moments", times: 1 }],
};
/** Another calculation: all eigenvalues of the dense matrix of harmonics up to degree 16, from fields and cross products. */
const [real, pair] = [0.1279638347686, 0.1022461839735];

it("has one λ₁, the smallest real eigenvalue, where a precessing pair decays more slowly", () => {
  const result = fokkerPlanck(experiment);
  const text = `${summary(result)}\n${figuresTable(result)}`;
  expect(text).toMatch(/smallest real eigenvalue +0\.12796 per/);
  expect(text).toMatch(/slower decay +0\.10225 ± 1 i per/);
  const listed = result.fokkerPlanck?.eigenvalues?.map(({ re }) => re) ?? [];
  expect(Math.min(...listed.slice(1).map((re) => Math.abs(re - pair)))).toBeLessThan(1e-9);
  const rates = exactRates(experiment, {});
  expect(rates.slowest?.rate).toBeCloseTo(real, 9);
});
