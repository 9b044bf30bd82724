import type { Dataset, File } from "h5wasm";
import { TraceError } from "../trace-error.ts";
import type { Abortable } from "./abortable.ts";
import type { ByteSource } from "./bytes.ts";
import { flawOf } from "./flaw-of.ts";
import { timesAside } from "./times-aside.ts";
import type { TraceColumn, TraceFile } from "./trace-file.ts";

export const isHdf5 = (head: string): boolean =>
  // a user block, as MATLAB writes it, may stand before the signature
  [0, 512].some((at) => head.slice(at, at + 8) === "\x89HDF\r\n\x1a\n");

/** Largest file, because the library holds it in its memory. */
const largest = 2 ** 31;
const chunkSamples = 1 << 18;

/** HDF5, and MATLAB's save -v7.3: every real vector or matrix is a column or several; t or time holds the times. */
export async function openHdf5(source: ByteSource, { signal }: Abortable = {}): Promise<TraceFile> {
  if (source.size > largest)
    throw new TraceError(
      `${source.name}: HDF5 files beyond 2 GiB are not read: write the signal as raw samples`,
    );
  await requireWhole(source);
  const { file, isDataset, requireReadable, release } = await mounted(source);
  const columns: TraceColumn[] = [];
  let place = "its list of objects";
  try {
    for (const at of file.paths()) {
      place = `object ${JSON.stringify(at)}`;
      const item = file.get(at);
      if (isDataset(item)) columns.push(...columnsOf(source, at, item));
      // a damaged object looks like a group, but has no list of members
      else requireReadable(item);
    }
  } catch (error) {
    throw damaged(source, place, error);
  } finally {
    release();
  }
  if (columns.length === 0) throw new TraceError(`${source.name}: no array of real numbers is in it`);
  return { format: "HDF5", columns: await timesAside(source.name, columns, signal) };
}

/** Replaces the library's messages ("name not defined!"), which give neither place nor reason. */
const damaged = ({ name }: ByteSource, place: string, error: unknown): TraceError =>
  error instanceof TraceError
    ? error
    : new TraceError(`${name}: the HDF5 file is damaged: ${place} cannot be read`);

/** Throws TraceError if the file is shorter than its superblock states. */
async function requireWhole(source: ByteSource): Promise<void> {
  const head = await source.read(0, Math.min(source.size, 1024));
  const bytes = new DataView(head.buffer, head.byteOffset, head.length);
  // a user block, as MATLAB writes it, may stand before the superblock
  const start = head[0] === 0x89 ? 0 : 512;
  if (bytes.byteLength < start + 52) throw damaged(source, "its superblock", null);
  const version = bytes.getUint8(start + 8);
  const widthOfAddresses = bytes.getUint8(start + (version < 2 ? 13 : 9));
  // the library refuses superblocks of other versions
  if (version > 3 || widthOfAddresses !== 8) return;
  const [baseAt, endAt] = version === 0 ? [24, 40] : version === 1 ? [28, 44] : [12, 28];
  const addressAt = (at: number): number => Number(bytes.getBigUint64(start + at, true));
  // a user block added later moves the end of the file
  const end = addressAt(endAt) + start - addressAt(baseAt);
  if (source.size < end)
    throw new TraceError(
      `${source.name}: the HDF5 file is truncated: it has ${source.size} of the ${end} bytes that its superblock states`,
    );
}

let count = 0;

/**
 * Opens the file in the library's memory, where it stays until it is released; otherwise memory grows with every file.
 */
async function mounted(source: ByteSource): Promise<{
  readonly file: File;
  isDataset(item: unknown): item is Dataset;
  /** Throws for a missing item, or a group without a list of members. */
  requireReadable(item: unknown): void;
  release(): void;
}> {
  const { default: library } = await import("h5wasm");
  const { FS } = await library.ready;
  // the library prints a stack of C functions for every error in addition to throwing it
  if (count === 0) {
    type Stream = Parameters<typeof FS.close>[0];
    FS.close((FS as unknown as { getStream(descriptor: number): Stream }).getStream(2));
    FS.open("/dev/null", "w");
  }
  const path = `/trace-${++count}.h5`;
  FS.writeFile(path, await source.read(0, source.size));
  let file: File;
  try {
    file = new library.File(path, "r");
  } catch (error) {
    FS.unlink(path);
    throw damaged(source, "its superblock", error);
  }
  return {
    file,
    isDataset: (item): item is Dataset => item instanceof library.Dataset,
    requireReadable: (item) => {
      if (item === null) throw new Error("missing");
      if (item instanceof library.Group) item.keys();
    },
    release: () => {
      file.close();
      FS.unlink(path);
    },
  };
}

function columnsOf(source: ByteSource, path: string, dataset: Dataset): TraceColumn[] {
  const shape = dataset.shape ?? [];
  const real = /^[<>|=]?[bBhHiIqQlLefd]$/.test(String(dataset.dtype));
  if (!real || shape.length < 1 || shape.length > 2 || Math.max(...shape) < 2) return [];
  const samples = Math.max(...shape);
  const count = shape.length === 1 ? 1 : Math.min(...shape);
  const along = shape[0] === samples ? 0 : 1;
  const attribute = (...names: string[]): unknown =>
    names.map((name) => dataset.attrs[name]?.value).find((v) => v !== undefined);
  const step = Number(attribute("wf_increment", "dt", "sample_time", "sampleTime"));
  const name = path.replace(/^\//, "");
  return Array.from({ length: count }, (_, channel) => ({
    name: count === 1 ? name : `${name} ${channel + 1}`,
    unit: String(attribute("unit", "units", "Unit", "Units") ?? ""),
    samples,
    sampleTime: step > 0 ? step : null,
    async *chunks() {
      const { file, release } = await mounted(source);
      try {
        const signal = file.get(path) as Dataset;
        for (let from = 0; from < samples; from += chunkSamples) {
          const end = Math.min(samples, from + chunkSamples);
          const part: [number, number] = [from, end];
          const row: [number, number] = [channel, channel + 1];
          const ranges = shape.length === 1 ? [part] : along === 0 ? [part, row] : [row, part];
          yield { values: finite(source, name, from, signal.slice(ranges)), done: end / samples };
        }
      } catch (error) {
        throw damaged(source, `data of ${JSON.stringify(path)}`, error);
      } finally {
        release();
      }
    },
  }));
}

/** Throws TraceError at a value that is not a measured number. */
function finite({ name: file }: ByteSource, name: string, first: number, read: unknown): Float64Array {
  const values = Float64Array.from(read as ArrayLike<number>, Number);
  values.forEach((value, i) => {
    const flaw = flawOf(value);
    if (flaw !== null) throw new TraceError(`${file}: sample ${first + i} of ${name} is ${value}, ${flaw}`);
  });
  return values;
}
