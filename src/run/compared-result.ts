import type { Observation } from "../ensemble/observations.ts";
import type { Simulation } from "../ensemble/simulate.ts";
import { notCompared } from "../experiment/choices.ts";
import { timeUnitOf } from "../experiment/natural-units.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import { observables } from "../observables/index.ts";
import type { ObservableResult, OwnStepBiases, Provenance, Result } from "../result.ts";
import { certify } from "../statistics/certificate.ts";
import type { Comparison } from "../statistics/comparison.ts";
import { promisedBias } from "../statistics/promised-bias.ts";
import { biasBounds, describeBias, forgivenBias, timeStepBias } from "../statistics/time-step-bias.ts";
import { commit, version } from "../version.ts";
import { blindSpots } from "./blind-spots.ts";
import { predictionOf } from "./checked-step.ts";
import { compareWithGenerator, dynkinResult } from "./dynkin-result.ts";
import type { ExactFiguresOfRun } from "./exact-result.ts";
import { exactFiguresOf } from "./exact-result.ts";
import { notesOf } from "./notes.ts";
import type { Partners } from "./partners.ts";
import { compareObservations, unsettledOf } from "./partners.ts";
import { pulseTheory } from "./pulse-theory.ts";
import { candidates, untestedFigures, withStandings } from "./shown-figures.ts";
import { theoryOf } from "./theory.ts";

/** Program, backend and speed of a run. */
export function provenanceOf(
  problem: Problem,
  rest: Omit<
    Provenance,
    | "version"
    | "commit"
    | "seed"
    | "timeUnit"
    | "integrator"
    | "timeStep"
    | "steps"
    | "warnings"
    | "spinStepsPerSecond"
  >,
): Provenance {
  const { spinSteps, wallSeconds } = rest;
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
    spinStepsPerSecond: wallSeconds > 0 ? spinSteps / wallSeconds : 0,
  };
}

/** The result of a simulation (null: of the exact side alone), compared with the prediction. */
export function comparedResult(
  problem: Problem,
  provenance: Provenance,
  simulation: Simulation | null,
  falseAlarmProbability?: number,
  prediction: Exact<Prediction> = predictionOf(problem),
  { partners, exact }: ExactFiguresOfRun = exactFiguresOf(problem, prediction),
): Result {
  const observations = simulation?.observations ?? [];
  const predicted = prediction.value;
  const bias = simulation && timeStepBias(problem, prediction);
  const unsettled = predicted ? unsettledOf(problem, observations, predicted, partners) : [];
  const found = [
    ...(simulation && problem.compare ? compareWithGenerator(problem, simulation) : []),
    ...(predicted
      ? compareObservations(
          problem,
          observations,
          predicted,
          partners,
          bias ? forgivenBias(bias) : { moments: 0, relative: 0 },
          unsettled,
        )
      : []),
  ];
  const bounds = bias ? biasBounds(bias) : [];
  const results = observableResults(problem, observations, predicted, partners, unsettled);
  const beside = simulation ? candidates(problem, observations, results, exact) : [];
  const untested = untestedFigures(beside, found, problem.ensemble);
  const noExactSolution = whyNothing(problem, prediction.reason, found);
  const verdict =
    simulation && problem.compare
      ? certify(found, { falseAlarmProbability, bounds, untested, noExactSolution })
      : null;
  // a contradiction fails a certificate even if nothing else could be compared
  const isCompared = found.some(({ pValue }) => pValue !== null) || (verdict?.contradictions ?? 0) > 0;
  return {
    experiment: problem.experiment,
    provenance,
    outcome: simulation?.outcome ?? "not run",
    observables: results,
    dynkin: simulation && dynkinResult(problem, simulation),
    timeStepBias: bias && {
      ...describeBias(bias, promisedBias(problem)),
      ...ownStepBiases(problem, prediction),
    },
    fokkerPlanck: exact,
    ...(prediction.value === null ? { fokkerPlanckReason: prediction.reason } : {}),
    theory: theoryOf(problem),
    theoryCurves: pulseTheory(problem),
    figures: withStandings(beside, verdict?.comparisons ?? [], {
      limit: verdict?.limit ?? 0,
      spins: problem.ensemble,
      otherwise: problem.compare ? "it is not tested" : notCompared,
    }),
    comparisons: verdict?.comparisons ?? [],
    certificate: isCompared ? (verdict?.certificate ?? null) : null,
    ...(simulation && !isCompared ? { certificateReason: noExactSolution } : {}),
    notes: notesOf(results, problem.observables, provenance.timeUnit),
    blindSpots: simulation && predicted && problem.compare ? blindSpots(problem, predicted) : [],
  };
}

/** Bias of single observables by the time step, beyond moments and rates. */
const ownStepBiases = (problem: Problem, prediction: Exact<Prediction>): OwnStepBiases =>
  Object.assign(
    {},
    ...Object.values(observables).map((entry) => {
      const own = problem.observables.filter(({ type }) => type === entry.type);
      return own.length > 0 ? entry.stepBiases?.(own, problem, prediction) : undefined;
    }),
  );

/** Observations in SI units, as the result holds them. */
const observableResults = (
  problem: Problem,
  observations: readonly Observation[],
  prediction: Prediction | null,
  partners: Partners,
  unsettled: readonly (string | undefined)[],
): ObservableResult[] =>
  observations.map((observed, i) => {
    const planned = problem.observables[i];
    const known = partners[i]?.value ?? null;
    const result = observables[planned.type].result(observed, planned, problem, { prediction, known });
    const why = unsettled[i];
    return (why === undefined ? result : { ...result, unsettled: why }) as ObservableResult;
  });

/** Why nothing was compared with an exact solution. */
function whyNothing(problem: Problem, unsolved: string | undefined, found: readonly Comparison[]): string {
  if (!problem.compare) return notCompared;
  return (
    unsolved ?? found.find(({ reason }) => reason)?.reason ?? "nothing was recorded that has an exact figure"
  );
}
