import { factorDense, solveDense } from "./dense-lu.ts";

/** Product of dense n×n matrices, rows contiguous. */
export function multiplyDense(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let k = 0;
    // four rows of b in one pass over the row of the product
    for (; k + 3 < n; k += 4) {
      const [a0, a1, a2, a3] = [a[row + k], a[row + k + 1], a[row + k + 2], a[row + k + 3]];
      if (a0 === 0 && a1 === 0 && a2 === 0 && a3 === 0) continue;
      const b0 = k * n;
      const b1 = b0 + n;
      const b2 = b1 + n;
      const b3 = b2 + n;
      for (let j = 0; j < n; j++)
        out[row + j] += a0 * b[b0 + j] + a1 * b[b1 + j] + a2 * b[b2 + j] + a3 * b[b3 + j];
    }
    for (; k < n; k++) {
      const factor = a[row + k];
      for (let j = 0; j < n; j++) out[row + j] += factor * b[k * n + j];
    }
  }
  return out;
}

const pade = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];

/** exp(A) of a dense n×n matrix: Padé [13/13] with scaling and squaring (Higham 2005). */
export function denseExponential(a: Float64Array, n: number): Float64Array {
  let size = 0;
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += Math.abs(a[i * n + j]);
    size = Math.max(size, sum);
  }
  const squarings = Math.max(0, Math.ceil(Math.log2(size / 5.37)));
  const scaled = a.map((x) => x / 2 ** squarings);
  const a2 = multiplyDense(scaled, scaled, n);
  const a4 = multiplyDense(a2, a2, n);
  const a6 = multiplyDense(a2, a4, n);
  const sum = (c0: number, c2: number, c4: number, c6: number) => {
    const out = new Float64Array(n * n);
    for (let i = 0; i < out.length; i++) out[i] = c2 * a2[i] + c4 * a4[i] + c6 * a6[i];
    for (let i = 0; i < n; i++) out[i * (n + 1)] += c0;
    return out;
  };
  const plus = (x: Float64Array, y: Float64Array, sign = 1) => x.map((value, i) => value + sign * y[i]);
  const b = pade;
  const odd = multiplyDense(
    scaled,
    plus(multiplyDense(a6, sum(0, b[9], b[11], b[13]), n), sum(b[1], b[3], b[5], b[7])),
    n,
  );
  const even = plus(multiplyDense(a6, sum(0, b[8], b[10], b[12]), n), sum(b[0], b[2], b[4], b[6]));
  let result: Float64Array = plus(even, odd);
  solveDense(factorDense(plus(even, odd, -1), n), result, n);
  for (let i = 0; i < squarings; i++) result = multiplyDense(result, result, n);
  return result;
}
