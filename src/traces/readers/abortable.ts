import { breathe } from "../../linear-algebra/breathe.ts";
import type { ByteSource } from "./bytes.ts";

/** What may be ended while it reads. */
export interface Abortable {
  /** Its abort ends the reading of the file, also later, column by column. */
  readonly signal?: AbortSignal | undefined;
}

/** Pieces from this size on take so long that a signal is heard before each, bytes. */
const large = 1 << 16;

/** The same bytes; after an abort reading them rejects with the signal's reason. */
export const abortable = ({ name, size, ...source }: ByteSource, signal: AbortSignal): ByteSource => ({
  name,
  size,
  async read(offset, length) {
    // bytes in memory are read without a pause in which an abort could come
    if (length >= large) await breathe();
    signal.throwIfAborted();
    return source.read(offset, length);
  },
});
