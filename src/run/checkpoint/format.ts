import type { ArrayKind, TypedArray } from "./pack.ts";
import { arrayOf, bytesOf, isArrayKind, pack, unpack } from "./pack.ts";

/*
 * A checkpoint as bytes: a line that names it, then frames of (length, SHA-256, bytes). The first frame is JSON: the
 * value's tree and the kinds and lengths of its arrays. The other frames hold these arrays one after the other, in
 * pieces, so that neither writing nor reading needs a second copy of a large ensemble. Numbers are little-endian, as
 * every platform here has them.
 */

const magic = "spinsemble checkpoint 1\n";
const anyMagic = /^spinsemble checkpoint (\d+)\n/;
const mostBytes = 1 << 23;
const [lengthBytes, digestBytes] = [4, 32];

/** Thrown with the reason why a checkpoint cannot be used. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

/** Reads the next bytes; returns fewer than asked for only at the end. */
export interface ByteReader {
  /** Total length. */
  readonly length: number;
  read(length: number): Promise<Uint8Array>;
}

const digest = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));

async function frame(bytes: Uint8Array): Promise<Uint8Array[]> {
  const head = new Uint8Array(lengthBytes + digestBytes);
  new DataView(head.buffer).setUint32(0, bytes.length, true);
  head.set(await digest(bytes), lengthBytes);
  return [head, bytes];
}

/** The bytes of a value, piece by piece. */
export async function* encode(value: unknown): AsyncGenerator<Uint8Array> {
  const arrays: TypedArray[] = [];
  const tree = pack(value, arrays);
  const kinds = arrays.map((array) => [array.constructor.name, array.length]);
  yield new TextEncoder().encode(magic);
  yield* await frame(new TextEncoder().encode(JSON.stringify({ tree, arrays: kinds })));
  // small arrays share a frame
  let filled = 0;
  const buffer = new Uint8Array(mostBytes);
  for (const array of arrays)
    for (let bytes = bytesOf(array); bytes.length > 0; ) {
      const taken = bytes.subarray(0, mostBytes - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      bytes = bytes.subarray(taken.length);
      if (filled < mostBytes) continue;
      yield* await frame(buffer.slice());
      filled = 0;
    }
  if (filled > 0) yield* await frame(buffer.slice(0, filled));
}

/** Reads frames; throws with the reason if one is not complete. */
class Frames {
  readonly #source: ByteReader;
  #left: number;

  constructor(source: ByteReader) {
    this.#source = source;
    this.#left = source.length;
  }

  get left(): number {
    return this.#left;
  }

  async bytes(length: number): Promise<Uint8Array> {
    if (length > this.#left) throw new CheckpointError("it is truncated");
    const bytes = await this.#source.read(length);
    this.#left -= length;
    if (bytes.length < length) throw new CheckpointError("it is truncated");
    return bytes;
  }

  async next(): Promise<Uint8Array> {
    const head = await this.bytes(lengthBytes + digestBytes);
    const length = new DataView(head.buffer, head.byteOffset).getUint32(0, true);
    const bytes = await this.bytes(length);
    const found = await digest(bytes);
    if (found.some((byte, i) => byte !== head[lengthBytes + i]))
      throw new CheckpointError("it is corrupt: a checksum is wrong");
    return bytes;
  }
}

function arraysOf(header: { arrays?: unknown }): TypedArray[] {
  if (!Array.isArray(header.arrays)) throw new CheckpointError("it is not a checkpoint of this program");
  return header.arrays.map(([kind, length]: [ArrayKind, number]) => {
    if (!isArrayKind(kind) || !Number.isSafeInteger(length) || length < 0)
      throw new CheckpointError("it holds an array of a kind that is not known");
    return arrayOf(kind, length);
  });
}

/** The value of these bytes. Throws CheckpointError with the reason where they are foreign, truncated or corrupt. */
export async function decode(source: ByteReader): Promise<unknown> {
  const frames = new Frames(source);
  const first = new TextDecoder().decode(await frames.bytes(Math.min(magic.length, frames.left)));
  if (first !== magic) {
    const [, format] = anyMagic.exec(first) ?? [];
    throw new CheckpointError(
      format
        ? `it has format ${format}, this version reads ${magic.trim().split(" ")[2]}`
        : magic.startsWith(first)
          ? "it is truncated"
          : "it is not a checkpoint of this program",
    );
  }
  const header = JSON.parse(new TextDecoder().decode(await frames.next())) as {
    tree: unknown;
    arrays: unknown;
  };
  // the announced bytes must exist before memory is allocated for them
  const announced = (header.arrays as [ArrayKind, number][]).reduce(
    (sum, [kind, length]) => sum + (isArrayKind(kind) ? length * arrayOf(kind, 1).byteLength : 0),
    0,
  );
  if (announced > frames.left) throw new CheckpointError("it is truncated");
  const arrays = arraysOf(header);
  let frameBytes = new Uint8Array();
  for (const array of arrays)
    for (let bytes = bytesOf(array); bytes.length > 0; ) {
      if (frameBytes.length === 0) frameBytes = Uint8Array.from(await frames.next());
      const taken = frameBytes.subarray(0, bytes.length);
      bytes.set(taken);
      bytes = bytes.subarray(taken.length);
      frameBytes = frameBytes.subarray(taken.length);
    }
  if (frames.left > 0 || frameBytes.length > 0) throw new CheckpointError("it has more bytes than it says");
  return unpack(header.tree, arrays);
}

/** Bytes in memory as a source. */
export function inMemory(bytes: Uint8Array): ByteReader {
  let at = 0;
  return {
    length: bytes.length,
    async read(length) {
      at += length;
      return bytes.subarray(at - length, at);
    },
  };
}
