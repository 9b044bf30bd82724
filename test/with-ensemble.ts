import type { Backend, Ensemble } from "../src/ensemble/kernel.ts";
import type { Simulation } from "../src/ensemble/simulate.ts";
import { simulate } from "../src/ensemble/simulate.ts";
import { wasm } from "../src/ensemble/wasm/index.ts";
import type { Problem } from "../src/experiment/problem.ts";
import { plan } from "../src/observables/plan.ts";

/** What a use of an ensemble gives; the ensemble is disposed of, whatever happens. */
export async function withEnsemble<T>(
  made: Promise<Ensemble>,
  use: (ensemble: Ensemble) => Promise<T>,
): Promise<T> {
  const ensemble = await made;
  try {
    return await use(ensemble);
  } finally {
    await ensemble.dispose();
  }
}

/** A problem's whole run. */
export const simulated = (problem: Problem, backend: Backend = wasm): Promise<Simulation> => {
  const planned = plan(problem);
  return withEnsemble(backend.prepare(planned.kernel, planned.filling), (ensemble) =>
    simulate(problem, planned, ensemble),
  );
};
