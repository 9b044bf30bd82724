/** Weights by which a segment of a record is multiplied before its transform. */
export type WindowName = "rectangular" | "hann";

/** The window's `length` weights (in periodic form, as is usual for spectra). */
export function windowWeights(name: WindowName, length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) =>
    name === "hann" ? 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length) : 1,
  );
}
