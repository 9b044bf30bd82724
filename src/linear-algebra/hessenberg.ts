/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * Eigenvalues of a real upper Hessenberg matrix (n×n, rows contiguous, destroyed) by the shifted QR iteration
 * with double shifts (Francis; EISPACK hqr, Wilkinson & Reinsch II/14). Throws after 60 iterations on one value.
 */
export function hessenbergEigenvalues(a: Float64Array, n: number): Complex[] {
  const at = (i: number, j: number) => i * n + j;
  const values: Complex[] = new Array(n);
  let norm = 0;
  for (let i = 0; i < n; i++) for (let j = Math.max(i - 1, 0); j < n; j++) norm += Math.abs(a[at(i, j)]);
  let high = n - 1;
  let shiftSum = 0;
  let iterations = 0;
  while (high >= 0) {
    const l = lastDecoupledRow(a, n, high, norm);
    let x = a[at(high, high)];
    if (l === high) {
      values[high--] = { re: x + shiftSum, im: 0 };
      iterations = 0;
      continue;
    }
    let y = a[at(high - 1, high - 1)];
    let w = a[at(high, high - 1)] * a[at(high - 1, high)];
    if (l === high - 1) {
      [values[high - 1], values[high]] = eigenvaluesOfPair(x, y, w, shiftSum);
      high -= 2;
      iterations = 0;
      continue;
    }
    if (iterations === 60) throw new Error("the QR iteration did not converge");
    if (iterations % 10 === 0 && iterations > 0) {
      // an exceptional shift breaks cycles
      shiftSum += x;
      for (let i = 0; i <= high; i++) a[at(i, i)] -= x;
      const s = Math.abs(a[at(high, high - 1)]) + Math.abs(a[at(high - 1, high - 2)]);
      x = y = 0.75 * s;
      w = -0.4375 * s * s;
    }
    iterations++;
    francisStep(a, n, l, high, x, y, w);
  }
  return values;
}

function lastDecoupledRow(a: Float64Array, n: number, high: number, norm: number): number {
  for (let l = high; l >= 1; l--) {
    const s = Math.abs(a[(l - 1) * (n + 1)]) + Math.abs(a[l * (n + 1)]);
    if (Math.abs(a[l * n + l - 1]) > Number.EPSILON * (s === 0 ? norm : s)) continue;
    a[l * n + l - 1] = 0;
    return l;
  }
  return 0;
}

/** Eigenvalues of a 2×2 block with diagonal y, x and product w of the off-diagonal entries. */
function eigenvaluesOfPair(x: number, y: number, w: number, shift: number): [Complex, Complex] {
  const p = 0.5 * (y - x);
  const q = p * p + w;
  const z = Math.sqrt(Math.abs(q));
  x += shift;
  if (q < 0)
    return [
      { re: x + p, im: z },
      { re: x + p, im: -z },
    ];
  const far = p + (p >= 0 ? z : -z);
  return [
    { re: x + far, im: 0 },
    { re: far !== 0 ? x - w / far : x + far, im: 0 },
  ];
}

function francisStep(
  a: Float64Array,
  n: number,
  l: number,
  high: number,
  x: number,
  y: number,
  w: number,
): void {
  const at = (i: number, j: number) => i * n + j;
  let [p, q, r] = [0, 0, 0];
  let m: number;
  for (m = high - 2; m >= l; m--) {
    const z = a[at(m, m)];
    const [right, left] = [x - z, y - z];
    p = (right * left - w) / a[at(m + 1, m)] + a[at(m, m + 1)];
    q = a[at(m + 1, m + 1)] - z - right - left;
    r = a[at(m + 2, m + 1)];
    const scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= scale;
    q /= scale;
    r /= scale;
    if (m === l) break;
    const u = Math.abs(a[at(m, m - 1)]) * (Math.abs(q) + Math.abs(r));
    const v = Math.abs(p) * (Math.abs(a[at(m - 1, m - 1)]) + Math.abs(z) + Math.abs(a[at(m + 1, m + 1)]));
    if (u <= Number.EPSILON * v) break;
  }
  for (let i = m + 2; i <= high; i++) {
    a[at(i, i - 2)] = 0;
    if (i > m + 2) a[at(i, i - 3)] = 0;
  }
  for (let k = m; k <= high - 1; k++) {
    const three = k !== high - 1;
    let scale = 0;
    if (k !== m) {
      p = a[at(k, k - 1)];
      q = a[at(k + 1, k - 1)];
      r = three ? a[at(k + 2, k - 1)] : 0;
      scale = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (scale === 0) continue;
      p /= scale;
      q /= scale;
      r /= scale;
    }
    const s = (p >= 0 ? 1 : -1) * Math.sqrt(p * p + q * q + r * r);
    if (s === 0) continue;
    if (k !== m) a[at(k, k - 1)] = -s * scale;
    else if (l !== m) a[at(k, k - 1)] = -a[at(k, k - 1)];
    p += s;
    const [u, v, z] = [p / s, q / s, r / s];
    q /= p;
    r /= p;
    for (let j = k; j <= high; j++) {
      let sum = a[at(k, j)] + q * a[at(k + 1, j)];
      if (three) {
        sum += r * a[at(k + 2, j)];
        a[at(k + 2, j)] -= sum * z;
      }
      a[at(k + 1, j)] -= sum * v;
      a[at(k, j)] -= sum * u;
    }
    const last = Math.min(high, k + 3);
    for (let i = l; i <= last; i++) {
      let sum = u * a[at(i, k)] + v * a[at(i, k + 1)];
      if (three) {
        sum += z * a[at(i, k + 2)];
        a[at(i, k + 2)] -= sum * r;
      }
      a[at(i, k + 1)] -= sum * q;
      a[at(i, k)] -= sum;
    }
  }
}
