import { rmdirSync } from "node:fs";
import type { Checkpoint, CheckpointOptions } from "../run/checkpoint/checkpoint.ts";
import { version } from "../version.ts";
import { loadCheckpoint, removeCheckpoints, writeCheckpoint } from "./checkpoint-files.ts";
import { UsageError } from "./exit.ts";
import { lockFolder } from "./folder-lock.ts";
import { makeFolder } from "./make-folder.ts";
import { freeFolder } from "./write-result.ts";

/** Where checkpoints of a run go. */
export interface KeptRunOptions {
  /** The folder of the result; missing where the result goes nowhere: then one is made for the first checkpoint. */
  readonly folder?: string | undefined;
  readonly name: string;
  /** Seconds between checkpoints, or none. */
  readonly every: number | "never";
  /** A checkpoint of an unfinished run in the folder is thrown away. */
  readonly discard?: boolean | undefined;
  readonly say: (line: string) => void;
}

/** Why a folder is not free for another run: what it holds cannot be computed again from anything else. */
function heldBy(
  folder: string,
  { checkpoint, refused }: Awaited<ReturnType<typeof loadCheckpoint>>,
): string | undefined {
  if (!checkpoint && refused.length > 0) return `${refused.join("\n")}\n${leftAlone}`;
  if (!checkpoint?.state) return undefined;
  const other = checkpoint.version === version ? undefined : checkpoint.version;
  return other === undefined
    ? `${folder} holds a run that is not finished: spinsemble resume ${folder} continues it, --force deletes it`
    : `${folder} holds a run of version ${other} that is not finished, this is ${version}: that version continues it. ${leftAlone}`;
}

/** What may be done about checkpoints that cannot be used. */
export const leftAlone =
  "Checkpoints there stay as they are: choose another --out, or delete them with --force";

/** The folder of a run in work: held by a lock, with the newest checkpoints in it until the result is there. */
export class KeptRun {
  /** Undefined before there is one. */
  folder: string | undefined;
  /** For `run`; undefined where nothing is kept. */
  readonly checkpoint: CheckpointOptions | undefined;
  /** Whether there is anything that `resume` can go on from. */
  hasProgress = false;
  /** Whether the folder holds all that a run needs to begin, computed or not. */
  hasBeginning = false;
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

  /** Throws UsageError where the folder is in use, or holds a run that is not finished. */
  static async begin(options: KeptRunOptions): Promise<KeptRun> {
    const run = new KeptRun(options);
    if (options.folder === undefined) return run;
    await run.#take(options.folder);
    if (options.discard) await removeCheckpoints(options.folder);
    const held = heldBy(options.folder, await loadCheckpoint(options.folder));
    if (held) {
      run.leave();
      throw new UsageError(held);
    }
    return run;
  }

  /** Takes the folder of a run that is to go on. */
  static async again(folder: string, options: Omit<KeptRunOptions, "folder" | "name">): Promise<KeptRun> {
    const run = new KeptRun({ ...options, folder, name: folder });
    run.#unlock = await lockFolder(folder);
    return run;
  }

  async #take(folder: string): Promise<void> {
    // the name of the topmost folder that was made: removed again if nothing comes of the run
    this.#isOurs = (await makeFolder(folder)) !== undefined;
    this.#unlock = await lockFolder(folder);
    // after the lock's own: a signal may end the process before the run has begun
    if (this.#isOurs) process.on("exit", this.#removeEmpty);
  }

  /** Only an empty folder can be removed so. */
  readonly #removeEmpty = (): void => {
    process.off("exit", this.#removeEmpty);
    try {
      if (this.folder !== undefined) rmdirSync(this.folder);
    } catch {
      // it holds something
    }
  };

  async #save(checkpoint: Checkpoint): Promise<void> {
    // a run whose result goes nowhere makes a folder only when there is something to keep
    if (this.folder === undefined && checkpoint.state === null) return;
    try {
      if (this.folder === undefined) {
        const folder = freeFolder(this.#options.name);
        await this.#take(folder);
        this.folder = folder;
      }
      await writeCheckpoint(this.folder, checkpoint);
      this.hasBeginning = true;
      this.hasProgress ||= checkpoint.state !== null;
      this.#hasFailed = false;
    } catch (error) {
      // the run is worth more than its checkpoint; what was kept before is still there
      if (!this.#hasFailed)
        this.#options.say(`no checkpoint could be written, the run goes on: ${(error as Error).message}`);
      this.#hasFailed = true;
    }
  }

  /** Gives the folder back as it was found: what cannot be used here may be of use elsewhere, as to a later version. */
  leave(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }

  /**
   * The run is over: with its result there, its checkpoints are not needed any more, nor are they where nothing was computed, unless
   * whoever ended it wants it to begin again.
   */
  async finish(isDone: boolean, keepsBeginning = false): Promise<void> {
    if (this.folder === undefined) return;
    const isWanted = this.hasProgress || (keepsBeginning && this.hasBeginning);
    if (isDone || !isWanted) await removeCheckpoints(this.folder).catch(() => {});
    this.leave();
    if (this.#isOurs) this.#removeEmpty();
  }
}
