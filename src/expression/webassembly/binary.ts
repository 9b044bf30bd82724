/**
 * Bytes of WebAssembly code, nested as they are composed; flattened once, when a module is assembled.
 * One piece of code may stand in several places.
 */
export type Code = readonly (number | Code)[];

export type ValueType = "i32" | "i64" | "f32" | "f64" | "v128";

export const valueTypes: Record<ValueType, number> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
};

/** Unsigned LEB128. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low + 128 : low);
  } while (value > 0);
  return bytes;
}

/** Signed LEB128 of an integer below 2^53 in magnitude. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  for (;;) {
    const low = ((value % 128) + 128) % 128;
    value = (value - low) / 128;
    const done = (value === 0 && low < 64) || (value === -1 && low >= 64);
    bytes.push(done ? low : low + 128);
    if (done) return bytes;
  }
}

/** Little-endian bytes of 32-bit words. */
export const wordBytes = (...words: number[]): number[] =>
  words.flatMap((word) => [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, (word >>> 24) & 255]);

export const float32Bytes = (value: number): number[] => [
  ...new Uint8Array(new Float32Array([value]).buffer),
];
export const float64Bytes = (value: number): number[] => [
  ...new Uint8Array(new Float64Array([value]).buffer),
];

export function flatten(code: Code): number[] {
  const bytes: number[] = [];
  const walk = (part: Code): void => {
    for (const piece of part) {
      if (typeof piece === "number") bytes.push(piece);
      else walk(piece);
    }
  };
  walk(code);
  return bytes;
}

/** A counted sequence. */
export const sequence = (items: readonly Code[]): Code => [unsigned(items.length), ...items];

/** Bytes preceded by their number. */
export const sized = (code: Code): Code => {
  const bytes = flatten(code);
  return [unsigned(bytes.length), bytes];
};

export const text = (name: string): Code => sized([...new TextEncoder().encode(name)]);
