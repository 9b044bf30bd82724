import type { Result } from "../result.ts";
import { exactFiguresOf } from "./exact-result.ts";
import type { ExactSideOptions } from "./exact-side.ts";
import { judged, provenanceOf } from "./judged.ts";
import { problemOf } from "./problem-of.ts";
import { predictionOf } from "./sound-step.ts";
import { NoThreadError, openExactThread } from "./thread/thread.ts";

/** The exact side alone; `tell` hears the name of each figure before its computation. Throws ExperimentError. */
export function fokkerPlanck(experiment: unknown, tell?: (figure: string) => void): Result {
  const asked = problemOf(experiment);
  const problem = { ...asked, compare: true };
  const provenance = provenanceOf(problem, {
    backend: null,
    adapter: null,
    precision: "float64",
    spinSteps: 0,
    wallSeconds: 0,
    spinStepsPerSecond: 0,
  });
  tell?.("stationary state and slowest rate");
  const prediction = predictionOf(problem);
  return judged(problem, provenance, null, undefined, prediction, exactFiguresOf(problem, prediction, tell));
}

/**
 * The same in a thread of its own, where there are threads: when the signal says so, figures that are not computed yet are null with the
 * reason; throws StoppedError where there is nothing yet.
 */
export async function fokkerPlanckBeside(
  experiment: unknown,
  { signal, onExactFigure }: ExactSideOptions = {},
): Promise<Result> {
  const thread = await openExactThread(onExactFigure).catch(() => null);
  if (!thread) return fokkerPlanck(experiment, onExactFigure);
  const stop = (): void => thread.stop();
  if (signal?.aborted) stop();
  signal?.addEventListener("abort", stop);
  try {
    return await thread.call("fokkerPlanck", { experiment });
  } catch (error) {
    if (error instanceof NoThreadError) return fokkerPlanck(experiment, onExactFigure);
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    thread.close();
  }
}
