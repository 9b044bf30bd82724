import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { cString, textOf, viewOf } from "./bytes.ts";
import type { SampleType, TraceColumn, TraceFile } from "./trace-file.ts";
import { binaryColumn, sampleTypes } from "./trace-file.ts";
import { secondsIn } from "./units.ts";

export const isWfm = (head: string): boolean =>
  ["\x0f\x0f", "\xf0\xf0"].includes(head.slice(0, 2)) && head.slice(2, 7) === ":WFM#";

const types: readonly SampleType[] = [
  sampleTypes.i2,
  sampleTypes.i4,
  sampleTypes.u4,
  sampleTypes.u8,
  sampleTypes.f4,
  sampleTypes.f8,
  sampleTypes.u1,
  sampleTypes.i1,
];

/**
 * Tektronix .wfm, versions 1 to 3, one curve or FastFrames (each a column). Source: Tektronix 077-0220, "Performance
 * oscilloscope reference waveform file format". Version 2 adds two bytes before the axes, version 3 widens four fields.
 */
export async function openWfm(source: ByteSource): Promise<TraceFile> {
  const { name } = source;
  const start = await viewOf(source, 0, 78, "the header");
  const little = start.getUint8(0) === 0x0f;
  const version = Number(textOf(start, 9, 1));
  if (![1, 2, 3].includes(version))
    throw new TraceError(`${name}: version ${textOf(start, 2, 8)} is not known`);
  const summary = version >= 2 ? 2 : 0;
  const wide = version === 3 ? 4 : 0;
  const [explicit, implicit] = [166 + summary, 478 + summary + 2 * wide];
  const curve = 790 + summary + 4 * wide;
  const headerEnd = curve + 30;
  const header = await viewOf(source, 0, headerEnd, "the header");
  const whole = (at: number): number => header.getUint32(at, little);
  const real = (at: number): number => header.getFloat64(at, little);
  if (whole(114) !== 1 || whole(118) !== 1 || whole(122) !== 2)
    throw new TraceError(`${name}: this is not a signal against time (XY, envelope or spectrum)`);
  if (whole(explicit + 76) !== 0)
    throw new TraceError(`${name}: its samples are an envelope, not a signal in time`);
  const code = whole(explicit + 72);
  const type = code < (version === 3 ? 8 : 6) ? types[code] : undefined;
  if (!type) throw new TraceError(`${name}: byte ${explicit + 72}: format of samples ${code} is not known`);
  if (header.getUint8(15) !== type.bytes)
    throw new TraceError(
      `${name}: byte 15 says ${header.getUint8(15)} bytes a sample, their format has ${type.bytes}`,
    );
  const timeUnit = cString(header, implicit + 20, 20);
  const seconds = secondsIn(timeUnit);
  if (seconds === undefined)
    throw new TraceError(
      `${name}: byte ${implicit + 20}: "${timeUnit}", the unit of its times, is no unit of time`,
    );
  const frames = whole(72) + 1;
  const buffer = whole(16);
  const [before, first, last, after, end] = [0, 4, 8, 12, 16].map((at) => whole(curve + 10 + at));
  const ordered = before <= first && first <= last && last <= after && after <= end;
  if (!ordered || (last - first) % type.bytes !== 0 || buffer < headerEnd)
    throw new TraceError(
      `${name}: byte ${curve + 10}: the places of its curve (${first} to ${last}) are impossible`,
    );
  const samples = (last - first) / type.bytes;
  if (samples !== whole(implicit + 16))
    throw new TraceError(
      `${name}: byte ${implicit + 16} says ${whole(implicit + 16)} samples, its curve has room for ${samples}`,
    );
  const label = cString(header, 40, 32) || "curve";
  const columns: TraceColumn[] = Array.from({ length: Math.min(frames, 10_000) }, (_, frame) =>
    binaryColumn({
      source,
      name: frames > 1 ? `${label} ${frame + 1}` : label,
      unit: cString(header, explicit + 20, 20),
      offset: buffer + frame * end + first,
      samples,
      type,
      little,
      factor: real(explicit),
      shift: real(explicit + 8),
      sampleTime: real(implicit) * seconds,
    }),
  );
  return { format: "Tektronix WFM", columns };
}
