import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** Most bytes that are read from a pipe or device, and the pause, ms, before an empty one is read again. */
const most = 1 << 28;
const pause = 20;

/** Reads the bytes that are available now; null if none are yet but more may come. */
function readNow(file: number, bytes: Uint8Array): number | null {
  try {
    return readSync(file, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return null;
    throw error;
  }
}

async function textOfPipe(path: string, hasName: boolean): Promise<string> {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const pieces: Uint8Array[] = [];
    const bytes = new Uint8Array(1 << 16);
    for (let length = 0; length <= most; ) {
      const count = readNow(file, bytes);
      // a named pipe without data may still wait for its writer
      if (count === 0 && (length > 0 || !(hasName && fstatSync(file).isFIFO())))
        return Buffer.concat(pieces).toString("utf8");
      if (count) pieces.push(bytes.slice(0, count));
      length += count ?? 0;
      await setTimeout(count ? 0 : pause);
    }
    throw new Error(`it is longer than ${most} bytes`);
  } finally {
    closeSync(file);
  }
}

/**
 * The text of a file, a pipe or a device. A pipe is polled, because a thread that waits for one keeps the process from ending at a
 * signal. Throws the system's errors.
 */
export async function textOf(path: string): Promise<string> {
  const found = await stat(path);
  if (found.isFile() || found.isDirectory()) return readFile(path, "utf8");
  // a pipe made by a shell has no name in a folder, so no other writer can open it later
  return textOfPipe(path, !/^\/(dev|proc)\//.test(path));
}
