import { expect } from "vitest";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { demand } from "../../src/fokker-planck/exact.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../../src/observables/experiment.ts";
import { countRareEvent } from "../../src/observables/rare-event/count.ts";
import { predict as exactRareEvent } from "../../src/observables/rare-event/exact.ts";
import type { RareFigure } from "../../src/observables/rare-event/result.ts";
import { result as resultOf } from "../../src/observables/rare-event/result.ts";
import type { PlannedRareEvent } from "../../src/observables/rare-event/spec.ts";

/*
 * Rare events by splitting against exact values. An axial magnet with damping 0.1 under a damping-like torque of twice the critical one, started
 * in equilibrium within the well that the torque empties; times in relaxation times of ten reduced units.
 */

export const alpha = 0.1;

export const written = (delta: number, time: number, observable: object, more: object = {}) => ({
  magnet: { delta, alpha },
  energies: [{ type: "uniaxial", Ku1: 1, anisU: [0, 0, 1] }],
  torques: [{ type: "spinTransfer", dampingLike: 2 * alpha, fieldLike: 0, polarizer: [0, 0, 1] }],
  initial: { type: "well", m: [0, 0, 1] },
  ensemble: 8192,
  seed: 7,
  time: { duration: time },
  observables: [{ type: "rareEvent", ...observable }],
  ...more,
});

export function readProblem(experiment: object): { problem: Problem; planned: PlannedRareEvent } {
  const checked = checkExperiment(experiment);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  const problem = reduce(checked.experiment);
  return { problem, planned: problem.observables[0] as PlannedRareEvent };
}

export const inputErrorsOf = (observable: object): string[] => {
  const checked = checkExperiment(written(60, 120, observable));
  return checked.ok ? [] : checked.problems.map(({ path, rule }) => `${path} ${rule}`);
};

export async function count(experiment: object, options = {}, backend = wasm) {
  const { problem, planned } = readProblem(experiment);
  const counts = await countRareEvent(problem, planned, backend, { threads: 1, ...options });
  if (typeof counts === "string") throw new Error(counts);
  const observation = { type: "rareEvent", name: planned.name, counts } as const;
  return { counts, observation, result: resultOf(observation, planned, problem) };
}

export function exactOf(experiment: object) {
  const { problem, planned } = readProblem(experiment);
  return exactRareEvent(planned, problem, demand(predict(problem)));
}

export function expectInside(figure: RareFigure | null, exact: number): void {
  expect(figure?.low).toBeLessThan(exact);
  expect(figure?.high).toBeGreaterThan(exact);
}

/** Within four standard errors: of a seed that was not chosen, one interval of 95 % in twenty misses. */
export function expectNear(result: ReturnType<typeof resultOf>, exact: number): void {
  const found = (result.rate ?? result.probability)?.value as number;
  expect(Math.abs(Math.log(found / exact))).toBeLessThan(4 * (result.relativeError as number));
}
