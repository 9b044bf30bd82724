import type { TraceColumn } from "./readers/trace-file.ts";

/** Samples of a trace in memory: all of them, or stretches spread evenly over it. */
export interface Stretches {
  readonly values: Float64Array;
  /** Where in `values` a new stretch begins, apart from 0. */
  readonly breaks: readonly number[];
}

/** Stretches with their places in the file. */
export interface PlacedStretches extends Stretches {
  /** Index in the file of the first sample of every stretch. */
  readonly origins: readonly number[];
}

export interface Collected extends PlacedStretches {
  /** Samples of the file. */
  readonly total: number;
  readonly sampleTime: number | null;
}

/** Most samples in memory, 8 bytes each. */
const capacity = 1 << 24;
const stretchLength = 1 << 18;

/**
 * Reads a column once, in bounded memory. When memory is full, every other stretch is dropped and only every other
 * later one is kept, so that the samples stay spread evenly over a trace of any length. Throws the signal's reason
 * between two chunks of the file.
 */
export async function collect(
  column: TraceColumn,
  onProgress: (done: number, samples: number) => void = () => {},
  signal?: AbortSignal,
): Promise<Collected> {
  let kept: { origin: number; values: Float64Array }[] = [];
  let every = 1;
  let total = 0;
  let current = new Float64Array(stretchLength);
  let fill = 0;
  let sampleTime = column.sampleTime;
  const close = (): void => {
    const index = Math.floor((total - fill) / stretchLength);
    if (fill > 0 && index % every === 0)
      kept.push({ origin: total - fill, values: fill === stretchLength ? current : current.slice(0, fill) });
    if (kept.length * stretchLength > capacity) {
      every *= 2;
      kept = kept.filter(({ origin }) => (origin / stretchLength) % every === 0);
    }
    current = new Float64Array(stretchLength);
    fill = 0;
  };
  for await (const chunk of column.chunks()) {
    signal?.throwIfAborted();
    for (let at = 0; at < chunk.values.length; ) {
      const count = Math.min(stretchLength - fill, chunk.values.length - at);
      current.set(chunk.values.subarray(at, at + count), fill);
      fill += count;
      at += count;
      total += count;
      if (fill === stretchLength) close();
    }
    if (chunk.sampleTime !== undefined) sampleTime = chunk.sampleTime;
    onProgress(chunk.done, total);
  }
  close();
  const values = new Float64Array(kept.reduce((sum, piece) => sum + piece.values.length, 0));
  const [breaks, origins]: [number[], number[]] = [[], []];
  let end = 0;
  let previous = 0;
  for (const piece of kept) {
    if (end > 0 && piece.origin !== previous) breaks.push(end);
    if (end === 0 || piece.origin !== previous) origins.push(piece.origin);
    values.set(piece.values, end);
    end += piece.values.length;
    previous = piece.origin + piece.values.length;
  }
  return { values, breaks, total, sampleTime, origins };
}

/** Each stretch by itself. */
export function pieces({ values, breaks }: Stretches): Float64Array[] {
  const edges = [0, ...breaks, values.length];
  return edges.slice(1).map((end, i) => values.subarray(edges[i], end));
}

export const longestPiece = (stretches: Stretches): Float64Array =>
  pieces(stretches).reduce((a, b) => (b.length > a.length ? b : a));

/** Means of so many samples each; a remainder at the end is dropped. */
export function averaged(values: Float64Array, width: number): Float64Array {
  const means = new Float64Array(Math.floor(values.length / width));
  for (let i = 0; i < means.length; i++) {
    let sum = 0;
    for (let j = 0; j < width; j++) sum += values[i * width + j];
    means[i] = sum / width;
  }
  return means;
}

/** The same within every stretch. */
export function averagedStretches(stretches: Stretches, width: number): Stretches {
  if (width === 1) return stretches;
  const parts = pieces(stretches).map((piece) => averaged(piece, width));
  const values = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  const breaks: number[] = [];
  let at = 0;
  for (const part of parts) {
    if (at > 0) breaks.push(at);
    values.set(part, at);
    at += part.length;
  }
  return { values, breaks };
}

/** At most so many values from the middle. */
export function middleOf(values: Float64Array, most: number): Float64Array {
  const start = Math.max(0, (values.length - most) >> 1);
  return values.subarray(start, start + most);
}
