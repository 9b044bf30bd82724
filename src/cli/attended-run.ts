import type { BackendName } from "../ensemble/kernel.ts";
import type { CompletedExperiment } from "../experiment/index.ts";
import { reduce } from "../observables/experiment.ts";
import type { Result } from "../result.ts";
import type { Checkpoint } from "../run/checkpoint/checkpoint.ts";
import { run } from "../run/run.ts";
import { exactProgress } from "./exact-progress.ts";
import { exitCode, UsageError } from "./exit.ts";
import { interrupts } from "./interrupts.ts";
import type { KeptRun } from "./kept-run.ts";
import { patience, requirePatience } from "./patience.ts";
import { progressLine } from "./progress.ts";
import { say } from "./say.ts";
import { summary } from "./summary.ts";
import { sayResultFolder, writeResult } from "./write-result.ts";

export interface AttendedFlags {
  readonly json?: boolean | undefined;
  readonly backend?: BackendName | "auto";
  readonly threads?: number | undefined;
  /** Starts even if the estimated time is very long. */
  readonly force?: boolean;
}

/** Ends a run whose state has just been saved. */
class Ended extends Error {}

/** Writes and prints a result and returns its exit code. A result that cannot be written is still printed. */
export async function deliver(
  result: Result,
  { json, folder }: { readonly json?: boolean | undefined; readonly folder: string | undefined },
): Promise<number> {
  let unwritten: unknown;
  if (folder !== undefined) {
    try {
      await writeResult(result, folder);
    } catch (error) {
      unwritten = error;
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${summary(result)}\n`);
  // after hours of work the user gets the result, and not only an error about the disk
  if (unwritten) throw unwritten;
  sayResultFolder(folder, json);
  if (result.outcome !== "complete" && result.outcome !== "not run") return exitCode.failed;
  if (result.stopped) return exitCode.failed;
  return result.certificate && !result.certificate.passed ? exitCode.disagreement : exitCode.done;
}

/** How a computation of the exact side alone is stopped, and where it reports its progress. */
interface Attention {
  readonly signal: AbortSignal;
  readonly onExactFigure: ReturnType<typeof exactProgress>["tell"];
}

/** Computes and delivers a result without an ensemble. Signals stop it; the figures known by then are delivered too. */
export async function attendedExact(
  compute: (attention: Attention) => Promise<Result>,
  to: { readonly json?: boolean | undefined; readonly folder: string | undefined },
): Promise<number> {
  const line = exactProgress(process.stderr);
  const stops = interrupts(() => {
    line.clear();
    say("stopping; the figures known so far will be written (again: quit at once)");
  });
  stops.listen();
  try {
    const result = await compute({ signal: stops.signal, onExactFigure: line.tell });
    line.clear();
    const code = await deliver(result, to);
    if (result.stopped) say("stopped: figures are missing; the same command starts again");
    if (code !== exitCode.done || result.fokkerPlanck || result.outcome !== "not run") return code;
    say(`no exact figure could be given: ${result.fokkerPlanckReason ?? "none was asked for"}`);
    return exitCode.disagreement;
  } catch (error) {
    if (!stops.signal.aborted || error !== stops.signal.reason) throw error;
    line.clear();
    say("stopped before any figure was known: nothing was written; the same command starts again");
    return exitCode.failed;
  } finally {
    line.clear();
    stops.release();
  }
}

/** The lines of progress of a run: the ensemble's while it moves, else that of the exact side. */
function progressLines(): {
  progress(progress: Parameters<ReturnType<typeof progressLine>["show"]>[0]): void;
  exactFigure(figure: string): void;
  clear(): void;
} {
  const line = progressLine(process.stderr);
  const exactLine = exactProgress(process.stderr);
  let isMoving = false;
  return {
    exactFigure: (figure) => exactLine.tell(figure, isMoving),
    progress(progress) {
      isMoving = progress.step < progress.steps;
      line.show(progress);
      if (!isMoving) line.clear();
      exactLine.show(!isMoving);
    },
    clear() {
      line.clear();
      exactLine.clear();
    },
  };
}

/** Saves checkpoints as `keeper` does, and ends the run after one if it must end. */
const endingOnceKept = (keeper: KeptRun["checkpoint"], mustEnd: () => boolean): KeptRun["checkpoint"] =>
  keeper && {
    ...keeper,
    async save(state) {
      await keeper.save(state);
      if (mustEnd()) throw new Ended();
    },
  };

/**
 * Runs or continues an experiment, handles signals, and delivers the result into `folder` if there is one. The run's checkpoints are
 * removed when the result is written.
 */
export async function attendedRun(
  experiment: CompletedExperiment,
  flags: AttendedFlags,
  kept: KeptRun,
  { folder, resume }: { readonly folder: string | undefined; readonly resume?: Checkpoint },
): Promise<number> {
  const lines = progressLines();
  /** SIGTERM and SIGHUP usually come from a scheduler, which starts the run again: the folder then stays even if nothing was computed. */
  let keepsForRestart = false;
  const howToGoOn = (): void => {
    if (kept.hasProgress) say(`spinsemble resume ${kept.folder} continues this run`);
    else if (keepsForRestart && kept.hasCheckpoint)
      say(`spinsemble resume ${kept.folder} starts this run again`);
  };
  const stops = interrupts(() => {
    lines.clear();
    say(
      stops.mustEnd && kept.checkpoint
        ? "ending as soon as the state is kept"
        : "stopping; the figures known so far will be written (again: quit at once)",
    );
  });
  stops.listen();
  // a user who resumes a run knows how long it takes
  const isForced = flags.force === true || resume !== undefined;
  const endIfTooLong = patience(isForced);
  let isDone = false;
  try {
    if (!isForced) {
      const problem = reduce(experiment);
      await requirePatience(problem, problem.ensemble, { ...flags, signal: stops.signal });
      stops.signal.throwIfAborted();
    }
    const result = await run(experiment, {
      backend: flags.backend,
      threads: flags.threads,
      resume,
      signal: stops.signal,
      checkpoint: endingOnceKept(kept.checkpoint, () => stops.mustEnd),
      onExactFigure: lines.exactFigure,
      onProgress: (progress) => {
        lines.progress(progress);
        endIfTooLong(progress);
      },
    });
    lines.clear();
    const code = await deliver(result, { json: flags.json, folder });
    // a run whose exact side was stopped can be resumed after its ensemble
    isDone = !result.stopped && result.outcome !== "device lost";
    if (!isDone) howToGoOn();
    return code;
  } catch (error) {
    lines.clear();
    if (stops.signal.aborted && error === stops.signal.reason) {
      say(`stopped before the ${kept.hasProgress ? "next" : "first"} step: nothing was computed`);
      keepsForRestart = stops.mustEnd;
      howToGoOn();
      return exitCode.failed;
    }
    if (error instanceof UsageError) {
      isDone = true;
      throw error;
    }
    howToGoOn();
    if (error instanceof Ended) return exitCode.failed;
    throw error;
  } finally {
    lines.clear();
    stops.release();
    await kept.finish(isDone, keepsForRestart);
  }
}
