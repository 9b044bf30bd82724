import type { Problem } from "../experiment/problem.ts";
import type { Prediction } from "../fokker-planck/predict.ts";

/** Relaxations of the slowest mode after which an ensemble counts as settled: e^−7 is 1e-3. */
const settledAfter = 7;

/**
 * Why an ensemble is not in its stationary state at a reduced time, or undefined where it is: statistics of the
 * stationary state may be compared from then on.
 */
export function unsettled(problem: Problem, prediction: Prediction, after: number): string | undefined {
  if (startsStationary(prediction)) return undefined;
  const rate = prediction.members[0].solution.slowestRate;
  if (rate.value !== null && rate.value * after > settledAfter) return undefined;
  const steps = `${problem.steps} steps`;
  return `the ensemble is not in its stationary state when counting begins: start from boltzmann without torques, or run longer than ${steps}`;
}

/** Whether the initial density is the stationary one. */
export function startsStationary({ members }: Prediction): boolean {
  const [{ solution, initial }] = members;
  if (initial.kind !== "boltzmann" && initial.kind !== "uniform") return false;
  const stationary = solution.stationary();
  if (stationary.value === null) return false;
  const { m, mm } = stationary.value;
  const [start] = solution.evolve(initial, [0]).value ?? [];
  const close = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((x, i) => Math.abs(x - b[i]) < 1e-6);
  return start !== undefined && close(start.m, m) && close(start.mm, mm);
}
