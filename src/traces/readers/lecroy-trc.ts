import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { cString, textOf, viewOf } from "./bytes.ts";
import type { TraceFile } from "./trace-file.ts";
import { binaryColumn, sampleTypes } from "./trace-file.ts";

export const isTrc = (head: string): boolean => head.slice(0, 64).includes("WAVEDESC");

const descriptorBytes = 346;

/**
 * LeCroy .trc by the template LECROY_2_3, one waveform (a sequence's segments are columns); value = gain·sample − offset.
 * Source: LeCroy remote control manual, "Waveform template".
 */
export async function openTrc(source: ByteSource): Promise<TraceFile> {
  const { name } = source;
  // a block header (#9 and nine digits) may precede the descriptor
  const start = textOf(await viewOf(source, 0, Math.min(64, source.size), "the header")).indexOf("WAVEDESC");
  const view = await viewOf(source, start, descriptorBytes, "the descriptor WAVEDESC");
  const little = view.getUint16(34, true) === 1;
  const whole = (at: number): number => view.getInt32(at, little);
  const template = cString(view, 16, 16);
  if (!template.startsWith("LECROY_2"))
    throw new TraceError(
      `${name}: byte ${start + 16}: template ${template || "without a name"}; LECROY_2_3 is known`,
    );
  const type = view.getUint16(32, little) === 1 ? sampleTypes.i2 : sampleTypes.i1;
  const [descriptor, text, reserved, triggers, ris, reserved1, bytes] = [36, 40, 44, 48, 52, 56, 60].map(
    whole,
  );
  const parts = [descriptor, text, reserved, triggers, ris, reserved1, bytes];
  if (parts.some((part) => part < 0) || descriptor < descriptorBytes)
    throw new TraceError(
      `${name}: byte ${start + 36}: the lengths of its blocks (${parts.join(", ")}) are impossible`,
    );
  const count = whole(116);
  if (count * type.bytes !== bytes)
    throw new TraceError(
      `${name}: byte ${start + 116}: ${count} samples of ${type.bytes} bytes are not the ${bytes} bytes of its array`,
    );
  const segments = Math.max(1, whole(144));
  if (count % segments !== 0)
    throw new TraceError(
      `${name}: byte ${start + 144}: ${count} samples do not divide into ${segments} segments`,
    );
  const horizontal = cString(view, 244, 48);
  if (horizontal.toUpperCase() !== "S")
    throw new TraceError(
      `${name}: byte ${start + 244}: the horizontal unit is "${horizontal}", seconds are needed`,
    );
  const samples = count / segments;
  const offset = start + descriptor + text + reserved + triggers + ris + reserved1;
  const label = cString(view, 96, 16) || cString(view, 76, 16) || "waveform";
  return {
    format: "LeCroy TRC",
    columns: Array.from({ length: segments }, (_, segment) =>
      binaryColumn({
        source,
        name: segments > 1 ? `${label} ${segment + 1}` : label,
        unit: cString(view, 196, 48),
        offset: offset + segment * samples * type.bytes,
        samples,
        type,
        little,
        factor: view.getFloat32(156, little),
        shift: -view.getFloat32(160, little),
        sampleTime: view.getFloat32(176, little),
      }),
    ),
  };
}
