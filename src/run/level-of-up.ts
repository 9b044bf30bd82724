import { resistance } from "../experiment/plan.ts";
import type { Problem } from "../experiment/problem.ts";
import { spherePoints } from "../experiment/sphere-sample.ts";
import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { levelsOf } from "../observables/index.ts";
import type { UpLevel } from "../traces/up-level.ts";
import { readProblem } from "./read-problem.ts";

/** Smaller differences between the means of up and down, as a share of the whole range, may come from the choice of points. */
const clear = 0.05;

/** The quantity that the instrument of an observable measures, or else the resistance of the readout. */
function measuredIn({ observables, experiment: { readout } }: Problem): Expression | undefined {
  const scopes = observables.map((planned) => ("scope" in planned ? planned.scope : null));
  const scope = scopes.find((found) => found !== null) as { readonly of: Expression } | undefined;
  return scope?.of ?? (readout && resistance(readout));
}

/**
 * Whether the state up of an experiment is the highest or the lowest level of a trace of the quantity that it measures;
 * null if it defines no such quantity or no levels, or if their mean values are about equal. Throws ExperimentError.
 */
export function levelOfUp(
  experiment: unknown,
  settings: Readonly<Record<string, number>> = {},
): UpLevel | null {
  const problem = readProblem(experiment, settings, "exact");
  const [of, levels] = [measuredIn(problem), levelsOf(problem)];
  if (!of || !levels) return null;
  const value = compileScalar(of, magnetization);
  const values = spherePoints.map(([x, y, z]) => value(x, y, z));
  const mean = (condition: Expression): number => {
    const holds = compileScalar(condition, magnetization);
    const own = values.filter((_, i) => holds(...spherePoints[i]));
    return own.reduce((sum, v) => sum + v, 0) / own.length;
  };
  const share = (mean(levels.up) - mean(levels.down)) / (Math.max(...values) - Math.min(...values));
  if (!(Math.abs(share) > clear)) return null;
  return share > 0 ? "highest" : "lowest";
}
