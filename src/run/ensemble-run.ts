import { threadsAtWork } from "../ensemble/about-backend.ts";
import type { Choice } from "../ensemble/choose.ts";
import { stoppable } from "../ensemble/initial/pieces.ts";
import type { Ensemble } from "../ensemble/kernel.ts";
import type { Plan } from "../ensemble/plan.ts";
import type { Progress, RunState, Simulation } from "../ensemble/simulate.ts";
import { simulate } from "../ensemble/simulate.ts";
import { coreCount } from "../ensemble/workers.ts";
import type { Problem } from "../experiment/problem.ts";
import type { Checkpoint, CheckpointOptions } from "./checkpoint/checkpoint.ts";
import { keeperOf } from "./checkpoint/checkpoint.ts";

export interface EnsembleOptions {
  readonly threads?: number | undefined;
  readonly signal?: AbortSignal;
  readonly checkpoint?: CheckpointOptions | undefined;
  readonly resume?: Checkpoint | undefined;
  readonly onProgress?: (progress: Progress & { readonly choice: string; readonly threads: number }) => void;
}

/** The ensemble of a run from its start, or from a checkpoint, to its end. */
export interface EnsembleRun {
  readonly simulation: Simulation;
  readonly adapter: string;
  readonly precision: Ensemble["precision"];
  /** How often the device was lost and a new one went on from the last state kept. */
  readonly deviceLosses: number;
}

/** A device that is lost more often than this counts as broken. */
export const mostLosses = 3;

/**
 * Prepares and runs the ensemble. After the loss of a device it opens a new one, and the run continues from the last
 * stored state, in memory or in a checkpoint, with the same random numbers.
 */
export async function runEnsemble(
  problem: Problem,
  planned: Plan,
  { backend, reason }: Pick<Choice, "backend" | "reason">,
  { threads, signal, checkpoint, resume, onProgress }: EnsembleOptions,
): Promise<EnsembleRun> {
  let from: RunState | undefined = resume?.state ?? undefined;
  const kept = keeperOf(problem, backend.name, checkpoint ?? { save: () => {} });
  const isLosable = backend.ownsDevice;
  const keeper = {
    isDue: (seconds: number, stopping: boolean) =>
      (checkpoint !== undefined || (isLosable && !stopping)) && kept.isDue(seconds, stopping),
    async keep(state: RunState) {
      if (isLosable) from = state;
      await kept.keep(state);
    },
  };
  const atWork = backend.ownsDevice
    ? 0
    : threadsAtWork(backend, problem.ensemble, threads ?? (await coreCount()));
  let last: Omit<EnsembleRun, "deviceLosses"> | undefined;
  for (let deviceLosses = 0; ; deviceLosses++) {
    let ensemble: Ensemble;
    try {
      const { kernel } = planned;
      const filling = stoppable(planned.filling, signal);
      ensemble = await backend.prepare(kernel, filling, { threads, snapshot: from?.snapshot });
    } catch (error) {
      const isLost = error instanceof Error && error.name === "DeviceLostError";
      if (isLost && deviceLosses < mostLosses) continue;
      // no new device: the figures up to the loss are kept
      if (last) return { ...last, deviceLosses };
      throw error;
    }
    try {
      const simulation = await simulate(problem, planned, ensemble, {
        from,
        keeper,
        signal,
        onProgress: (progress) => onProgress?.({ ...progress, choice: reason, threads: atWork }),
      });
      last = { simulation, adapter: ensemble.adapter, precision: ensemble.precision };
    } finally {
      await ensemble.dispose();
    }
    if (last.simulation.outcome !== "device lost" || deviceLosses === mostLosses)
      return { ...last, deviceLosses };
  }
}
