import type { Backend } from "../../src/ensemble/kernel.ts";
import { plan } from "../../src/ensemble/plan.ts";
import { simulate } from "../../src/ensemble/simulate.ts";
import { checkExperiment } from "../../src/experiment/check.ts";
import type { Problem } from "../../src/experiment/problem.ts";
import { reduce } from "../../src/experiment/reduce.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import { predict } from "../../src/fokker-planck/predict.ts";
import { compareDensities } from "../../src/statistics/agreement.ts";
import type { BenchmarkReport } from "./messages.ts";

/** A magnet in equilibrium, barrier 3 kT, that has forgotten its start: the ensemble must be Boltzmann's. */
const gateExperiment = {
  magnet: { delta: 3, alpha: 0.2 },
  energies: [{ type: "uniaxial", Ku1: 1 }],
  initial: { type: "direction", m: [1, 0, 0] },
  time: { duration: 200 },
  observables: [{ type: "histogram", of: "mz", bins: 64, times: [200] }],
};
const gateLimit = 1e-4;
const repeatCount = 5;

function gateProblem(spins: number): Problem {
  const checked = checkExperiment({ ...gateExperiment, ensemble: spins });
  if (!checked.ok) throw new Error(checked.problems.map(({ rule }) => rule).join("; "));
  return reduce(checked.experiment);
}

async function gate(backend: Backend, spins: number): Promise<BenchmarkReport["gate"]> {
  const problem = gateProblem(spins);
  const planned = plan(problem);
  const ensemble = await backend.prepare(planned.kernel, planned.filling);
  const { observations } = await simulate(problem, planned, ensemble).finally(() => ensemble.dispose());
  const prediction = predict(problem);
  if (prediction.value === null) throw new Error(prediction.reason);
  const checks = compareDensities(problem, observations, prediction.value, { moments: 0, relative: 0 }).map(
    ({ observable, pValue }) => ({
      name: `${observable} against Boltzmann`,
      pValue: pValue ?? 0,
      passed: (pValue ?? 0) >= gateLimit,
    }),
  );
  return { passed: checks.length > 0 && checks.every(({ passed }) => passed), checks };
}

/** Spin-steps per second on the present experiment: median of five repeats after a warm-up, behind the gate. */
export async function benchmark(
  backend: Backend,
  experiment: CompletedExperiment,
  software: boolean,
): Promise<BenchmarkReport> {
  const verdict = await gate(backend, software ? 20_000 : 500_000);
  const spins = software ? 65_536 : 4_194_304;
  const problem = { ...reduce(experiment), ensemble: spins, observables: [] };
  const { kernel, filling } = plan(problem);
  const ensemble = await backend.prepare(kernel, filling);
  const repeats: number[] = [];
  let steps = 32;
  try {
    let step = 32;
    await ensemble.advance(step);
    for (let tries = 0; repeats.length < repeatCount && tries < 40; tries++) {
      const began = performance.now();
      await ensemble.advance(step + steps);
      const seconds = (performance.now() - began) / 1000;
      step += steps;
      if (seconds < 0.25) steps *= 2;
      else repeats.push((spins * steps) / seconds);
    }
  } finally {
    await ensemble.dispose();
  }
  const sorted = repeats.toSorted((a, b) => a - b);
  return {
    machine: { agent: navigator.userAgent, cores: navigator.hardwareConcurrency ?? 1 },
    gate: verdict,
    results: [
      {
        name: experiment.name,
        backend: backend.name,
        adapter: ensemble.adapter,
        integrator: problem.integrator,
        variates: problem.variates,
        spins,
        steps,
        spinStepsPerSecond: sorted[sorted.length >> 1],
        repeats,
      },
    ],
  };
}
