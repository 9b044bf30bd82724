import { parentPort, workerData } from "node:worker_threads";
import type { Problem } from "../../experiment/problem.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import { interruptWhere, throwIfInterrupted } from "../../linear-algebra/interruption.ts";
import { checkExperiment, reduce } from "../../observables/experiment.ts";
import { assumeBias, timeStepBias } from "../../statistics/time-step-bias.ts";
import { analyseTrace } from "../../traces/analyse.ts";
import type { LikelihoodProgress } from "../../traces/analysis-progress.ts";
import { countingEvaluations } from "../../traces/analysis-progress.ts";
import { onsager } from "../../transport/onsager/onsager-result.ts";
import { transportResult } from "../../transport/transport-result.ts";
import { withCheckedStep } from "../checked-step.ts";
import { comparedResult } from "../compared-result.ts";
import { fokkerPlanck } from "../exact-alone.ts";
import type { ExactFiguresOfRun } from "../exact-result.ts";
import { exactFiguresOf } from "../exact-result.ts";
import { fitExperiment } from "../fit.ts";
import { exactRates } from "../rates.ts";
import { ExperimentError, readProblem } from "../read-problem.ts";
import { fitTraceLikelihood } from "../trace-likelihood-fit.ts";
import type { ExactCalls, FromThread, ToThread } from "./calls.ts";
import { stoppedByUser } from "./stopped.ts";

/** The thread of the exact side: answers calls one after the other. Nothing else imports this file. */

const port = parentPort;
if (!port) throw new Error("this file runs in a worker thread");
const stop = new Int32Array((workerData as { readonly stop: SharedArrayBuffer }).stop);
interruptWhere(() => (Atomics.load(stop, 0) === 1 ? stoppedByUser : undefined));

const post = (message: FromThread): void => port.postMessage(message);
const onFigure = (figure: string): void => post({ figure });

let present: { readonly problem: Problem; readonly prediction: Exact<Prediction> } | undefined;
let figures: ExactFiguresOfRun | undefined;

/** The solution of the run, whose figures are computed once. */
function known(): { problem: Problem; prediction: Exact<Prediction>; figures: ExactFiguresOfRun } {
  if (!present) throw new Error("no experiment was given");
  figures ??= exactFiguresOf(present.problem, present.prediction, onFigure);
  return { ...present, figures };
}

/** Reports progress before every evaluation of the likelihood of traces. */
function onLikelihood(likelihoodProgress: LikelihoodProgress): void {
  throwIfInterrupted();
  post({ likelihoodProgress });
}

const handlers: {
  [K in keyof ExactCalls]: (argument: ExactCalls[K][0]) => ExactCalls[K][1] | Promise<ExactCalls[K][1]>;
} = {
  checkedStep({ experiment }) {
    onFigure("time step");
    const { scale, ...found } = withCheckedStep(readProblem(experiment), undefined, true);
    present = found;
    figures = undefined;
    const { warnings } = found.problem;
    return { scale, warnings, bias: timeStepBias(found.problem, found.prediction) };
  },
  figures() {
    known();
    return null;
  },
  compare({ provenance, simulation, falseAlarmProbability }) {
    const { problem, prediction, figures } = known();
    return comparedResult(problem, provenance, simulation, falseAlarmProbability, prediction, figures);
  },
  comparePoint({ problem, bias, provenance, simulation, falseAlarmProbability }) {
    assumeBias(problem, bias);
    return comparedResult(problem, provenance, simulation, falseAlarmProbability);
  },
  fokkerPlanck: ({ experiment }) => fokkerPlanck(experiment, onFigure),
  fit: ({ experiment, data, free, profile }) =>
    fitExperiment(experiment, data, free, {
      profile,
      onBetter: (best) => post({ best }),
      onProgress: (fitProgress) => post({ fitProgress }),
    }),
  traceFit: ({ experiment, traces, names, initial }) =>
    fitTraceLikelihood(experiment, traces, names, initial, onLikelihood),
  trace: ({ trace, total, sampleTime, options }) =>
    analyseTrace(trace, total, sampleTime, {
      ...options,
      onEvaluation: countingEvaluations(trace, sampleTime, onLikelihood),
    }),
  rates: ({ experiment, settings }) => exactRates(experiment, settings),
  check({ experiment, use }) {
    const checked = checkExperiment(experiment, [], use);
    return checked.ok ? { checked, problem: reduce(checked.experiment) } : { checked };
  },
  transport: ({ stack, magnet }) => transportResult(stack, magnet),
  onsager: ({ system }) => onsager(system),
  async report({ result, plotly }) {
    // loaded only for a report
    const { reportHtml } = await import("../../report/report.ts");
    return reportHtml(result, plotly);
  },
};

port.on("message", async ({ id, name, argument }: ToThread) => {
  try {
    const handler = handlers[name] as (argument: unknown) => unknown;
    post({ id, value: await handler(argument) });
  } catch (error) {
    if (error instanceof ExperimentError) post({ id, problems: error.problems });
    else
      post({
        id,
        error: error instanceof Error ? error.message : String(error),
        name: error instanceof Error ? error.name : "Error",
      });
  }
});
post({ isReady: true });
