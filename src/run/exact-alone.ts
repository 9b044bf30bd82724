import type { Problem } from "../experiment/problem.ts";
import type { Exact } from "../fokker-planck/exact.ts";
import { outOfReach } from "../fokker-planck/exact.ts";
import type { Prediction } from "../fokker-planck/predict.ts";
import type { Result } from "../result.ts";
import { predictionOf } from "./checked-step.ts";
import { comparedResult, provenanceOf } from "./compared-result.ts";
import { sayingStopped } from "./cut-short.ts";
import { exactFiguresOf } from "./exact-result.ts";
import type { ExactSideOptions } from "./exact-side.ts";
import { readProblem } from "./read-problem.ts";
import { stoppedByUser } from "./thread/stopped.ts";
import { NoThreadError, openExactThread, StoppedError } from "./thread/thread.ts";

/** The exact side alone; `onFigure` receives the name of each figure before its computation. Throws ExperimentError. */
export function fokkerPlanck(experiment: unknown, onFigure?: (figure: string) => void): Result {
  const problem = { ...readProblem(experiment, {}, "exact"), compare: true };
  onFigure?.("stationary state and slowest rate");
  return aloneIn(problem, predictionOf(problem), onFigure);
}

function aloneIn(
  problem: Problem,
  prediction: Exact<Prediction>,
  onFigure?: (figure: string) => void,
): Result {
  const provenance = provenanceOf(problem, {
    backend: null,
    adapter: null,
    precision: "float64",
    spinSteps: 0,
    wallSeconds: 0,
  });
  return comparedResult(
    problem,
    provenance,
    null,
    undefined,
    prediction,
    exactFiguresOf(problem, prediction, onFigure),
  );
}

/**
 * The same in a thread of its own, if threads are available. It ends within about a second after the signal; figures
 * that are not computed by then are null with the reason.
 */
export async function fokkerPlanckBeside(
  experiment: unknown,
  { signal, onExactFigure }: ExactSideOptions = {},
): Promise<Result> {
  signal?.throwIfAborted();
  const thread = await openExactThread({ onExactFigure }).catch(() => null);
  if (!thread) return fokkerPlanck(experiment, onExactFigure);
  const stop = (): void => thread.stop();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  try {
    return sayingStopped(await thread.call("fokkerPlanck", { experiment }), signal);
  } catch (error) {
    if (error instanceof NoThreadError) return fokkerPlanck(experiment, onExactFigure);
    if (!(error instanceof StoppedError)) throw error;
    const problem = { ...readProblem(experiment, {}, "exact"), compare: true };
    return sayingStopped(aloneIn(problem, outOfReach(stoppedByUser)), signal);
  } finally {
    signal?.removeEventListener("abort", stop);
    thread.close();
  }
}
