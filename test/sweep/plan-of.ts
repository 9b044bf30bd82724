import { readSweep } from "../../src/sweep/description.ts";
import type { SweepPlan } from "../../src/sweep/plan.ts";
import { planSweep } from "../../src/sweep/plan.ts";

/** The plan of an experiment at values of its paths. */
export async function planOf(vary: unknown, experiment: unknown, more: object = {}): Promise<SweepPlan> {
  const read = readSweep({ experiment, vary, ...more });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return planSweep(read.sweep, experiment);
}
