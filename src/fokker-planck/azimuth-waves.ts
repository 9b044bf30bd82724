import FFT from "fft.js";
import { throwIfInterrupted } from "../linear-algebra/interruption.ts";

/** Amplitudes of cos(mφ) and sin(mφ) for m = 0, 1, … at every z, row-major [m][z]. */
export interface AzimuthWaves {
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

/** From this number of orders on the fast transform is faster. */
const manyOrders = 8;

const isFast = (azimuths: number, orders: number): boolean =>
  orders > manyOrders && azimuths > 1 && Number.isInteger(Math.log2(azimuths));

/** The next power of two, a number of azimuths that the fast transform accepts. */
export const fastAzimuths = (fewest: number): number => 2 ** Math.ceil(Math.log2(fewest));

/** Cosine and sine sums over azimuth, (2/n) Σ f cos(mφ) and sin; order 0 is the mean. `values` are row-major [z][φ]. */
export function fourierRows(
  values: Float64Array,
  nodes: number,
  azimuths: number,
  mmax: number,
): AzimuthWaves {
  const cosine = new Float64Array((mmax + 1) * nodes);
  const sine = new Float64Array((mmax + 1) * nodes);
  if (isFast(azimuths, mmax + 1) && azimuths > 2 * mmax) {
    const transform = new FFT(azimuths);
    const row = new Float64Array(2 * azimuths);
    for (let q = 0; q < nodes; q++) {
      transform.realTransform(row, values.subarray(q * azimuths, (q + 1) * azimuths));
      for (let m = 0; m <= mmax; m++) {
        const scale = (m === 0 ? 1 : 2) / azimuths;
        cosine[m * nodes + q] = scale * row[2 * m];
        // the transform has the kernel exp(−i…)
        sine[m * nodes + q] = -scale * row[2 * m + 1];
      }
    }
    return { cosine, sine };
  }
  const { cosines, sines } = circle(azimuths);
  for (let m = 0; m <= mmax; m++) {
    throwIfInterrupted();
    for (let q = 0; q < nodes; q++) {
      let [a, b] = [0, 0];
      for (let j = 0, k = 0; j < azimuths; j++, k = (k + m) % azimuths) {
        a += values[q * azimuths + j] * cosines[k];
        b += values[q * azimuths + j] * sines[k];
      }
      const scale = (m === 0 ? 1 : 2) / azimuths;
      cosine[m * nodes + q] = scale * a;
      sine[m * nodes + q] = scale * b;
    }
  }
  return { cosine, sine };
}

/**
 * Σ cosine·cos(mφ) + sine·sin(mφ), and the same of `others`, at equally spaced azimuths, row-major [z][φ].
 */
export function sumsOfWaves(
  waves: AzimuthWaves,
  nodes: number,
  azimuths: number,
  others: readonly AzimuthWaves[] = [],
): Float64Array[] {
  const all = [waves, ...others];
  const orders = waves.cosine.length / nodes;
  if (isFast(azimuths, orders)) return fastSums(all, nodes, azimuths, orders);
  const sum = azimuths % 4 === 0 ? quarterSum : plainSum;
  return all.map((each) => sum(each, nodes, azimuths, orders));
}

/** ∂/∂φ of waves. */
export function turnedWaves({ cosine, sine }: AzimuthWaves, nodes: number): AzimuthWaves {
  const order = (i: number): number => (i / nodes) | 0;
  return { cosine: sine.map((x, i) => order(i) * x), sine: cosine.map((x, i) => -order(i) * x) };
}

function plainSum(
  { cosine, sine }: AzimuthWaves,
  nodes: number,
  azimuths: number,
  orders: number,
): Float64Array {
  const out = new Float64Array(nodes * azimuths);
  const { cosines, sines } = circle(azimuths);
  for (let m = 0; m < orders; m++) {
    const step = m % azimuths;
    for (let q = 0; q < nodes; q++) {
      const [a, b] = [cosine[m * nodes + q], sine[m * nodes + q]];
      if (a === 0 && b === 0) continue;
      const row = q * azimuths;
      for (let j = 0, turn = 0; j < azimuths; j++, turn += step, turn -= turn < azimuths ? 0 : azimuths)
        out[row + j] += a * cosines[turn] + b * sines[turn];
    }
  }
  return out;
}

/** Sums over a quarter of the circle, of even and odd orders apart: in the others they have other signs. */
function quarterSum(
  { cosine, sine }: AzimuthWaves,
  nodes: number,
  azimuths: number,
  orders: number,
): Float64Array {
  const { cosines, sines } = circle(azimuths);
  const width = azimuths / 4 + 1;
  const parts = [0, 1].map(() => ({
    cosine: new Float64Array(nodes * width),
    sine: new Float64Array(nodes * width),
  }));
  const [cosineOfOrder, sineOfOrder] = [new Float64Array(width), new Float64Array(width)];
  for (let m = 0; m < orders; m++) {
    for (let j = 0; j < width; j++) {
      const turn = (m * j) % azimuths;
      cosineOfOrder[j] = cosines[turn];
      sineOfOrder[j] = sines[turn];
    }
    const part = parts[m % 2];
    for (let q = 0, row = 0; q < nodes; q++, row += width) {
      const [a, b] = [cosine[m * nodes + q], sine[m * nodes + q]];
      if (a === 0 && b === 0) continue;
      for (let j = 0; j < width; j++) {
        part.cosine[row + j] += a * cosineOfOrder[j];
        part.sine[row + j] += b * sineOfOrder[j];
      }
    }
  }
  const [even, odd] = parts;
  const out = new Float64Array(nodes * azimuths);
  const half = azimuths / 2;
  for (let q = 0; q < nodes; q++)
    for (let j = 0, row = q * azimuths; j < width; j++) {
      const at = q * width + j;
      const [ec, oc, es, os] = [even.cosine[at], odd.cosine[at], even.sine[at], odd.sine[at]];
      out[row + j] = ec + oc + es + os;
      out[row + half - j] = ec - oc - es + os;
      out[row + half + j] = ec - oc + es - os;
      if (j > 0) out[row + azimuths - j] = ec + oc - es - os;
    }
  return out;
}

/** Computes two real sums at a time, as real and imaginary part of one transform. */
function fastSums(
  all: readonly AzimuthWaves[],
  nodes: number,
  azimuths: number,
  orders: number,
): Float64Array[] {
  const transform = new FFT(azimuths);
  const [spectrum, row] = [new Float64Array(2 * azimuths), new Float64Array(2 * azimuths)];
  const out = all.map(() => new Float64Array(nodes * azimuths));
  const half = azimuths / 2;
  for (let pair = 0; pair < all.length; pair += 2)
    for (let q = 0; q < nodes; q++) {
      spectrum.fill(0);
      for (let m = 0; m < orders; m++) {
        const [up, down] = [2 * (m % azimuths), 2 * ((azimuths - (m % azimuths)) % azimuths)];
        const at = m * nodes + q;
        const [a, b] = [half * all[pair].cosine[at], half * all[pair].sine[at]];
        const other = all[pair + 1];
        const [c, d] = other ? [half * other.cosine[at], half * other.sine[at]] : [0, 0];
        spectrum[up] += a + d;
        spectrum[up + 1] += c - b;
        spectrum[down] += a - d;
        spectrum[down + 1] += c + b;
      }
      transform.inverseTransform(row, spectrum);
      for (let j = 0; j < azimuths; j++) {
        out[pair][q * azimuths + j] = row[2 * j];
        if (pair + 1 < all.length) out[pair + 1][q * azimuths + j] = row[2 * j + 1];
      }
    }
  return out;
}

function circle(azimuths: number): { cosines: Float64Array; sines: Float64Array } {
  const angles = Float64Array.from({ length: azimuths }, (_, j) => (2 * Math.PI * j) / azimuths);
  return { cosines: angles.map(Math.cos), sines: angles.map(Math.sin) };
}
