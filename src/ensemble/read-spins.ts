import type { Problem } from "../experiment/problem.ts";
import { compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { parametersAlone } from "./initial/pieces.ts";
import type { TakeSample } from "./instrument.ts";
import type { Filling } from "./kernel.ts";

/** Reads the first spins and evaluates expressions of the stored state on each: the values of every spin in turn. */
export function spinReader(
  problem: Problem,
  plan: { readonly filling: Filling },
  expressions: readonly Expression[],
  count: number,
): TakeSample {
  const names = problem.spreads.map((spread) => spread.name);
  const evaluate = compileVector(expressions, [...magnetization, "t", ...names]);
  const parameters = parametersAlone(plan.filling, 0, Math.min(count, problem.ensemble));
  return async (ensemble, step) => {
    const state = await ensemble.read(count);
    const spins = state[0].length;
    const out = new Float64Array(spins * expressions.length);
    const time = step * problem.timeStep;
    for (let i = 0; i < spins; i++) {
      const values = parameters.map((column) => column[i]);
      evaluate(out, i * expressions.length, state[0][i], state[1][i], state[2][i], time, ...values);
    }
    return out;
  };
}
