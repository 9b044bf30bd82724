import type { Dataset } from "h5wasm";
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
  const { default: library } = await import("h5wasm");
  const { FS } = await library.ready;
  const path = `/trace-${++opened}.h5`;
  FS.writeFile(path, await source.read(0, source.size));
  let columns: TraceColumn[];
  try {
    const file = new library.File(path, "r");
    columns = file.paths().flatMap((at) => {
      const item = file.get(at);
      return item instanceof library.Dataset ? columnsOf(source.name, at, item) : [];
    });
  } catch (error) {
    throw new TraceError(
      `${source.name}: the HDF5 file cannot be read, it is truncated or damaged: ${(error as Error).message.split("\n")[0]}`,
    );
  }
  if (columns.length === 0) throw new TraceError(`${source.name}: no array of real numbers is in it`);
  return { format: "HDF5", columns: await timesAside(source.name, columns) };
}

let opened = 0;

function columnsOf(file: string, path: string, dataset: Dataset): TraceColumn[] {
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
      for (let from = 0; from < samples; from += chunkSamples) {
        const end = Math.min(samples, from + chunkSamples);
        const ranges: [number, number][] =
          shape.length === 1
            ? [[from, end]]
            : along === 0
              ? [
                  [from, end],
                  [channel, channel + 1],
                ]
              : [
                  [channel, channel + 1],
                  [from, end],
                ];
        const values = Float64Array.from(dataset.slice(ranges) as unknown as ArrayLike<number>, Number);
        values.forEach((value, i) => {
          if (!Number.isFinite(value))
            throw new TraceError(`${file}: sample ${from + i} of ${name} is ${value}, not a finite number`);
        });
        yield { values, done: end / samples };
      }
    },
  }));
}
