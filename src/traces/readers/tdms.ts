import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { viewOf } from "./bytes.ts";
import type { SegmentObject, SegmentTable } from "./tdms-metadata.ts";
import { readMetadata } from "./tdms-metadata.ts";
import type { Chunk, TraceColumn, TraceFile } from "./trace-file.ts";
import { binaryColumn } from "./trace-file.ts";

export const isTdms = (head: string): boolean => head.startsWith("TDSm");

/** Bits of a segment's table of contents. */
const contents = { metadata: 2, newList: 4, raw: 8, interleaved: 32, bigEndian: 64, daqmx: 128 } as const;
const leadIn = 28;

/** One stretch of a channel in the file. */
interface Piece {
  readonly offset: number;
  readonly samples: number;
  readonly stride: number;
  readonly object: SegmentObject;
  readonly little: boolean;
}

/**
 * NI TDMS: channels in segments; each segment has the changes since the one before. Source: National Instruments, "TDMS
 * file format internal structure".
 */
export async function openTdms(source: ByteSource): Promise<TraceFile> {
  const pieces = new Map<string, Piece[]>();
  const table: SegmentTable = { list: [], objects: new Map(), properties: new Map() };
  for (let at = 0; at < source.size; ) at = await readSegment(source, at, table, pieces);
  const columns = [...pieces].map(([path, found]) => channel(source, path, found, table));
  if (columns.length === 0) throw new TraceError(`${source.name}: no channel with real samples is in it`);
  return { format: "NI TDMS", columns };
}

async function readSegment(
  source: ByteSource,
  at: number,
  table: SegmentTable,
  pieces: Map<string, Piece[]>,
): Promise<number> {
  const { name } = source;
  const lead = await viewOf(source, at, leadIn, `the lead-in at byte ${at}`);
  if (lead.getUint32(0, false) !== 0x5444536d)
    throw new TraceError(`${name}: byte ${at}: a segment should begin here with TDSm`);
  const toc = lead.getUint32(4, true);
  const little = (toc & contents.bigEndian) === 0;
  if (toc & contents.daqmx)
    throw new TraceError(`${name}: byte ${at}: raw DAQmx data, not converted, are not read`);
  const next = lead.getBigUint64(12, little);
  const data = Number(lead.getBigUint64(20, little));
  // a segment that was never finished reaches to the end of the file
  const size = next === 0xffffffffffffffffn ? source.size - at - leadIn : Number(next);
  const end = at + leadIn + size;
  if (end > source.size || data > size)
    throw new TraceError(
      `${name}: byte ${at + 12}: the segment should end at byte ${end}, but the file has ${source.size}: it is truncated or a length in it is wrong`,
    );
  if (toc & contents.metadata) {
    const metadata = await viewOf(source, at + leadIn, data, "the segment's metadata");
    readMetadata(metadata, little, table, (toc & contents.newList) !== 0, `${name}: byte ${at + leadIn}`);
  }
  if (toc & contents.raw) {
    const interleaved = (toc & contents.interleaved) !== 0;
    layOut(source, at + leadIn + data, size - data, table, { little, interleaved }, pieces);
  }
  return end;
}

/** Positions of the samples of every object of the segment; its block of samples may be repeated. */
function layOut(
  source: ByteSource,
  start: number,
  size: number,
  { list, objects }: SegmentTable,
  { little, interleaved }: { little: boolean; interleaved: boolean },
  pieces: Map<string, Piece[]>,
): void {
  const present = list.flatMap((path) => {
    const object = objects.get(path);
    return object && object.samples > 0 ? [{ path, object }] : [];
  });
  const block = present.reduce((sum, { object }) => sum + object.bytes, 0);
  if (block === 0) return;
  if (size % block !== 0)
    throw new TraceError(
      `${source.name}: byte ${start}: ${size} bytes of samples are no whole number of blocks of ${block}: it is truncated or a length in it is wrong`,
    );
  const row = present.reduce((sum, { object }) => sum + (object.type?.bytes ?? 0), 0);
  for (let from = start; from < start + size; from += block) {
    let offset = from;
    for (const { path, object } of present) {
      if (object.type) {
        const piece = {
          offset,
          samples: object.samples,
          object,
          little,
          stride: interleaved ? row : object.type.bytes,
        };
        const earlier = pieces.get(path);
        if (earlier) earlier.push(piece);
        else pieces.set(path, [piece]);
      }
      offset += interleaved ? (object.type?.bytes ?? 0) : object.bytes;
    }
  }
}

function channel(
  source: ByteSource,
  path: string,
  pieces: readonly Piece[],
  table: SegmentTable,
): TraceColumn {
  const properties = table.properties.get(path);
  const step = properties?.get("wf_increment");
  const sampleTime = typeof step === "number" && step > 0 ? step : null;
  const name = (/'((?:[^']|'')*)'$/.exec(path)?.[1] ?? path).replace(/''/g, "'");
  const unit = String(properties?.get("unit_string") ?? "");
  const total = pieces.reduce((sum, { samples }) => sum + samples, 0);
  const columns = pieces.map(({ offset, samples, stride, object, little }) =>
    binaryColumn({
      source,
      name,
      unit,
      offset,
      samples,
      stride,
      little,
      type: object.type as NonNullable<SegmentObject["type"]>,
      sampleTime,
    }),
  );
  return {
    name,
    unit,
    samples: total,
    sampleTime,
    async *chunks(): AsyncGenerator<Chunk> {
      let before = 0;
      for (const column of columns) {
        for await (const chunk of column.chunks()) {
          before += chunk.values.length;
          yield { values: chunk.values, done: before / total };
        }
      }
    },
  };
}
