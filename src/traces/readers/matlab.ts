import { unzlibSync } from "fflate";
import { TraceError } from "../trace-error.ts";
import type { Abortable } from "./abortable.ts";
import type { ByteSource } from "./bytes.ts";
import { inMemory, textOf, viewOf } from "./bytes.ts";
import { timesAside } from "./times-aside.ts";
import type { SampleType, TraceColumn, TraceFile } from "./trace-file.ts";
import { binaryColumn, sampleTypes } from "./trace-file.ts";

export const isMatlab = (head: string): boolean => head.startsWith("MATLAB 5.0");

/** Types of a data element. */
const elements: Readonly<Record<number, SampleType>> = {
  1: sampleTypes.i1,
  2: sampleTypes.u1,
  3: sampleTypes.i2,
  4: sampleTypes.u2,
  5: sampleTypes.i4,
  6: sampleTypes.u4,
  7: sampleTypes.f4,
  9: sampleTypes.f8,
  12: sampleTypes.i8,
  13: sampleTypes.u8,
};
const [matrix, compressed] = [14, 15];

interface Element {
  readonly type: number;
  readonly from: number;
  readonly bytes: number;
  readonly next: number;
}

/**
 * MATLAB's level 5 files (save -v6 and -v7): every real vector or matrix is a column or several; one called t or time
 * holds the times. Files of save -v7.3 are HDF5. Source: MathWorks, "MAT-File Format", level 5.
 */
export async function openMatlab(source: ByteSource, { signal }: Abortable = {}): Promise<TraceFile> {
  const header = await viewOf(source, 0, 128, "the header");
  const little = header.getUint8(126) === 0x49;
  const columns: TraceColumn[] = [];
  for (let at = 128; at < source.size; ) {
    const element = await elementAt(source, at, little);
    if (element.type === matrix) columns.push(...(await arrayIn(source, element, little)));
    if (element.type === compressed) {
      const packed = await source.read(element.from, element.bytes);
      let bytes: Uint8Array;
      try {
        bytes = unzlibSync(packed);
      } catch (error) {
        throw new TraceError(
          `${source.name}: byte ${at}: a compressed array cannot be unpacked: ${(error as Error).message}`,
        );
      }
      const inner = inMemory(source.name, bytes);
      columns.push(...(await arrayIn(inner, await elementAt(inner, 0, little), little)));
    }
    at = element.next;
  }
  if (columns.length === 0) throw new TraceError(`${source.name}: no array of real numbers is in it`);
  return { format: "MATLAB", columns: await timesAside(source.name, columns, signal) };
}

/** Tag of a data element; small ones hold up to four bytes in the tag itself. */
async function elementAt(source: ByteSource, at: number, little: boolean): Promise<Element> {
  const tag = await viewOf(source, at, 8, `the tag at byte ${at}`);
  const first = tag.getUint32(0, little);
  if (first >>> 16 !== 0)
    return { type: first & 0xffff, from: at + 4, bytes: Math.min(4, first >>> 16), next: at + 8 };
  const bytes = tag.getUint32(4, little);
  if (at + 8 + bytes > source.size)
    throw new TraceError(
      `${source.name}: byte ${at}: an element of ${bytes} bytes should stand here, but the file has ${source.size}: it is truncated or a length in it is wrong`,
    );
  const padded = first === compressed ? bytes : Math.ceil(bytes / 8) * 8;
  return { type: first, from: at + 8, bytes, next: at + 8 + padded };
}

async function arrayIn(source: ByteSource, { from }: Element, little: boolean): Promise<TraceColumn[]> {
  const flags = await elementAt(source, from, little);
  const flag = (await viewOf(source, flags.from, 4, "array flags")).getUint32(0, little);
  const kind = flag & 0xff;
  // numeric arrays only (6 to 15), without complex ones
  if (kind < 6 || kind > 15 || (flag & 0x800) !== 0) return [];
  const sizes = await elementAt(source, flags.next, little);
  const sizeView = await viewOf(source, sizes.from, sizes.bytes, "sizes of an array");
  const shape = Array.from({ length: sizes.bytes >> 2 }, (_, i) => sizeView.getInt32(4 * i, little));
  const label = await elementAt(source, sizes.next, little);
  const name = textOf(await viewOf(source, label.from, label.bytes, "the name of an array"));
  const data = await elementAt(source, label.next, little);
  const type = elements[data.type];
  const [samples, count] = [Math.max(...shape), Math.min(...shape)];
  if (shape.length !== 2 || samples < 2 || !type) return [];
  if (data.bytes !== samples * count * type.bytes)
    throw new TraceError(
      `${source.name}: array ${name} of ${shape.join(" × ")} should have ${samples * count * type.bytes} bytes, it has ${data.bytes}`,
    );
  // columns stand one after another
  const runs = shape[0] === samples;
  return Array.from({ length: count }, (_, i) =>
    binaryColumn({
      source,
      name: count === 1 ? name : `${name} ${i + 1}`,
      unit: "",
      offset: data.from + i * type.bytes * (runs ? samples : 1),
      samples,
      stride: type.bytes * (runs ? 1 : count),
      type,
      little,
      sampleTime: null,
    }),
  );
}
