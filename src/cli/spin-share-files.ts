import { existsSync, readdirSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { CheckpointError, decode, encode, inMemory } from "../run/checkpoint/format.ts";
import type { NamedSpinShare, SpinShare } from "../run/share/spin-share.ts";
import { shareFormat } from "../run/share/spin-share.ts";
import type { Task } from "../run/share/task.ts";
import { writeAnew } from "./checkpoint-files.ts";
import { UsageError } from "./exit.ts";
import { bytesOfOwn } from "./own-file.ts";
import { written } from "./written.ts";

/** The file of a finished share of a run, and the folder in which it is kept while it runs. */
export const spinShareName = ({ share, of }: Task): string => `share-${share}-of-${of}.spins`;
export const partName = ({ share, of }: Task): string => `share-${share}-of-${of}.part`;

const taskOf = (name: string, ending: string): Task | undefined => {
  const found = /^share-(\d+)-of-(\d+)\.(\w+)$/.exec(name);
  return found?.[3] === ending ? { share: Number(found[1]), of: Number(found[2]) } : undefined;
};

/** Reads a share's file; for a damaged or foreign file it returns the reason. */
export async function readSpinShare(folder: string, name: string): Promise<NamedSpinShare> {
  const path = join(folder, name);
  const bytes = bytesOfOwn(path);
  try {
    const share = (await decode(inMemory(bytes))) as SpinShare;
    if (share?.format !== shareFormat) return { name, share: null, reason: "is no share of a run" };
    if (spinShareName(share) !== name) {
      const reason = `holds share ${share.share} of ${share.of} under another name`;
      return { name, share: null, reason, isMisnamed: true };
    }
    return { name, share };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { name, share: null, reason: `cannot be used: ${error.message}` };
  }
}

/** The file of one share, or undefined if it does not exist. */
export const spinShareOf = async (folder: string, task: Task): Promise<NamedSpinShare | undefined> =>
  existsSync(join(folder, spinShareName(task))) ? readSpinShare(folder, spinShareName(task)) : undefined;

/** The finished and the unfinished shares in a folder. */
export async function spinSharesIn(
  folder: string,
): Promise<{ readonly shares: readonly NamedSpinShare[]; readonly unfinished: readonly Task[] }> {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  const shares: NamedSpinShare[] = [];
  for (const name of names) if (taskOf(name, "spins")) shares.push(await readSpinShare(folder, name));
  return { shares, unfinished: names.flatMap((name) => taskOf(name, "part") ?? []) };
}

/**
 * Checks that a folder is free for an undivided run or sweep.
 * @throws UsageError if it has shares of a run that are not merged yet.
 */
export function requireNoShares(folder: string): void {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const isMerged = names.includes("result.json");
  const found = names.find((name) => taskOf(name, "part") || (!isMerged && taskOf(name, "spins")));
  if (found)
    throw new UsageError(
      `${folder} holds ${found} of a run in shares: --task i/N continues a share, --merge combines the shares; otherwise choose another --out`,
    );
}

/** Writes a share; its file appears complete or not at all. */
export async function writeSpinShare(folder: string, share: SpinShare): Promise<void> {
  const path = join(folder, spinShareName(share));
  const draft = `${path}.draft`;
  const whole = writeAnew(draft, encode(share)).then(() => rename(draft, path));
  await written(whole, path, "free some disk space, then the same command continues the share");
  await rm(join(folder, partName(share)), { recursive: true, force: true });
}
