import { linkSync, readdirSync, readlinkSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { UsageError } from "./exit.ts";
import { textOfOwn } from "./own-file.ts";
import { processState } from "./process-state.ts";

/** The process that holds a folder: its number and its start time, because numbers are reused. */
interface Holder {
  readonly pid: number;
  readonly started: string | null;
  readonly host: string;
  /** The namespace of the process number: each container of a host has its own. Missing if the system does not give it. */
  readonly space?: string | undefined;
  /** The job of a Slurm cluster that it belongs to. */
  readonly job?: Job;
}

interface Job {
  readonly id: string;
  /** How often it was requeued. */
  readonly restarts: number;
}

function ownJob(): Job | undefined {
  const { SLURM_JOB_ID: id, SLURM_RESTART_COUNT: restarts } = process.env;
  return id ? { id, restarts: Number(restarts ?? 0) } : undefined;
}

/** Slurm restarts a job only after it has ended, on any machine. */
const isBefore = (other: Job | undefined, own: Job | undefined): boolean =>
  other !== undefined && own !== undefined && other.id === own.id && other.restarts < own.restarts;

/** The namespace of this process's number, by its name in Linux. */
function ownSpace(): string | undefined {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return undefined;
  }
}

/** Whether the holder's process number is valid here: same host, same namespace. */
const isSeen = ({ host, space }: Holder): boolean =>
  host === hostname() && (space === undefined || space === ownSpace());

const lockName = "spinsemble.lock";

/** The state of a lock: held, held by a process that is about to end, or left behind by a dead one. */
function standing(holder: Holder, stateOf: typeof processState): "held" | "ending" | "left" {
  const { pid, started, job } = holder;
  if (isBefore(job, ownJob())) return "left";
  // from here one cannot know whether a process on another machine or in another container lives
  if (!isSeen(holder)) return "held";
  const now = stateOf(pid);
  if (now.is === "gone") return "left";
  if (started !== null && now.started !== null && started !== now.started) return "left";
  return now.is === "ending" ? "ending" : "held";
}

function read(path: string): { text: string; holder: Holder | null } | null {
  try {
    const text = textOfOwn(path);
    try {
      const holder = JSON.parse(text) as Holder;
      return { text, holder: Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null };
    } catch {
      return { text, holder: null };
    }
  } catch {
    return null;
  }
}

/** Removes a stale lock; puts it back if another process has just taken the folder. */
function breakLock(path: string, stale: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    if (textOfOwn(aside) !== stale) linkSync(aside, path);
    unlinkSync(aside);
  } catch {
    // another process was faster
  }
}

/** The time that a killed process may take to end, and the time between two checks, ms. */
const [longestEnd, pause] = [5000, 50];

/** How long the end of a process is waited for, and what says that it came. */
interface Patience {
  /** By the clock of `performance`, ms. */
  readonly latest: number;
  readonly stateOf: typeof processState;
}

/** Throws UsageError if the holder of a lock lives; the end of a process that was killed is waited for, while signals are heard. */
async function requireLeft(path: string, holder: Holder, { latest, stateOf }: Patience): Promise<void> {
  let is = standing(holder, stateOf);
  for (; is === "ending" && performance.now() < latest; is = standing(holder, stateOf))
    await setTimeout(pause);
  if (is === "left") return;
  const { pid, host } = holder;
  const elsewhere = host === hostname() ? " in another container of this host" : ` on ${host}`;
  const where = isSeen(holder) ? "" : elsewhere;
  const way = where ? `; if it no longer runs, remove ${path}` : "";
  const what = basename(path) === lockName ? dirname(path) : path.replace(/\.lock$/, "");
  throw new UsageError(`${what} is in use by process ${pid}${where}${way}`);
}

/** The locks of the parts of a folder. */
const partLocks = (folder: string): string[] =>
  // a sweep has a file of each share, a run a folder of it
  readdirSync(folder).flatMap((found) => {
    if (found === lockName) return [];
    if (found.endsWith(".lock")) return [join(folder, found)];
    return found.endsWith(".part") ? [join(folder, found, lockName)] : [];
  });

/** What this process writes into its locks. */
const ownText = (): string =>
  JSON.stringify({
    pid: process.pid,
    started: processState(process.pid).started,
    host: hostname(),
    space: ownSpace(),
    job: ownJob(),
  });

/** Throws UsageError if a living process other than this one holds one of some locks. */
async function requireNoOther(paths: readonly string[], stateOf = processState): Promise<void> {
  const [own, latest] = [ownText(), performance.now() + longestEnd];
  for (const path of paths) {
    const found = read(path);
    if (found?.holder && found.text !== own) await requireLeft(path, found.holder, { latest, stateOf });
  }
}

/** Throws UsageError if another living process has locked the whole of a folder, of which this one has locked a part. */
export const requireWholeFree = (folder: string): Promise<void> => requireNoOther([join(folder, lockName)]);

/**
 * Locks a folder for this process; the returned function unlocks it. Throws UsageError if another living process holds it; the lock of
 * a dead one is ignored. `name` is the name of the lock, if it covers only a part of the folder. Several processes may each have a part,
 * but none while another has the whole. `stateOf` says what became of a process.
 */
export async function lockFolder(
  folder: string,
  name = lockName,
  stateOf = processState,
): Promise<() => void> {
  const unlock = await lockedFile(folder, name, stateOf);
  try {
    // only now: of two that lock at the same time each finds the lock of the other
    await requireNoOther(name === lockName ? partLocks(folder) : [join(folder, lockName)], stateOf);
    return unlock;
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Locks and unlocks a folder for some work. */
export const inLockedFolder = <T>(folder: string, work: () => Promise<T>): Promise<T> =>
  inLockedPart(folder, lockName, work);

/** The same for the part of a folder that a lock with this name covers. */
export async function inLockedPart<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const unlock = await lockFolder(folder, name);
  try {
    return await work();
  } finally {
    unlock();
  }
}

async function lockedFile(folder: string, name: string, stateOf: typeof processState): Promise<() => void> {
  const path = join(folder, name);
  const own = ownText();
  const draft = `${path}.new-${process.pid}`;
  const latest = performance.now() + longestEnd;
  for (let tries = 0; tries < 10; tries++) {
    try {
      // a file or link with the draft's name is removed, never followed
      rmSync(draft, { force: true });
      writeFileSync(draft, own, { flag: "wx" });
    } catch (error) {
      rmSync(draft, { force: true });
      throw new UsageError(`${folder} cannot be written: ${(error as Error).message}`);
    }
    try {
      // a link appears complete, and only if there is none yet
      linkSync(draft, path);
      const unlock = (): void => {
        process.off("exit", unlock);
        if (read(path)?.text === own) rmSync(path, { force: true });
      };
      // where a signal ends the process before it has begun
      process.on("exit", unlock);
      return unlock;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const found = read(path);
    if (!found) continue;
    if (found.holder) await requireLeft(path, found.holder, { latest, stateOf });
    breakLock(path, found.text);
  }
  throw new UsageError(
    `${folder} is in use, or ${path} is not a readable lock file: if no process uses the folder, remove the file`,
  );
}
