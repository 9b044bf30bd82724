import { expect, it } from "vitest";
import { summary } from "../../src/cli/summary.ts";
import { figuresTable } from "../../src/report/tables.ts";
import { fokkerPlanck } from "../../src/run/run.ts";

const magnet = { delta: 4, alpha: 0.2 };
const axis = { type: "uniaxial", Ku1: 1 };

it("calls rates and states of a driven run those of t = 0", () => {
  const drive = { sine: { amplitude: 0.2, frequency: 0.02 } };
  const told = (energies: readonly object[]) => {
    const result = fokkerPlanck({
      magnet,
      energies,
      time: { duration: 20 },
      observables: [{ type: "entropyProduction", times: 1 }],
    });
    const figures = result.fokkerPlanck?.twoStates;
    expect(figures?.up.weight).toBeCloseTo(0.5, 6);
    return { result, text: `${summary(result)}\n${figuresTable(result)}` };
  };
  const still = told([axis]);
  expect(still.result.fokkerPlanck?.frozenAt).toBeUndefined();
  expect(still.text).not.toContain("t = 0");
  const driven = told([axis, { type: "zeeman", B_ext: [0, 0, drive] }]);
  expect(driven.result.fokkerPlanck?.frozenAt).toBe(0);
  for (const name of [
    "smallest real eigenvalue at t = 0",
    "two states at t = 0",
    "smallest real eigenvalue λ₁ at t = 0",
  ])
    expect(driven.text).toContain(name);
});
