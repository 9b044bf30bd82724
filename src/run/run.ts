import { choose } from "../ensemble/choose.ts";
import { gpujs } from "../ensemble/gpujs/index.ts";
import type { Backend, BackendName } from "../ensemble/kernel.ts";
import type { Observation } from "../ensemble/observations.ts";
import { reference } from "../ensemble/reference/index.ts";
import type { Simulation } from "../ensemble/simulate.ts";
import { wasm } from "../ensemble/wasm/index.ts";
import { webgpu } from "../ensemble/webgpu/index.ts";
import type { InputProblem } from "../experiment/input-problem.ts";
import { describeProblem } from "../experiment/input-problem.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { checkExperiment, reduce } from "../observables/experiment.ts";
import { observables } from "../observables/index.ts";
import { plan } from "../observables/plan.ts";
import { spectrumBiases } from "../observables/spectrum/step-bias.ts";
import type { ObservableResult, Provenance, Result } from "../result.ts";
import { timeUnitOf } from "../statistics/agreement.ts";
import { certify } from "../statistics/certificate.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { promisedBias } from "../statistics/promised-bias.ts";
import { biasBounds, describeBias, forgivenBias, timeStepBias } from "../statistics/time-step-bias.ts";
import { commit, version } from "../version.ts";
import { blindSpots } from "./blind-spots.ts";
import { firstCheckpoint, requireSame } from "./checkpoint/checkpoint.ts";
import { withCountsApart } from "./count-apart.ts";
import { compareWithGenerator, dynkinResult } from "./dynkin-result.ts";
import type { EnsembleOptions } from "./ensemble-run.ts";
import { runEnsemble } from "./ensemble-run.ts";
import { exactResult } from "./exact-result.ts";
import { experimentHash } from "./experiment-hash.ts";
import { notesOf } from "./notes.ts";
import type { Partners } from "./partners.ts";
import { compareObservations, partnersOf } from "./partners.ts";
import { pulseTheory } from "./pulse-theory.ts";
import { candidates, untestedFigures, withStandings } from "./shown-figures.ts";
import { predictionOf, withSoundStep } from "./sound-step.ts";
import { theoryOf } from "./theory.ts";

export { predictionOf, withSoundStep } from "./sound-step.ts";

/** Every backend there is; the chooser puts them in order. */
export const backends: readonly Backend[] = [webgpu, wasm, reference, gpujs];

/**
 * `signal` stops the run after the present piece; what there is comes back with the outcome "stopped". `checkpoint` takes the state
 * of the run from time to time and when it stops; given as `resume` to a run of the same experiment, it gives the result that the
 * uninterrupted run would have given, to the bit.
 */
export interface RunOptions extends EnsembleOptions {
  readonly backend?: BackendName | "auto" | Backend;
  /** Largest probability that a correct run fails its certificate; default 1e-4. */
  readonly falseAlarmProbability?: number;
}

/** Thrown before the first step when an experiment is wrong: every problem at once. */
export class ExperimentError extends Error {
  override readonly name = "ExperimentError";
  readonly problems: readonly InputProblem[];
  constructor(problems: readonly InputProblem[]) {
    super(problems.map(describeProblem).join("\n"));
    this.problems = problems;
  }
}

/** Checks, completes and reduces an experiment; throws ExperimentError. */
export function problemOf(experiment: unknown): Problem {
  const checked = checkExperiment(experiment);
  if (!checked.ok) throw new ExperimentError(checked.problems);
  return reduce(checked.experiment);
}

/**
 * Runs an experiment: ensemble, Fokker–Planck beside it, verdict.
 *
 * `experiment` is the object an experiment file holds (SI units). Throws ExperimentError for a wrong experiment and an
 * Error where no backend can run, and CheckpointError where `resume` is of another run; once it has begun nothing throws, the
 * outcome is part of the result.
 */
export async function run(experiment: unknown, options: RunOptions = {}): Promise<Result> {
  const wanted = options.backend ?? options.resume?.backend ?? "auto";
  const asked = problemOf(experiment);
  if (!options.resume)
    await options.checkpoint?.save(firstCheckpoint(asked, typeof wanted === "string" ? wanted : wanted.name));
  const { problem, prediction } = withSoundStep(asked, undefined, true);
  const choice =
    typeof wanted === "string"
      ? await choose(backends, wanted)
      : { backend: wanted, reason: `${wanted.name}, given by the caller` };
  if (options.resume) requireSame(options.resume, problem, choice.backend.name);
  const ran = await runEnsemble(problem, plan(problem), choice, options);
  const { simulation: shared, deviceLosses, ...device } = ran;
  const simulation = await withCountsApart(problem, shared, choice.backend, {
    threads: options.threads,
    signal: options.signal,
    onProgress: (progress) => options.onProgress?.({ ...progress, choice: choice.reason }),
  });
  const spinSteps = simulation.steps * problem.ensemble;
  const provenance = provenanceOf(problem, {
    backend: choice.backend.name,
    ...device,
    experimentHash: await experimentHash(problem.experiment),
    choice: choice.reason,
    ...(deviceLosses > 0 ? { deviceLosses } : {}),
    spinSteps,
    wallSeconds: simulation.wallSeconds,
    spinStepsPerSecond: simulation.wallSeconds > 0 ? spinSteps / simulation.wallSeconds : 0,
  });
  return judged(problem, provenance, simulation, options.falseAlarmProbability, prediction);
}

/** The exact side alone. */
export function fokkerPlanck(experiment: unknown): Result {
  const problem = problemOf(experiment);
  const provenance = provenanceOf(problem, {
    backend: null,
    adapter: null,
    precision: "float64",
    spinSteps: 0,
    wallSeconds: 0,
    spinStepsPerSecond: 0,
  });
  return judged({ ...problem, compare: true }, provenance, null);
}

/** Who computed what, how and how fast. */
export function provenanceOf(
  problem: Problem,
  rest: Omit<
    Provenance,
    "version" | "commit" | "seed" | "timeUnit" | "integrator" | "timeStep" | "steps" | "warnings"
  >,
): Provenance {
  return {
    version,
    commit,
    seed: problem.seed,
    timeUnit: timeUnitOf(problem),
    integrator: problem.integrator,
    timeStep: problem.timeStep * problem.units.time,
    steps: problem.steps,
    warnings: problem.warnings,
    ...rest,
  };
}

/** The result of a simulation (null: of the exact side alone), held against the prediction. */
export function judged(
  problem: Problem,
  provenance: Provenance,
  simulation: Simulation | null,
  falseAlarmProbability?: number,
  prediction: Exact<Prediction> = predictionOf(problem),
): Result {
  const began = performance.now();
  const observations = simulation?.observations ?? [];
  const judge = prediction.value;
  const partners = judge ? partnersOf(problem, judge) : [];
  const bias = simulation && timeStepBias(problem, prediction);
  const exact = judge && exactResult(problem, judge, partners, began);
  const found = [
    ...(simulation && problem.compare ? compareWithGenerator(problem, simulation) : []),
    ...(judge
      ? compareObservations(
          problem,
          observations,
          judge,
          partners,
          bias ? forgivenBias(bias) : { moments: 0, relative: 0 },
        )
      : []),
  ];
  const bounds = bias ? biasBounds(bias) : [];
  const results = observableResults(problem, observations, judge, partners);
  const beside = simulation ? candidates(problem, observations, results, exact) : [];
  const untested = untestedFigures(beside, found, problem.ensemble);
  const noExactSolution = whyNothing(problem, prediction.reason, found);
  const verdict =
    simulation && problem.compare
      ? certify(found, { falseAlarmProbability, bounds, untested, noExactSolution })
      : null;
  // what contradicts fails a certificate, though nothing else could be compared
  const isJudged = found.some(({ pValue }) => pValue !== null) || (verdict?.contradictions ?? 0) > 0;
  return {
    experiment: problem.experiment,
    provenance,
    outcome: simulation?.outcome ?? "not run",
    observables: results,
    dynkin: simulation && dynkinResult(problem, simulation),
    timeStepBias: bias && {
      ...describeBias(bias, promisedBias(problem)),
      ...spectrumBiases(problem, prediction),
    },
    fokkerPlanck: exact,
    ...(prediction.value === null ? { fokkerPlanckReason: prediction.reason } : {}),
    theory: theoryOf(problem),
    theoryCurves: pulseTheory(problem),
    figures: withStandings(beside, verdict?.comparisons ?? [], {
      limit: verdict?.limit ?? 0,
      spins: problem.ensemble,
      otherwise: problem.compare ? "no test is made of it" : "the experiment says compare: none",
    }),
    comparisons: verdict?.comparisons ?? [],
    certificate: isJudged ? (verdict?.certificate ?? null) : null,
    ...(simulation && !isJudged ? { certificateReason: noExactSolution } : {}),
    notes: notesOf(results, provenance.timeUnit),
    blindSpots: simulation && judge && problem.compare ? blindSpots(problem, judge) : [],
  };
}

/** Observations in SI units, as the result holds them. */
const observableResults = (
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction | null,
  partners: Partners,
): ObservableResult[] =>
  observations.map((observed, i) => {
    const planned = problem.observables[i];
    const known = partners[i]?.value ?? null;
    return observables[planned.type].result(observed, planned, problem, {
      prediction,
      known,
    }) as ObservableResult;
  });

/** Why nothing was held against an exact solution. */
function whyNothing(problem: Problem, unsolved: string | undefined, found: readonly Comparison[]): string {
  if (!problem.compare) return "the experiment says compare: none";
  return (
    unsolved ?? found.find(({ reason }) => reason)?.reason ?? "nothing was recorded that has an exact partner"
  );
}
