import { unzipSync } from "fflate";
import { TraceError } from "../trace-error.ts";
import type { Abortable } from "./abortable.ts";
import type { ByteSource } from "./bytes.ts";
import { inMemory, textOf, viewOf } from "./bytes.ts";
import { timesAside } from "./times-aside.ts";
import type { TraceColumn, TraceFile } from "./trace-file.ts";
import { binaryColumn, sampleTypes } from "./trace-file.ts";

/**
 * NumPy's .npy: a vector, or a matrix whose longer side is time. Source: NumPy Enhancement Proposal 1, "A simple file
 * format for NumPy arrays".
 */
export async function openNpy(source: ByteSource, { signal }: Abortable = {}): Promise<TraceFile> {
  const columns = await npyColumns(source, "values");
  return { format: "NumPy", columns: await timesAside(source.name, columns, signal) };
}

/** NumPy's .npz, a zip of .npy: every array is a column; one called t or time holds the times of those in its folder. */
export async function openNpz(source: ByteSource, { signal }: Abortable = {}): Promise<TraceFile> {
  const packed = await source.read(0, source.size);
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(packed);
  } catch (error) {
    throw new TraceError(`${source.name}: the zip archive cannot be read: ${(error as Error).message}`);
  }
  const columns: TraceColumn[] = [];
  let first: TraceError | undefined;
  for (const [name, bytes] of Object.entries(files)) {
    const array = name.replace(/\.npy$/, "");
    try {
      columns.push(...(await npyColumns(inMemory(`${source.name}: ${name}`, bytes), array)));
    } catch (error) {
      if (!(error instanceof TraceError)) throw error;
      first ??= error;
    }
  }
  // an archive may hold more than traces
  if (columns.length === 0 && first) throw first;
  return { format: "NumPy", columns: await timesAside(source.name, columns, signal) };
}

async function npyColumns(source: ByteSource, name: string): Promise<TraceColumn[]> {
  const start = await viewOf(source, 0, 12, "the header");
  if (textOf(start, 1, 5) !== "NUMPY") throw new TraceError(`${source.name}: this is not an .npy file`);
  const wide = start.getUint8(6) > 1;
  const length = wide ? start.getUint32(8, true) : start.getUint16(8, true);
  const begin = wide ? 12 : 10;
  const header = textOf(await viewOf(source, begin, length, "the header"));
  const descr = /'descr':\s*'([<>|=])([iufb]\d+)'/.exec(header);
  const shape = /'shape':\s*\(([^)]*)\)/.exec(header);
  const type = descr && sampleTypes[descr[2] as keyof typeof sampleTypes];
  if (!descr || !type || !shape)
    throw new TraceError(
      `${source.name}: an array of real numbers is needed, its header says ${header.trim()}`,
    );
  const sizes = shape[1].split(",").flatMap((part) => (part.trim() === "" ? [] : [Number(part)]));
  const long = sizes.filter((size) => size !== 1);
  if (long.length > 2)
    throw new TraceError(`${source.name}: a vector or a matrix is needed, its shape is (${shape[1]})`);
  const common = { source, unit: "", type, little: descr[1] !== ">", sampleTime: null };
  const offset = begin + length;
  if (long.length < 2) return [binaryColumn({ ...common, name, offset, samples: long[0] ?? 1 })];
  const samples = Math.max(...long);
  const count = Math.min(...long);
  // whether a channel is contiguous in memory or strided
  const fortran = /'fortran_order':\s*True/.test(header);
  const runs = (long[0] === samples) === fortran;
  return Array.from({ length: count }, (_, i) =>
    binaryColumn({
      ...common,
      name: count === 1 ? name : `${name} ${i + 1}`,
      offset: offset + i * type.bytes * (runs ? samples : 1),
      samples,
      stride: type.bytes * (runs ? 1 : count),
    }),
  );
}
