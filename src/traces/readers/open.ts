import { TraceError } from "../trace-error.ts";
import { type Abortable, abortable } from "./abortable.ts";
import { type ByteSource, latin1 } from "./bytes.ts";
import { openDelimited } from "./delimited.ts";
import { isHdf5, openHdf5 } from "./hdf5.ts";
import { isTrc, openTrc } from "./lecroy-trc.ts";
import { isMatlab, openMatlab } from "./matlab.ts";
import { openNpy, openNpz } from "./numpy.ts";
import { packedFile } from "./packed-file.ts";
import { openRaw } from "./raw.ts";
import { isTdms, openTdms } from "./tdms.ts";
import { isIsf, openIsf } from "./tektronix-isf.ts";
import { isWfm, openWfm } from "./tektronix-wfm.ts";
import { textEncoding } from "./text-encoding.ts";
import type { TraceFile } from "./trace-file.ts";

export interface OpenOptions extends Abortable {
  /** Time between samples (s); replaces that of the file if it is missing or has too few digits. */
  readonly sampleTime?: number;
  /** Sample type of a file of raw samples. */
  readonly raw?: string;
}

interface Format {
  readonly name: string;
  /** Whether it is the format of a file with these first bytes (as latin1 text) or this name. */
  readonly is: (head: string, name: string) => boolean;
  readonly open: (source: ByteSource, options: OpenOptions) => Promise<TraceFile>;
}

/** Known formats; the first that fits opens the file. Libraries are loaded when their format occurs. */
export const formats: readonly Format[] = [
  { name: "NumPy array", is: (head) => head.startsWith("\x93NUMPY"), open: openNpy },
  { name: "NumPy archive", is: (head, name) => head.startsWith("PK") && /\.npz$/i.test(name), open: openNpz },
  { name: "MATLAB", is: isMatlab, open: openMatlab },
  { name: "HDF5", is: isHdf5, open: openHdf5 },
  { name: "Tektronix WFM", is: isWfm, open: openWfm },
  { name: "Tektronix ISF", is: isIsf, open: openIsf },
  { name: "LeCroy TRC", is: isTrc, open: openTrc },
  { name: "NI TDMS", is: isTdms, open: openTdms },
];

/**
 * Opens a file of traces in any known format. Throws TraceError for an unknown one, and the signal's reason where it was aborted, between
 * two pieces of the file.
 */
export async function openTrace(file: ByteSource, options: OpenOptions = {}): Promise<TraceFile> {
  const { signal } = options;
  signal?.throwIfAborted();
  const source = signal ? abortable(file, signal) : file;
  if (source.size === 0) throw new TraceError(`${source.name} is empty`);
  if (options.raw !== undefined) return openRaw(source, options.raw);
  const bytes = await source.read(0, Math.min(1024, source.size));
  const head = latin1(bytes);
  const format = formats.find(({ is }) => is(head, source.name));
  if (format) return format.open(source, options);
  const packed = packedFile(head, source.name);
  if (packed !== null) throw new TraceError(packed);
  const encoding = textEncoding(bytes);
  if (encoding === null)
    throw new TraceError(
      `${source.name}: this is neither text nor one of the known formats: ${formats.map(({ name }) => name).join(", ")}; give --raw TYPE if it is samples alone`,
    );
  return openDelimited(source, { ...options, encoding });
}
