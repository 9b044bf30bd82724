const isNode =
  typeof process !== "undefined" && process.versions?.node !== undefined && !("Deno" in globalThis);

/** Bytes that this process may still allocate; undefined if the environment does not say. */
export async function bytesLeft(): Promise<number | undefined> {
  if (!isNode) return undefined;
  const name = "node:os";
  const { freemem, totalmem } = (await import(/* @vite-ignore */ name)) as typeof import("node:os");
  // the limit of a container, if that is lower
  const most = process.constrainedMemory?.() || Number.POSITIVE_INFINITY;
  return Math.min(freemem(), Math.min(most, totalmem()) - process.memoryUsage().rss);
}

const gigabytes = (bytes: number): string => `${Number((bytes / 1e9).toPrecision(3))} GB`;

/** Throws RangeError, before anything is allocated, if an ensemble needs more memory than there is. */
export async function requireRoom(bytes: number, spins: number): Promise<void> {
  const left = await bytesLeft();
  if (left === undefined || bytes <= left) return;
  throw new RangeError(
    `${spins} spins need ${gigabytes(bytes)} of memory, and ${gigabytes(Math.max(left, 0))} are free here: use fewer spins, or ${Math.ceil(bytes / Math.max(left, bytes / 1000))} shares one after the other (run FILE --task 1/N)`,
  );
}
