import { simulate } from "../../src/ensemble/simulate.ts";
import { wasm } from "../../src/ensemble/wasm/index.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import type { Prediction } from "../../src/fokker-planck/predict.ts";
import { plan } from "../../src/observables/plan.ts";
import type { Partners } from "../../src/run/partners.ts";
import { compareObservations, partnersOf } from "../../src/run/partners.ts";
import { readProblem, withCheckedStep } from "../../src/run/run.ts";
import type { AllowedBias } from "../../src/statistics/agreement.ts";
import type { Bound, Verdict } from "../../src/statistics/certificate.ts";
import { certify } from "../../src/statistics/certificate.ts";
import { biasBounds, forgivenBias, timeStepBias } from "../../src/statistics/time-step-bias.ts";

/** An experiment with its exact side, solved once and used for every seed. */
export interface Prepared {
  readonly problem: Problem;
  readonly prediction: Prediction;
  readonly partners: Partners;
  readonly forgiven: AllowedBias;
  readonly bounds: readonly Bound[];
}

/** Step and exact side of an experiment, as in a run of it. */
export function prepare(experiment: Readonly<Record<string, unknown>>, ensemble: number): Prepared {
  const { problem, prediction } = withCheckedStep(readProblem({ ...experiment, ensemble }), undefined, true);
  if (prediction.value === null) throw new Error(prediction.reason);
  const judge = prediction.value;
  const bias = timeStepBias(problem, prediction);
  return {
    problem,
    prediction: judge,
    partners: partnersOf(problem, judge),
    forgiven: forgivenBias(bias),
    bounds: biasBounds(bias),
  };
}

/** The same for an ensemble of another size, with the same steps. */
export const resized = (prepared: Prepared, ensemble: number): Prepared => ({
  ...prepared,
  problem: { ...prepared.problem, ensemble },
});

/** One run of an ensemble against a prepared exact side; with `spoiled` the ensemble obeys another problem. */
export async function verdictOf(
  { problem, prediction, partners, forgiven, bounds }: Prepared,
  seed: number,
  spoiled: Problem = problem,
): Promise<Verdict> {
  const simulated = { ...spoiled, seed };
  const planned = plan(simulated);
  const ensemble = await wasm.prepare(planned.kernel, planned.filling, { threads: 1 });
  try {
    const { observations } = await simulate(simulated, planned, ensemble);
    const found = compareObservations(problem, observations, prediction, partners, forgiven);
    return certify(found, { bounds });
  } finally {
    await ensemble.dispose();
  }
}
