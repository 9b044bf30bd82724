import { gpujs } from "../../../src/ensemble/gpujs/index.ts";
import { plan } from "../../../src/observables/plan.ts";
import { allAnswers, readProblem, scenarios } from "../../platform/scenarios.ts";

/** Largest difference between a big filling and what comes back from the textures. */
async function roundTrip(spins: number): Promise<number> {
  const problem = readProblem({
    ...scenarios["tilted junction, splitting"],
    observables: [],
    ensemble: spins,
    initial: { isotropic: true },
  });
  const { kernel, filling } = plan(problem);
  const ensemble = await gpujs.prepare(kernel, filling);
  const found = await ensemble.read(spins);
  await ensemble.dispose();
  let largest = 0;
  filling(0, spins).state.forEach((column, k) => {
    column.forEach((x, i) => {
      largest = Math.max(largest, Math.abs(x - found[k][i]));
    });
  });
  return largest;
}

Object.assign(globalThis, { probe: () => gpujs.probe(), answers: () => allAnswers(gpujs), roundTrip });
