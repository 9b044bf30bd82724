import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { binaryColumn, sampleTypes, type TraceFile } from "./trace-file.ts";

/** Raw samples without a header: `type` as NumPy writes it (f4, i2, …), little-endian unless it starts with ">". */
export function openRaw(source: ByteSource, type: string): TraceFile {
  const [, order, code] = /^([<>]?)(\w+)$/.exec(type) ?? [];
  const found = sampleTypes[code as keyof typeof sampleTypes];
  if (!found)
    throw new TraceError(
      `${type} is no type of samples; there are ${Object.keys(sampleTypes).join(", ")}, after > if big-endian`,
    );
  if (source.size % found.bytes !== 0)
    throw new TraceError(
      `${source.name}: ${source.size} bytes are no whole number of ${code} samples: it is truncated or of another type`,
    );
  const samples = source.size / found.bytes;
  const column = binaryColumn({
    source,
    name: "samples",
    unit: "",
    offset: 0,
    samples,
    type: found,
    little: order !== ">",
    sampleTime: null,
  });
  return { format: `raw ${type}`, columns: [column] };
}
