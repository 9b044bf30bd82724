import type { Dataset, File } from "h5wasm";
import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { timesAside } from "./times-aside.ts";
import type { TraceColumn, TraceFile } from "./trace-file.ts";

export const isHdf5 = (head: string): boolean =>
  // a user block, as MATLAB writes it, may stand before the signature
  [0, 512].some((at) => head.slice(at, at + 8) === "\x89HDF\r\n\x1a\n");

/** The library holds the file in its memory. */
const largest = 2 ** 31;
const chunkSamples = 1 << 18;

/** HDF5, and MATLAB's save -v7.3: every real vector or matrix is a column or columns; t or time holds the times. */
export async function openHdf5(source: ByteSource): Promise<TraceFile> {
  if (source.size > largest)
    throw new TraceError(
      `${source.name}: HDF5 files beyond 2 GiB are not read: write the signal as raw samples`,
    );
  const { file, isDataset, release } = await mounted(source);
  let columns: TraceColumn[];
  try {
    columns = file.paths().flatMap((at) => {
      const item = file.get(at);
      return isDataset(item) ? columnsOf(source, at, item) : [];
    });
  } catch (error) {
    throw damaged(source, error);
  } finally {
    release();
  }
  if (columns.length === 0) throw new TraceError(`${source.name}: no array of real numbers is in it`);
  return { format: "HDF5", columns: await timesAside(source.name, columns) };
}

const damaged = ({ name }: ByteSource, error: unknown): TraceError =>
  error instanceof TraceError
    ? error
    : new TraceError(
        `${name}: the HDF5 file cannot be read, it is truncated or damaged: ${String((error as Error | undefined)?.message ?? error).split("\n")[0]}`,
      );

let count = 0;

/** The file in the library's memory until it is released: what is not grows with every file that is read. */
async function mounted(source: ByteSource): Promise<{
  readonly file: File;
  isDataset(item: unknown): item is Dataset;
  release(): void;
}> {
  const { default: library } = await import("h5wasm");
  const { FS } = await library.ready;
  // the library prints a stack of C functions for every error, which is thrown besides
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
    throw damaged(source, error);
  }
  return {
    file,
    isDataset: (item): item is Dataset => item instanceof library.Dataset,
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
        throw damaged(source, error);
      } finally {
        release();
      }
    },
  }));
}

/** Throws TraceError at a value that is no finite number. */
function finite({ name: file }: ByteSource, name: string, first: number, read: unknown): Float64Array {
  const values = Float64Array.from(read as ArrayLike<number>, Number);
  values.forEach((value, i) => {
    if (!Number.isFinite(value))
      throw new TraceError(`${file}: sample ${first + i} of ${name} is ${value}, not a finite number`);
  });
  return values;
}
