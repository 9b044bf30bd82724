import { TraceError } from "../trace-error.ts";
import type { SampleType } from "./trace-file.ts";
import { sampleTypes } from "./trace-file.ts";

/** An object's samples in one block of a segment. */
export interface SegmentObject {
  /** Null for samples that are not real numbers; they are skipped. */
  readonly type: SampleType | null;
  readonly samples: number;
  readonly bytes: number;
}

/** State that carries over from segment to segment. */
export interface SegmentTable {
  list: string[];
  readonly objects: Map<string, SegmentObject>;
  readonly properties: Map<string, Map<string, number | string>>;
}

const types: Readonly<Record<number, SampleType>> = {
  1: sampleTypes.i1,
  2: sampleTypes.i2,
  3: sampleTypes.i4,
  4: sampleTypes.i8,
  5: sampleTypes.u1,
  6: sampleTypes.u2,
  7: sampleTypes.u4,
  8: sampleTypes.u8,
  9: sampleTypes.f4,
  10: sampleTypes.f8,
  25: sampleTypes.f4,
  26: sampleTypes.f8,
};
const [text, boolean, timestamp] = [0x20, 0x21, 0x44];

/** Reads a segment's metadata into the table. Throws TraceError if a length points beyond it. */
export function readMetadata(
  view: DataView,
  little: boolean,
  table: SegmentTable,
  isNew: boolean,
  where: string,
): void {
  let at = 0;
  const need = (bytes: number): number => {
    if (at + bytes > view.byteLength)
      throw new TraceError(`${where}: the metadata end in the middle of an entry: a length in it is wrong`);
    at += bytes;
    return at - bytes;
  };
  const whole = (): number => view.getUint32(need(4), little);
  const string = (): string => {
    const length = whole();
    const from = need(length);
    return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + from, length));
  };
  const property = (): number | string => {
    const type = whole();
    if (type === text) return string();
    if (type === boolean) return view.getUint8(need(1));
    if (type === timestamp) return need(16);
    const found = types[type];
    if (!found) throw new TraceError(`${where}: property of unknown type ${type}`);
    return found.get(view, need(found.bytes), little);
  };
  if (isNew) table.list = [];
  for (let left = whole(); left > 0; left--) {
    const path = string();
    const index = whole();
    if (index === 0xffffffff) table.objects.set(path, { type: null, samples: 0, bytes: 0 });
    else if (index !== 0) {
      const code = whole();
      const dimension = whole();
      const samples = Number(view.getBigUint64(need(8), little));
      if (dimension !== 1) throw new TraceError(`${where}: ${path} has ${dimension} dimensions, 1 is known`);
      const type = types[code] ?? null;
      if (!type && code !== text && code !== timestamp && code !== boolean)
        throw new TraceError(`${where}: samples of ${path} are of unknown type ${code}`);
      const bytes =
        code === text
          ? Number(view.getBigUint64(need(8), little))
          : samples * (type?.bytes ?? (code === timestamp ? 16 : 1));
      table.objects.set(path, { type, samples, bytes });
    } else if (!table.objects.has(path))
      throw new TraceError(`${where}: ${path} repeats an earlier entry, but there is none`);
    if (!table.list.includes(path)) table.list.push(path);
    const properties = table.properties.get(path) ?? new Map<string, number | string>();
    for (let count = whole(); count > 0; count--) properties.set(string(), property());
    table.properties.set(path, properties);
  }
}
