import { TraceError } from "../trace-error.ts";
import type { ByteSource } from "./bytes.ts";
import { textOf, viewOf } from "./bytes.ts";
import type { SampleType, TraceFile } from "./trace-file.ts";
import { binaryColumn, sampleTypes } from "./trace-file.ts";

/** Number of bytes within which the curve must start: a preamble is short. */
const preambleBytes = 8192;

export const isIsf = (head: string): boolean => /^:?WFM(?:OUT)?P(?:RE)?:/i.test(head);

/** Signed, unsigned and floating samples by their number of bytes. */
const types: Readonly<Record<string, SampleType>> = {
  RI1: sampleTypes.i1,
  RI2: sampleTypes.i2,
  RI4: sampleTypes.i4,
  RP1: sampleTypes.u1,
  RP2: sampleTypes.u2,
  RP4: sampleTypes.u4,
  FP4: sampleTypes.f4,
  FP8: sampleTypes.f8,
};

/**
 * Tektronix .isf: the replies to WFMOutpre? and CURVe? in one file; value = (sample − YOFF)·YMULT + YZERO. Source:
 * Tektronix programmer manuals, "Waveform transfer commands".
 */
export async function openIsf(source: ByteSource): Promise<TraceFile> {
  const { name } = source;
  const head = textOf(await viewOf(source, 0, Math.min(preambleBytes, source.size), "the preamble"));
  const curve = /:?CURV(?:E)?\s+#(\d)/i.exec(head);
  if (!curve)
    throw new TraceError(`${name}: the curve (CURVE #…) does not begin in the first ${preambleBytes} bytes`);
  const preamble = head.slice(0, curve.index);
  const field = (short: string, long: string): string | undefined =>
    new RegExp(`(?:^|[;:])(?:${short}|${long})\\s+("[^"]*"|[^;]*)`, "i")
      .exec(preamble)?.[1]
      .replace(/"/g, "")
      .trim();
  const number = (short: string, long: string): number => {
    const text = field(short, long);
    const value = Number(text);
    if (text === undefined || text === "" || !Number.isFinite(value))
      throw new TraceError(`${name}: the preamble's ${long} is ${text ?? "missing"}, a number is needed`);
    return value;
  };
  const encoding = field("ENC", "ENCDG") ?? "BIN";
  if (!/^BIN/i.test(encoding))
    throw new TraceError(`${name}: encoding ${encoding}; only binary curves are read`);
  const format = field("PT_F", "PT_FMT") ?? "Y";
  if (format.toUpperCase() !== "Y")
    throw new TraceError(`${name}: points of format ${format}: an envelope is not a signal in time`);
  const bytes = number("BYT_N", "BYT_NR");
  const kind = (field("BN_F", "BN_FMT") ?? "RI").toUpperCase();
  const type = types[`${kind}${bytes}`];
  if (!type) throw new TraceError(`${name}: ${bytes} bytes a sample of format ${kind} are not known`);
  const digits = Number(curve[1]);
  const lengthAt = curve.index + curve[0].length;
  const length = Number(head.slice(lengthAt, lengthAt + digits));
  const samples = number("NR_P", "NR_PT");
  if (!(digits > 0) || length !== samples * bytes)
    throw new TraceError(
      `${name}: byte ${lengthAt}: the curve should hold ${samples} samples of ${bytes} bytes, its length says ${head.slice(lengthAt, lengthAt + digits)}`,
    );
  const unit = field("YUN", "YUNIT") ?? "";
  const [yMultiply, yOffset, yZero] = [number("YMU", "YMULT"), number("YOF", "YOFF"), number("YZE", "YZERO")];
  const time = field("XUN", "XUNIT") ?? "s";
  if (time.toLowerCase() !== "s")
    throw new TraceError(`${name}: the horizontal unit is ${time}, seconds are needed`);
  const column = binaryColumn({
    source,
    name: (field("WFI", "WFID") ?? "curve").split(",")[0],
    unit,
    offset: lengthAt + digits,
    samples,
    type,
    little: /^LSB/i.test(field("BYT_O", "BYT_OR") ?? "MSB"),
    factor: yMultiply,
    shift: yZero - yOffset * yMultiply,
    sampleTime: number("XIN", "XINCR"),
  });
  return { format: "Tektronix ISF", columns: [column] };
}
