import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import { associatedLegendre, legendreColumn } from "../numerics/associated-legendre.ts";
import type { Quadrature } from "../numerics/gauss-legendre.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import { fourierRows, sumsOfWaves } from "./azimuth-waves.ts";
import type { Vec3 } from "./frame.ts";

/**
 * Real orthonormal spherical harmonics up to degree lmax and order mmax, ordered by m, then cosine before sine, then l: Y = p_lm(z)
 * cos(mφ)/√π, p_lm(z) sin(mφ)/√π, and p_l0(z)/√(2π). Coefficients of all functions use this order. Order m has degrees up to l =
 * min(lmax, m + height): up to one degree (a triangle in l and m), or the same number for every m (a rectangle).
 */
export interface HarmonicIndex {
  readonly lmax: number;
  readonly mmax: number;
  readonly height: number;
  readonly size: number;
  /** Place of l = m of the cosine; the sine follows after as many places as the order has degrees. */
  readonly offsets: Int32Array;
}

/** The index of the harmonics with degrees l ≤ min(lmax, m + height) of orders m ≤ mmax. */
export function harmonicIndex(lmax: number, mmax = lmax, height = lmax): HarmonicIndex {
  const offsets = new Int32Array(mmax + 2);
  for (let m = 0; m <= mmax; m++)
    offsets[m + 1] = offsets[m] + (m === 0 ? 1 : 2) * (Math.min(lmax, m + height) - m + 1);
  return { lmax, mmax, height, size: offsets[mmax + 1], offsets };
}

/** Whether two expansions have the same functions. */
export const sameIndex = (a: HarmonicIndex, b: HarmonicIndex): boolean =>
  a.lmax === b.lmax && a.mmax === b.mmax && a.height === b.height;

/** The highest degree of an order. */
export const topDegree = ({ lmax, height }: HarmonicIndex, m: number): number => Math.min(lmax, m + height);

/** Place of the harmonic of degree l and order m among the coefficients; `sine` selects sin(mφ). */
export const harmonicPlace = (index: HarmonicIndex, l: number, m: number, sine: boolean): number =>
  index.offsets[m] + (sine ? topDegree(index, m) - m + 1 : 0) + l - m;

/** Degree, order and kind of every unknown. */
export function harmonicLabels(index: HarmonicIndex): { l: Int32Array; m: Int32Array; sine: Uint8Array } {
  const l = new Int32Array(index.size);
  const m = new Int32Array(index.size);
  const sine = new Uint8Array(index.size);
  for (let order = 0; order <= index.mmax; order++)
    for (let kind = 0; kind < (order === 0 ? 1 : 2); kind++)
      for (let degree = order; degree <= topDegree(index, order); degree++) {
        const place = harmonicPlace(index, degree, order, kind === 1);
        l[place] = degree;
        m[place] = order;
        sine[place] = kind;
      }
  return { l, m, sine };
}

/** Coefficients in another index; harmonics that it lacks are dropped, additional ones are zero. */
export function reindexed(from: HarmonicIndex, to: HarmonicIndex, c: Float64Array): Float64Array {
  const out = new Float64Array(to.size);
  for (let m = 0; m <= Math.min(from.mmax, to.mmax); m++)
    for (let kind = 0; kind < (m === 0 ? 1 : 2); kind++)
      for (let l = m; l <= Math.min(topDegree(from, m), topDegree(to, m)); l++)
        out[harmonicPlace(to, l, m, kind === 1)] = c[harmonicPlace(from, l, m, kind === 1)];
  return out;
}

/** All harmonics at one point: the coefficients of a delta function there. */
export function harmonicsAt(index: HarmonicIndex, [x, y, z]: Vec3): Float64Array {
  const out = new Float64Array(index.size);
  const phi = Math.atan2(y, x);
  const column = new Float64Array(index.lmax + 1);
  for (let m = 0; m <= index.mmax; m++) {
    const top = topDegree(index, m);
    legendreColumn(m, top, Math.max(-1, Math.min(1, z)), column);
    const count = top - m + 1;
    const cosine = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : Math.cos(m * phi) / Math.sqrt(Math.PI);
    const sine = Math.sin(m * phi) / Math.sqrt(Math.PI);
    const at = index.offsets[m];
    for (let i = 0; i < count; i++) {
      out[at + i] = column[i] * cosine;
      if (m > 0) out[at + count + i] = column[i] * sine;
    }
  }
  return out;
}

/** A function on the product grid of Gauss nodes and equally spaced azimuths, row-major [z][φ]. */
export interface SphereGrid {
  readonly rule: Quadrature;
  readonly azimuths: number;
}

/** A grid of `nodes` Gauss nodes in z and `azimuths` equally spaced azimuths. */
export const sphereGrid = (nodes: number, azimuths: number): SphereGrid => ({
  rule: gaussLegendre(nodes),
  azimuths,
});

/** Values of f at the grid's points. */
export function sampleOnGrid({ rule, azimuths }: SphereGrid, f: (x: number, y: number, z: number) => number) {
  const out = new Float64Array(rule.nodes.length * azimuths);
  for (let q = 0; q < rule.nodes.length; q++) {
    const z = rule.nodes[q];
    const s = Math.sqrt((1 - z) * (1 + z));
    for (let j = 0; j < azimuths; j++) {
      const phi = (2 * Math.PI * j) / azimuths;
      out[q * azimuths + j] = f(s * Math.cos(phi), s * Math.sin(phi), z);
    }
  }
  return out;
}

/** Coefficients of a sampled function; exact where its degree plus lmax is below 2·nodes and below azimuths − mmax. */
export function analyze(
  index: HarmonicIndex,
  { rule, azimuths }: SphereGrid,
  values: Float64Array,
): Float64Array {
  const out = new Float64Array(index.size);
  const n = rule.nodes.length;
  const { cosine, sine } = fourierRows(values, n, azimuths, index.mmax);
  for (let m = 0; m <= index.mmax; m++) {
    throwIfInterrupted();
    const top = topDegree(index, m);
    const legendre = associatedLegendre(m, top, rule.nodes).values;
    const count = top - m + 1;
    // ∫ Y f = ∫dz p f_m × (π/√π for m>0, 2π/√(2π) for m=0)
    const scale = m === 0 ? Math.sqrt(2 * Math.PI) : Math.sqrt(Math.PI);
    for (let i = 0; i < count; i++) {
      let [a, b] = [0, 0];
      for (let q = 0; q < n; q++) {
        const weighted = rule.weights[q] * legendre[i * n + q];
        a += weighted * cosine[m * n + q];
        b += weighted * sine[m * n + q];
      }
      out[index.offsets[m] + i] = scale * a;
      if (m > 0) out[index.offsets[m] + count + i] = scale * b;
    }
  }
  return out;
}

/** Values of an expansion on a grid. */
export const synthesize = (index: HarmonicIndex, grid: SphereGrid, c: Float64Array): Float64Array =>
  synthesizeAll(index, grid, [c])[0];

/** Values of several expansions on a grid. */
export function synthesizeAll(
  index: HarmonicIndex,
  { rule, azimuths }: SphereGrid,
  all: readonly Float64Array[],
): Float64Array[] {
  const n = rule.nodes.length;
  const zeros = (): Float64Array => new Float64Array((index.mmax + 1) * n);
  const waves = all.map(() => ({ cosine: zeros(), sine: zeros() }));
  for (let m = 0; m <= index.mmax; m++) {
    const top = topDegree(index, m);
    const legendre = associatedLegendre(m, top, rule.nodes).values;
    const count = top - m + 1;
    const scale = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    const at = index.offsets[m];
    for (const [k, { cosine, sine }] of waves.entries())
      for (let i = 0; i < count; i++) {
        const [a, b] = [scale * all[k][at + i], m > 0 ? scale * all[k][at + count + i] : 0];
        if (a === 0 && b === 0) continue;
        for (let q = 0; q < n; q++) {
          cosine[m * n + q] += a * legendre[i * n + q];
          sine[m * n + q] += b * legendre[i * n + q];
        }
      }
  }
  const [first, ...others] = waves;
  return sumsOfWaves(first, n, azimuths, others);
}
