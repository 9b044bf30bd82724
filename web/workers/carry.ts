import type { Filling } from "../../src/ensemble/kernel.ts";
import type { Plan } from "../../src/ensemble/plan.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { compileVector } from "../../src/expression/compile.ts";

/**
 * Starts a kernel from a state that was read back. Schemes store m shifted by a fraction of a step; the state is that
 * of the old scheme, and the difference between the two shifts is far below what the ensemble resolves.
 */
export function carriedFilling(plan: Plan, problem: Problem, state: readonly Float64Array[]): Filling {
  const names = problem.spreads.map((spread) => spread.name);
  const observe = compileVector(plan.scheme.observed, ["mx", "my", "mz", "t", ...names]);
  const store = compileVector(plan.scheme.stored, ["mx", "my", "mz", "t", ...names]);
  const means = problem.spreads.map((spread) => spread.mean);
  return (first, count) => {
    const fresh = plan.filling(first, Math.min(count, 1));
    const registers = fresh.state.slice(3).map((column) => new Float64Array(count).fill(column[0]));
    const columns = [0, 1, 2].map(() => new Float64Array(count));
    const m = new Float64Array(3);
    for (let place = 0; place < count; place++) {
      observe(m, 0, state[0][first + place], state[1][first + place], state[2][first + place], 0, ...means);
      store(m, 0, m[0], m[1], m[2], 0, ...means);
      const length = Math.hypot(m[0], m[1], m[2]);
      for (let k = 0; k < 3; k++) columns[k][place] = m[k] / length;
    }
    return {
      state: [...columns, ...registers],
      parameters: problem.spreads.map(() => new Float64Array(count)),
    };
  };
}
