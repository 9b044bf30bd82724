import FFT from "fft.js";

/** The least power of two that is ≥ n, and at least 2. */
export const nextPowerOfTwo = (n: number): number => 2 ** Math.max(1, Math.ceil(Math.log2(n)));

/** A transform of one length, a power of two, that keeps its tables: |X_k|² for k = 0 … length/2 of a real record. */
export function powerTransform(length: number): (record: ArrayLike<number>) => Float64Array {
  const transform = new FFT(length);
  const input = new Float64Array(length);
  const output = new Float64Array(2 * length);
  return (record) => {
    input.fill(0);
    for (let i = 0; i < length && i < record.length; i++) input[i] = record[i];
    transform.realTransform(output, input);
    return Float64Array.from(
      { length: length / 2 + 1 },
      (_, k) => output[2 * k] ** 2 + output[2 * k + 1] ** 2,
    );
  };
}

/** Σ_k P_k e^{2πi jk/length} / length for an even sequence given by its half P_0 … P_{length/2}: real, j = 0 … length/2. */
export function inverseEven(half: ArrayLike<number>): Float64Array {
  const length = 2 * (half.length - 1);
  const transform = new FFT(length);
  const output = new Float64Array(2 * length);
  const input = new Float64Array(length);
  for (let k = 0; k < length; k++) input[k] = half[Math.min(k, length - k)];
  transform.realTransform(output, input);
  return Float64Array.from({ length: half.length }, (_, j) => output[2 * j] / length);
}
