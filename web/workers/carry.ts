import type { Filling } from "../../src/ensemble/kernel.ts";
import type { Plan } from "../../src/ensemble/plan.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { compileVector } from "../../src/expression/compile.ts";
import { magnetization } from "../../src/expression/vector.ts";

/** The magnetization of an ensemble, one array each for mx, my, mz, and the step at which it was read. */
export interface CarriedState {
  readonly m: readonly Float64Array[];
  readonly step: number;
}

const inputs = (problem: Problem): string[] => [
  ...magnetization,
  "t",
  ...problem.spreads.map(({ name }) => name),
];
const means = (problem: Problem): number[] => problem.spreads.map(({ mean }) => mean);

/** The physical magnetization from the stored state of a scheme, which is shifted by a fraction of a step. */
export function carriedState(
  plan: Plan,
  problem: Problem,
  stored: readonly Float64Array[],
  step: number,
): CarriedState {
  const observe = compileVector(plan.scheme.observed, inputs(problem));
  const m = [0, 1, 2].map((k) => new Float64Array(stored[k].length));
  const out = new Float64Array(3);
  for (let i = 0; i < m[0].length; i++) {
    observe(out, 0, stored[0][i], stored[1][i], stored[2][i], step * problem.timeStep, ...means(problem));
    const length = Math.hypot(out[0], out[1], out[2]);
    for (let k = 0; k < 3; k++) m[k][i] = out[k] / length;
  }
  return { m, step };
}

/** Starts a kernel from the magnetization of another. */
export function carriedFilling(plan: Plan, problem: Problem, { m }: CarriedState): Filling {
  const store = compileVector(plan.scheme.stored, inputs(problem));
  return (first, count) => {
    const fresh = plan.filling(first, Math.min(count, 1));
    const registers = fresh.state.slice(3).map((column) => new Float64Array(count).fill(column[0]));
    const columns = [0, 1, 2].map(() => new Float64Array(count));
    const out = new Float64Array(3);
    for (let i = 0; i < count; i++) {
      store(out, 0, m[0][first + i], m[1][first + i], m[2][first + i], 0, ...means(problem));
      for (let k = 0; k < 3; k++) columns[k][i] = out[k];
    }
    return {
      state: [...columns, ...registers],
      parameters: problem.spreads.map(() => new Float64Array(count)),
    };
  };
}

/** A new seed for a continued run: with the old one every spin would get the same kicks again. */
export const nextSeed = (seed: number): number => (Math.imul(seed, 0x2c1b3c6d) + 0x297a2d39) >>> 0;
