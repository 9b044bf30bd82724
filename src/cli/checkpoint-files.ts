import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { lstat, open, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Checkpoint } from "../run/checkpoint/checkpoint.ts";
import { CheckpointError } from "../run/checkpoint/format.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../run/checkpoint/serialize.ts";
import { noFollow } from "./own-file.ts";

const names = {
  current: "spinsemble.checkpoint",
  previous: "spinsemble.checkpoint.previous",
  draft: "spinsemble.checkpoint.part",
} as const;

/** Whether a file, folder or link of this name exists. */
const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  );

/**
 * Writes a checkpoint beside the previous one, which stays: after a kill at any moment one of them is complete. A file with the draft's
 * name is removed first, and no link is followed.
 */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  const [current, previous, draft] = [names.current, names.previous, names.draft].map((name) =>
    join(folder, name),
  );
  await writeAnew(draft, encodeCheckpoint(checkpoint));
  try {
    if (await exists(current)) await rename(current, previous);
    await rename(draft, current);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

/**
 * Writes a new file and flushes it to the disk. A file or link of that name is removed first, never followed. If writing fails, nothing
 * is left.
 */
export async function writeAnew(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await rm(path, { force: true, recursive: true });
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o644);
    try {
      for await (const piece of pieces) await writeAll(file, piece);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true }).catch(() => {});
    throw error;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
}

async function readCheckpoint(path: string): Promise<Checkpoint> {
  const file = await open(path, constants.O_RDONLY | noFollow);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new CheckpointError("it is not a file");
    return await decodeCheckpoint({
      length: stat.size,
      async read(length) {
        const bytes = new Uint8Array(length);
        let at = 0;
        while (at < length) {
          const { bytesRead } = await file.read(bytes, at, length - at);
          if (bytesRead === 0) break;
          at += bytesRead;
        }
        return bytes.subarray(0, at);
      },
    });
  } finally {
    await file.close();
  }
}

/** The newest valid checkpoint of a folder, or undefined if it has none, and the reasons why others were refused. */
export async function loadCheckpoint(
  folder: string,
): Promise<{ checkpoint: Checkpoint | undefined; refused: string[] }> {
  const refused: string[] = [];
  for (const name of [names.current, names.previous]) {
    const path = join(folder, name);
    if (!(await exists(path))) continue;
    try {
      return { checkpoint: await readCheckpoint(path), refused };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      refused.push(`${path} cannot be used: ${code === "ELOOP" ? "it is a link" : message}`);
    }
  }
  return { checkpoint: undefined, refused };
}

/** Removes the checkpoints of a run that no longer needs them. */
export async function removeCheckpoints(folder: string): Promise<void> {
  for (const name of Object.values(names)) await rm(join(folder, name), { force: true });
}
