/** Input of the statistics: plain arrays, or typed arrays from a device. Functions do not write to it. */
export type NumericArray =
  | readonly number[]
  | Float64Array
  | Float32Array
  | Uint32Array
  | Int32Array
  | Uint16Array
  | Uint8Array;

/** Sum of the elements. */
export function total(values: NumericArray): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum;
}
