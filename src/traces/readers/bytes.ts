import { TraceError } from "../trace-error.ts";

/** Bytes that are read on demand: a file on disk, or one dropped on a page. */
export interface ByteSource {
  readonly name: string;
  readonly size: number;
  /** Exactly `length` bytes from `offset`; fewer only at the end. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A view of `length` bytes from `offset`; throws TraceError if the file ends before. */
export async function viewOf(
  source: ByteSource,
  offset: number,
  length: number,
  what: string,
): Promise<DataView> {
  if (!(offset >= 0 && length >= 0 && offset + length <= source.size))
    throw new TraceError(
      `${source.name}: ${what} should be bytes ${offset} to ${offset + length}, but the file has ${source.size}: it is truncated or a length in it is wrong`,
    );
  const bytes = await source.read(offset, length);
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Decodes one character per byte. (In browsers the decoder named latin1 uses another code.) */
export const latin1 = (bytes: Uint8Array): string => {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};

export const textOf = (view: DataView, offset = 0, length = view.byteLength - offset): string =>
  latin1(new Uint8Array(view.buffer, view.byteOffset + offset, length));

/** Text up to the first zero byte. */
export const cString = (view: DataView, offset: number, length: number): string =>
  textOf(view, offset, length).split("\0", 1)[0].trim();

/** Bytes in memory as a source. */
export const inMemory = (name: string, bytes: Uint8Array): ByteSource => ({
  name,
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
});
