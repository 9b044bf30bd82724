import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { CheckpointError } from "../run/checkpoint/format.ts";
import { attendedRun } from "./attended-run.ts";
import { loadCheckpoint } from "./checkpoint-files.ts";
import { exitCode, UsageError } from "./exit.ts";
import { KeptRun } from "./kept-run.ts";
import { say } from "./say.ts";
import { requirePlace } from "./write-result.ts";

export interface ResumeFlags {
  readonly json?: boolean;
  readonly threads?: number;
  readonly checkpoint: number | "never";
}

/** `spinsemble resume FOLDER`: continues a run that was stopped or killed. */
export async function resumeCommand(folder: string, flags: ResumeFlags): Promise<number> {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new UsageError(`${folder} is not the folder of a run`);
  await requirePlace(folder);
  const kept = await KeptRun.again(folder, { every: flags.checkpoint, say });
  const { checkpoint, refused } = await loadCheckpoint(folder);
  for (const reason of refused) say(reason);
  if (!checkpoint) {
    kept.leave();
    if (refused.length > 0) throw new UsageError(`${folder} has no valid checkpoint`);
    if (!existsSync(join(folder, "result.json")))
      throw new UsageError(`${folder} contains no run that could continue`);
    say(`the run in ${folder} is finished: there is nothing to resume`);
    return exitCode.done;
  }
  kept.hasProgress = checkpoint.state !== null;
  kept.hasCheckpoint = true;
  try {
    const { json, threads } = flags;
    return await attendedRun(checkpoint.experiment, { json, threads }, kept, { folder, resume: checkpoint });
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new UsageError(`the run in ${folder} cannot be resumed: ${error.message}`);
  }
}
