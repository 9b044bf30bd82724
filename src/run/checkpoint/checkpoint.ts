import type { BackendName } from "../../ensemble/kernel.ts";
import type { Keeper, RunState } from "../../ensemble/simulate.ts";
import type { Problem } from "../../experiment/problem.ts";
import type { CompletedExperiment } from "../../experiment/schema.ts";
import { version } from "../../version.ts";
import { CheckpointError } from "./format.ts";

/** Everything that a run needs to continue, bit for bit on the same backend. */
export interface Checkpoint {
  /** Version of the program that wrote it. */
  readonly version: string;
  readonly backend: BackendName | "auto";
  readonly experiment: CompletedExperiment;
  /** Chosen when the run was prepared; null before. */
  readonly steps: { readonly count: number; readonly timeStep: number; readonly integrator: string } | null;
  /** Null before the first step. */
  readonly state: RunState | null;
}

export interface CheckpointOptions {
  /**
   * Seconds between checkpoints; default 60, or more if a checkpoint takes longer than 5 % of that; 0: after every
   * piece of the run. A run that stops makes one, too.
   */
  readonly every?: number;
  /** Receives a checkpoint; the run waits for it. An error that it throws ends the run. */
  readonly save: (checkpoint: Checkpoint) => Promise<void> | void;
}

const usualInterval = 60;
/** Largest share of the run time for checkpoints. */
const mostShare = 0.05;

/** The checkpoint of a run that has not started. */
export const firstCheckpoint = (problem: Problem, backend: BackendName | "auto"): Checkpoint => ({
  version,
  backend,
  experiment: problem.experiment,
  steps: null,
  state: null,
});

/** Keeps the state of a run as checkpoints. */
export function keeperOf(
  problem: Problem,
  backend: BackendName,
  { every = usualInterval, save }: CheckpointOptions,
): Keeper {
  let next = performance.now() + 1000 * every;
  return {
    isDue: (_, stopping) => stopping || performance.now() >= next,
    async keep(state) {
      const began = performance.now();
      const { steps, timeStep, integrator } = problem;
      const chosen = { count: steps, timeStep, integrator };
      await save({ version, backend, experiment: problem.experiment, steps: chosen, state });
      const now = performance.now();
      next = every === 0 ? now : now + Math.max(1000 * every, (now - began) / mostShare);
    },
  };
}

/** Throws CheckpointError unless a checkpoint belongs to this program version, backend and problem. */
export function requireSame(
  { version: theirs, backend, experiment, steps }: Checkpoint,
  problem: Problem,
  here: BackendName,
): void {
  if (theirs !== version)
    throw new CheckpointError(`it was written by version ${theirs}, and this is ${version}`);
  if (JSON.stringify(experiment) !== JSON.stringify(problem.experiment))
    throw new CheckpointError("its run was of another experiment");
  if (backend !== "auto" && backend !== here)
    throw new CheckpointError(`its run was on the backend ${backend}, not ${here}`);
  if (
    steps &&
    (steps.count !== problem.steps ||
      steps.timeStep !== problem.timeStep ||
      steps.integrator !== problem.integrator)
  )
    throw new CheckpointError(
      `its run took ${steps.count} steps of ${steps.integrator}, here it would take ${problem.steps} of ${problem.integrator}`,
    );
}
