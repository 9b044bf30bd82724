import type { Problem } from "../../src/experiment/problem.ts";
import type { CompletedExperiment } from "../../src/experiment/schema.ts";
import type { Exact } from "../../src/fokker-planck/exact.ts";
import { outOfReach } from "../../src/fokker-planck/exact.ts";
import { orWhyNot } from "../../src/fokker-planck/interruptible.ts";
import type { Prediction } from "../../src/fokker-planck/predict.ts";
import { reduce } from "../../src/observables/experiment.ts";
import { placedFigures } from "../../src/observables/placed-figures.ts";
import { evenEdges } from "../../src/physics/binning.ts";
import { isDriven } from "../../src/physics/dynamics.ts";
import { comparedResult, predictionOf, withCheckedStep } from "../../src/run/run.ts";
import { stationaryFigures } from "../../src/run/stationary-figures.ts";
import type { StackInput } from "../../src/transport/stack-schema.ts";
import type { TransportResult } from "../../src/transport/transport-result.ts";
import { transportResult } from "../../src/transport/transport-result.ts";
import { continuedPrediction, isDensity } from "./continued.ts";
import { distributionBins, instruments, mapColumns, mapRows } from "./instruments.ts";
import { landscape } from "./landscape.ts";
import type { ExactCalls, ExactFrames } from "./messages.ts";
import type { Answering } from "./serve.ts";
import { serve } from "./serve.ts";

/** The worker of the exact side: densities beside the run, the landscape, and the verdict at the end. */

interface Present {
  readonly run: number;
  readonly problem: Problem;
  readonly prediction: Exact<Prediction>;
  readonly carried: boolean;
}

let present: Present | undefined;

const bins = { kind: "projection", axis: [0, 0, 1], edges: evenEdges(-1, 1, distributionBins) } as const;
const map = {
  kind: "map",
  mz: evenEdges(-1, 1, mapRows),
  phi: evenEdges(-Math.PI, Math.PI, mapColumns),
} as const;

function begin({ run, experiment, carriedAt, shrink }: ExactCalls["begin"][0]): { shrink: number } {
  const problem = reduce(experiment, shrink);
  if (carriedAt === null) {
    const sound = withCheckedStep(problem);
    // the run must use the same steps; if they are too long, it must start again with shorter ones
    const shorter = problem.steps / sound.problem.steps;
    const prediction = shorter < 1 ? predictionOf(problem) : sound.prediction;
    present = { run, problem, prediction, carried: false };
    return { shrink: shrink * shorter };
  }
  const found = present?.prediction.value?.densities([carriedAt]);
  const start = found?.value?.[0];
  const prediction: Exact<Prediction> =
    start && isDensity(start)
      ? orWhyNot(() => continuedPrediction(problem, start))
      : outOfReach(found?.reason ?? "the density at the change is not known");
  present = { run, problem, prediction, carried: true };
  return { shrink };
}

function frames(run: number): ExactFrames {
  const nothing = { run, times: [], m: [], bins: [] };
  if (!present || present.run !== run) return { ...nothing, reason: "another run has begun" };
  const { problem, prediction } = present;
  if (prediction.value === null) return { ...nothing, reason: prediction.reason };
  const planned = problem.observables.find(({ name }) => name === instruments.means);
  const steps = planned?.steps ?? [];
  const found = prediction.value.densities(steps);
  if (found.value === null) return { ...nothing, reason: found.reason };
  const time = problem.timeStep * problem.units.time;
  const stationary = prediction.value.stationary().value;
  const { solution } = prediction.value.typical;
  const slowest = solution.slowestRate;
  const levels = stationary?.probabilities(bins).value;
  return {
    run,
    method: `${solution.method}, harmonics to degree ${solution.lmax}`,
    times: steps.map((step) => step * time),
    m: found.value.map((density) => [...density.m]),
    bins: found.value.map((density) => density.probabilities(bins).value),
    ...(stationary
      ? { stationary: [...stationary.m], ...(levels ? { stationaryShares: [...levels] } : {}) }
      : {}),
    ...(slowest.value !== null && slowest.value > 0
      ? {
          slowest: (problem.units.time / slowest.value).toPrecision(4),
          ...(isDriven(problem.dynamics) ? { frozenAt: 0 } : {}),
        }
      : {}),
  };
}

/** Solves the stack of an experiment; the magnet's parameters are used only if they are plain numbers. */
function transport({ torques, magnet }: CompletedExperiment): TransportResult | null {
  const stack = torques.flatMap((torque) => ("stack" in torque ? [torque.stack as StackInput] : []))[0];
  if (!stack) return null;
  const { Ms, alpha } = magnet as { Ms?: unknown; alpha?: unknown };
  const known = typeof Ms === "number" && typeof alpha === "number";
  return transportResult(stack, known ? { Ms, alpha } : null);
}

export const answer: Answering = serve<ExactCalls>({
  begin,
  frames: ({ run }) => frames(run),
  figures({ run }) {
    const prediction = present?.run === run ? present.prediction.value : null;
    return { run, figures: present && prediction ? stationaryFigures(present.problem, prediction) : [] };
  },
  map({ run, step }) {
    if (present?.run !== run || !present.prediction.value)
      return { run, step, probabilities: null, reason: "there is no exact side" };
    const found = present.prediction.value.densities([step]);
    const known = found.value === null ? found : found.value[0].probabilities(map);
    return { run, step, probabilities: known.value, ...(known.reason ? { reason: known.reason } : {}) };
  },
  landscape: ({ experiment, time }) => landscape(reduce(experiment), time),
  transport: (experiment) => transport(experiment),
  compare({ run, experiment, shrink, simulation, provenance }) {
    const problem = reduce(experiment, shrink);
    const prediction = present?.run === run ? present.prediction : undefined;
    const result = comparedResult(problem, provenance, simulation, undefined, prediction);
    return {
      result,
      carried: present?.run === run && present.carried,
      figures: placedFigures(result),
    };
  },
});
