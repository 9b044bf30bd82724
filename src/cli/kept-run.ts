import type { Checkpoint, CheckpointOptions } from "../run/checkpoint/checkpoint.ts";
import { version } from "../version.ts";
import { loadCheckpoint, removeCheckpoints, writeCheckpoint } from "./checkpoint-files.ts";
import { UsageError } from "./exit.ts";
import { lockFolder } from "./folder-lock.ts";
import { inMadeFolder, removeEmpty } from "./make-folder.ts";
import { requireNoShares } from "./spin-share-files.ts";
import { freeFolder } from "./write-result.ts";

/** Where checkpoints of a run go. */
export interface KeptRunOptions {
  /** The folder of the result. If the result is only printed, it is missing, and a folder is made for the first checkpoint. */
  readonly folder?: string | undefined;
  readonly name: string;
  /** Seconds between checkpoints, or none. */
  readonly every: number | "never";
  /** Deletes the checkpoint of an unfinished run in the folder. */
  readonly discard?: boolean | undefined;
  readonly say: (line: string) => void;
}

/** Why a folder is not free for another run: it holds the only copy of an unfinished one. */
function heldBy(
  folder: string,
  { checkpoint, refused }: Awaited<ReturnType<typeof loadCheckpoint>>,
  otherwise = "--force deletes it",
): string | undefined {
  if (!checkpoint && refused.length > 0) return `${refused.join("\n")}\n${leftAlone}`;
  if (!checkpoint?.state) return undefined;
  const other = checkpoint.version === version ? undefined : checkpoint.version;
  return other === undefined
    ? `${folder} holds an unfinished run: spinsemble resume ${folder} continues it, ${otherwise}`
    : `${folder} holds an unfinished run of version ${other}: only that version continues it, this is ${version}. ${leftAlone}`;
}

/**
 * Checks that a folder is free for a share, a merge or a sweep.
 * @throws UsageError if it holds an unfinished run in one piece.
 */
export async function requireNoRun(folder: string): Promise<void> {
  const held = heldBy(folder, await loadCheckpoint(folder), "otherwise choose another --out");
  if (held) throw new UsageError(held);
}

/** What the user can do about checkpoints that cannot be used. */
export const leftAlone =
  "Checkpoints there stay as they are: choose another --out, or delete them with --force";

/** The folder of a run in progress: locked, with the newest checkpoints in it until the result is written. */
export class KeptRun {
  /** Undefined until it is made. */
  folder: string | undefined;
  /** Passed to `run`; undefined if no checkpoints are saved. */
  readonly checkpoint: CheckpointOptions | undefined;
  /** Whether there is a computed state from which `resume` can continue. */
  hasProgress = false;
  /** Whether the folder holds a checkpoint, also one before the first step, from which `resume` can start the run. */
  hasCheckpoint = false;
  readonly #options: KeptRunOptions;
  #unlock: (() => void) | undefined;
  #isOurs = false;
  #hasFailed = false;

  private constructor(options: KeptRunOptions) {
    this.#options = options;
    this.folder = options.folder;
    const { every } = options;
    this.checkpoint = every === "never" ? undefined : { every, save: (checkpoint) => this.#save(checkpoint) };
  }

  /** Throws UsageError where the folder is in use, or holds a run that is not finished or shares of one. */
  static async begin(options: KeptRunOptions): Promise<KeptRun> {
    const run = new KeptRun(options);
    if (options.folder === undefined) return run;
    await run.#take(options.folder);
    try {
      requireNoShares(options.folder);
      if (options.discard) await removeCheckpoints(options.folder);
      const held = heldBy(options.folder, await loadCheckpoint(options.folder));
      if (held) throw new UsageError(held);
      return run;
    } catch (error) {
      run.leave();
      throw error;
    }
  }

  /** Locks the folder of a run that is resumed. */
  static async again(folder: string, options: Omit<KeptRunOptions, "folder" | "name">): Promise<KeptRun> {
    const run = new KeptRun({ ...options, folder, name: folder });
    run.#unlock = await lockFolder(folder);
    return run;
  }

  async #take(folder: string): Promise<void> {
    // a folder that was made here is removed again if the run leaves nothing in it
    await inMadeFolder(folder, async (isMade) => {
      this.#unlock = await lockFolder(folder);
      this.#isOurs = isMade;
    });
    // after the lock's own: a signal may end the process before the run has begun
    if (this.#isOurs) process.on("exit", this.#removeEmpty);
  }

  readonly #removeEmpty = (): void => {
    process.off("exit", this.#removeEmpty);
    if (this.folder !== undefined) removeEmpty(this.folder);
  };

  async #save(checkpoint: Checkpoint): Promise<void> {
    // a run whose result is only printed makes a folder only when there is a state to save
    if (this.folder === undefined && checkpoint.state === null) return;
    try {
      if (this.folder === undefined) {
        const folder = freeFolder(this.#options.name);
        await this.#take(folder);
        this.folder = folder;
      }
      await writeCheckpoint(this.folder, checkpoint);
      this.hasCheckpoint = true;
      this.hasProgress ||= checkpoint.state !== null;
      this.#hasFailed = false;
    } catch (error) {
      // a failed checkpoint does not end the run; the previous checkpoint stays
      if (!this.#hasFailed)
        this.#options.say(
          `no checkpoint could be written, but the run continues: ${(error as Error).message}`,
        );
      this.#hasFailed = true;
    }
  }

  /** Unlocks the folder and leaves its files: another version may be able to use them. */
  leave(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /**
   * Ends the run. Its checkpoints are removed if the result is written, or if nothing was computed; in the second case `keepsForRestart`
   * keeps them.
   */
  async finish(isDone: boolean, keepsForRestart = false): Promise<void> {
    if (this.folder === undefined) return;
    const isWanted = this.hasProgress || (keepsForRestart && this.hasCheckpoint);
    if (isDone || !isWanted) await removeCheckpoints(this.folder).catch(() => {});
    this.leave();
    if (this.#isOurs) this.#removeEmpty();
  }
}
