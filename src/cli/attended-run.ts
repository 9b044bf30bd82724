import type { BackendName } from "../ensemble/kernel.ts";
import type { Result } from "../result.ts";
import type { Checkpoint } from "../run/checkpoint/checkpoint.ts";
import { run } from "../run/run.ts";
import { exitCode, UsageError } from "./exit.ts";
import { interrupts } from "./interrupts.ts";
import type { KeptRun } from "./kept-run.ts";
import { patience } from "./patience.ts";
import { progressLine } from "./progress.ts";
import { summary } from "./summary.ts";
import { writeResult } from "./write-result.ts";

export interface AttendedFlags {
  readonly json?: boolean;
  readonly backend?: BackendName | "auto";
  readonly threads?: number;
  /** Begins however long it takes. */
  readonly force?: boolean;
}

/** Ends a run whose state has just been kept. */
class Ended extends Error {}

export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Prints or writes a result and tells the exit code that goes with it. */
export async function deliver(
  result: Result,
  { json, folder }: { readonly json?: boolean; readonly folder: string | undefined },
): Promise<number> {
  if (folder !== undefined) await writeResult(result, folder);
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${summary(result)}\n`);
  if (folder !== undefined) (json ? process.stderr : process.stdout).write(`\nresult in ${folder}\n`);
  if (result.outcome !== "complete" && result.outcome !== "not run") return exitCode.failed;
  return result.certificate && !result.certificate.passed ? exitCode.disagreement : exitCode.done;
}

/**
 * Runs an experiment, or goes on with it, under the eyes of signals, and delivers its result into `folder` if there is one. What the
 * run keeps is removed when the result is there.
 */
export async function attendedRun(
  experiment: unknown,
  flags: AttendedFlags,
  kept: KeptRun,
  { folder, resume }: { readonly folder: string | undefined; readonly resume?: Checkpoint },
): Promise<number> {
  const line = progressLine(process.stderr);
  const howToGoOn = (): void => {
    if (kept.hasProgress) say(`spinsemble resume ${kept.folder} goes on with this run`);
  };
  const stops = interrupts(() => {
    line.clear();
    say(
      stops.mustEnd && kept.checkpoint
        ? "ending as soon as the state is kept"
        : "stopping after this piece; what there is will be written (again: quit at once)",
    );
  });
  // whoever goes on with a run knows how long it takes
  const endIfTooLong = patience(flags.force === true || resume !== undefined);
  let isDone = false;
  try {
    const { checkpoint } = kept;
    const result = await run(experiment, {
      backend: flags.backend,
      threads: flags.threads,
      resume,
      signal: stops.signal,
      checkpoint: checkpoint && {
        ...checkpoint,
        async save(state) {
          await checkpoint.save(state);
          if (stops.mustEnd) throw new Ended();
        },
      },
      onProgress: (progress) => {
        if (progress.step < progress.steps) stops.listen();
        else stops.release();
        line.show(progress);
        endIfTooLong(progress);
      },
    });
    line.clear();
    // the result is there in a moment: a signal waits for it
    stops.listen();
    const code = await deliver(result, { json: flags.json, folder });
    isDone = result.outcome !== "stopped" && result.outcome !== "device lost";
    if (!isDone) howToGoOn();
    return code;
  } catch (error) {
    line.clear();
    if (error instanceof UsageError) {
      isDone = true;
      throw error;
    }
    howToGoOn();
    if (error instanceof Ended) return exitCode.failed;
    throw error;
  } finally {
    stops.release();
    await kept.finish(isDone);
  }
}
