import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { viewOf } from "./bytes.ts";
import { flawOf } from "./flaw-of.ts";

/** One signal of a file. */
export interface TraceColumn {
  readonly name: string;
  /** Unit of the values as read; empty if the file does not give it. */
  readonly unit: string;
  /** Number of samples, if the file gives it before it is read. */
  readonly samples: number | null;
  /** Time between samples (s), if the file contains it; otherwise the user must give it. */
  readonly sampleTime: number | null;
  /** Values in order, in pieces, so that memory stays bounded. Throws TraceError at an unusable value. */
  chunks(): AsyncIterable<Chunk>;
}

export interface Chunk {
  readonly values: Float64Array;
  /** Share of the file that has been read. */
  readonly done: number;
  /** Time between samples (s) from a column of times, known after the last chunk. */
  readonly sampleTime?: number;
}

export interface TraceFile {
  readonly format: string;
  readonly columns: readonly TraceColumn[];
}

/** Number formats of samples, read from a view at a byte. */
export interface SampleType {
  readonly bytes: number;
  get(view: DataView, at: number, little: boolean): number;
}

export const sampleTypes = {
  i1: { bytes: 1, get: (view, at) => view.getInt8(at) },
  u1: { bytes: 1, get: (view, at) => view.getUint8(at) },
  i2: { bytes: 2, get: (view, at, little) => view.getInt16(at, little) },
  u2: { bytes: 2, get: (view, at, little) => view.getUint16(at, little) },
  i4: { bytes: 4, get: (view, at, little) => view.getInt32(at, little) },
  u4: { bytes: 4, get: (view, at, little) => view.getUint32(at, little) },
  i8: { bytes: 8, get: (view, at, little) => Number(view.getBigInt64(at, little)) },
  u8: { bytes: 8, get: (view, at, little) => Number(view.getBigUint64(at, little)) },
  f4: { bytes: 4, get: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, get: (view, at, little) => view.getFloat64(at, little) },
} as const satisfies Record<string, SampleType>;

/** Samples one after another (or `stride` bytes apart) in a file. */
export interface BinaryLayout {
  readonly source: ByteSource;
  readonly name: string;
  readonly unit: string;
  readonly offset: number;
  readonly samples: number;
  readonly type: SampleType;
  readonly little: boolean;
  /** Bytes from one sample to the next; default the type's size. */
  readonly stride?: number;
  readonly factor?: number;
  readonly shift?: number;
  readonly sampleTime: number | null;
}

const chunkSamples = 1 << 18;

export function binaryColumn(layout: BinaryLayout): TraceColumn {
  const { source, offset, samples, type, little, factor = 1, shift = 0, name } = layout;
  const stride = layout.stride ?? type.bytes;
  if (!(Number.isInteger(samples) && samples >= 0))
    throw new TraceError(
      `${source.name}: the number of samples of ${name}, ${samples}, is no number of samples`,
    );
  const end = samples === 0 ? offset : offset + (samples - 1) * stride + type.bytes;
  if (!(offset >= 0 && end <= source.size))
    throw new TraceError(
      `${source.name}: ${samples} samples of ${name} should end at byte ${end}, but the file has ${source.size}: it is truncated or a length in it is wrong`,
    );
  const { sampleTime } = layout;
  if (sampleTime !== null && !(sampleTime > 0 && Number.isFinite(sampleTime)))
    throw new TraceError(`${source.name}: the time between samples of ${name}, ${sampleTime} s, must be > 0`);
  return {
    name,
    unit: layout.unit,
    samples,
    sampleTime,
    async *chunks() {
      for (let from = 0; from < samples; from += chunkSamples) {
        const count = Math.min(chunkSamples, samples - from);
        const at = offset + from * stride;
        const view = await viewOf(source, at, (count - 1) * stride + type.bytes, `samples of ${name}`);
        const values = new Float64Array(count);
        for (let i = 0; i < count; i++) {
          const value = type.get(view, i * stride, little) * factor + shift;
          const flaw = flawOf(value);
          if (flaw !== null)
            throw new TraceError(
              `${source.name}: sample ${from + i} of ${name} (byte ${at + i * stride}) is ${value}, ${flaw}`,
            );
          values[i] = value;
        }
        yield { values, done: (from + count) / samples };
      }
    },
  };
}
