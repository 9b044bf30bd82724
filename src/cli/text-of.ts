import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** Most bytes of something that has no length of its own, and how long there may be nothing to read before it is asked again, ms. */
const most = 1 << 28;
const pause = 20;

/** Bytes that are there now; null where more may come. */
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
      // a pipe with a name ends when its writer has gone, not before it came
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
 * The text of a file, a pipe or a device. A pipe is asked now and then instead of waited for: a thread that waits for one keeps the
 * process from ending when a signal comes. Throws the system's errors.
 */
export async function textOf(path: string): Promise<string> {
  const found = await stat(path);
  if (found.isFile() || found.isDirectory()) return readFile(path, "utf8");
  // a pipe that a shell made has no name in any folder, so no later writer can open it
  return textOfPipe(path, !/^\/(dev|proc)\//.test(path));
}
