import type { Backend } from "../ensemble/kernel.ts";
import type { Observation } from "../ensemble/observations.ts";
import type { Simulation } from "../ensemble/simulate.ts";
import type { Problem } from "../experiment/problem.ts";
import { observables } from "../observables/index.ts";
import type { CountApartOptions } from "../observables/observable.ts";

/** Adds the observations of observables that run an ensemble of their own to a complete simulation. */
export async function withCountsApart(
  problem: Problem,
  simulation: Simulation,
  backend: Backend,
  options: Omit<CountApartOptions, "order"> = {},
): Promise<Simulation> {
  if (simulation.outcome !== "complete") return simulation;
  if (problem.observables.every(({ type }) => !observables[type].countApart)) return simulation;
  const observations: Observation[] = [];
  for (const [order, planned] of problem.observables.entries()) {
    const { countApart } = observables[planned.type];
    observations.push(
      (await countApart?.(planned, problem, backend, { ...options, order })) ??
        simulation.observations[order],
    );
  }
  return { ...simulation, observations, ...(options.signal?.aborted ? { outcome: "stopped" } : {}) };
}
