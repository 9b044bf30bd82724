import { constants } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import type { ByteSource } from "../traces/readers/bytes.ts";
import { UsageError } from "./exit.ts";

/** A file of the disk, read piece by piece; close it when done. */
export async function fileSource(path: string): Promise<ByteSource & { close(): Promise<void> }> {
  let handle: FileHandle;
  try {
    // do not wait for a pipe, which is refused below
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    throw new UsageError(`${path} does not exist or cannot be read`);
  }
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new UsageError(`${path} is not a file`);
  }
  return {
    name: path,
    size: stat.size,
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      let fill = 0;
      while (fill < length) {
        const { bytesRead } = await handle.read(bytes, fill, length - fill, offset + fill);
        if (bytesRead === 0) break;
        fill += bytesRead;
      }
      return bytes.subarray(0, fill);
    },
    close: () => handle.close(),
  };
}
