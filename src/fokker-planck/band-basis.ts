import { gaussLegendreOn } from "../numerics/gauss-legendre.ts";
import { jacobiPolynomials } from "../numerics/jacobi-polynomials.ts";
import type { RingBasis } from "./assembly.ts";
import type { Ordering } from "./sectors.ts";

/** A band from < z < to of the sphere; rims that are not poles absorb. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** Functions of a band with their classes. Several orders share a class. */
export interface BandBasis extends RingBasis {
  readonly band: Band;
  readonly count: number;
  readonly mmax: number;
}

/**
 * Power of s = √(1−z²) that functions of order m carry. A smooth function of order m is s^m times one of z. With two or three powers
 * every integral that couples orders is one of polynomials, and Jacobi polynomials couple only to neighbours.
 */
export const powerOfSine = (m: number): number => (m < 2 ? m : 2 + (m % 2));

/**
 * Functions s^p (z−from)(to−z) P_k(z), with a factor for every rim and Jacobi polynomials for the weight with power 1 at a rim and p−1 at
 * a pole. Returns rows of values and of d/dz at given z.
 */
export function bandRows(
  { from, to }: Band,
  count: number,
  power: number,
  z: Float64Array,
): { values: Float64Array; slopes: Float64Array } {
  const [south, north] = [from <= -1, to >= 1];
  const pole = Math.max(power - 1, 0);
  const [half, middle] = [(to - from) / 2, (to + from) / 2];
  const t = z.map((x) => (x - middle) / half);
  const rows = jacobiPolynomials(north ? pole : 1, south ? pole : 1, count, t);
  const widest = Math.sqrt(1 - (from < 0 && to > 0 ? 0 : Math.min(from * from, to * to)));
  for (let q = 0; q < z.length; q++) {
    const s2 = (1 - z[q]) * (1 + z[q]);
    const sine = (Math.sqrt(s2) / widest) ** power;
    const rim = (south ? 1 : 1 + t[q]) * (north ? 1 : 1 - t[q]);
    const rimSlope = (south ? 0 : north ? 1 : 1 - t[q]) - (north ? 0 : south ? 1 : 1 + t[q]);
    const slope = (power === 0 ? 0 : (-power * z[q] * rim) / s2) + rimSlope / half;
    for (let i = q; i < count * z.length; i += z.length) {
      rows.slopes[i] = sine * (slope * rows.values[i] + (rim / half) * rows.slopes[i]);
      rows.values[i] *= sine * rim;
    }
  }
  return rows;
}

/**
 * `count` functions of each order up to mmax that vanish on the rims of a band and are regular at a pole it contains, at Gauss nodes that
 * integrate products with a velocity of the given degree exactly, or at the given number of `nodes`.
 */
export function bandBasis(
  band: Band,
  count: number,
  mmax: number,
  degree: number,
  nodes: number = count + Math.ceil(degree / 2) + 8,
): BandBasis {
  const rule = gaussLegendreOn(nodes, band.from, band.to);
  const classes = new Map<number, ReturnType<typeof bandRows>>();
  const rowsOf = (power: number) => {
    const known = classes.get(power) ?? bandRows(band, count, power, rule.nodes);
    classes.set(power, known);
    return known;
  };
  const levels = Array.from({ length: mmax + 1 }, (_, m) => ({
    count,
    offset: m === 0 ? 0 : (2 * m - 1) * count,
    ...rowsOf(powerOfSine(m)),
  }));
  return {
    ...rule,
    levels,
    size: (2 * mmax + 1) * count,
    graded: false,
    band,
    count,
    mmax,
  };
}

export function bandOrdering({ size, levels }: RingBasis): Ordering {
  const level = new Int32Array(size);
  const rank = new Int32Array(size);
  levels.forEach(({ count, offset }, m) => {
    for (let i = 0; i < (m === 0 ? 1 : 2) * count; i++) {
      level[offset + i] = m;
      rank[offset + i] = i % count;
    }
  });
  return { level, rank };
}

/** Values of all functions at one point: the projection of a start in one direction. */
export function bandValuesAt({ band, count, mmax, size }: BandBasis, z: number, phi: number): Float64Array {
  // a pole is moved inward by one unit in the last place, because slopes divide by 1−z²
  const at = Float64Array.of(Math.max(-1 + 1e-15, Math.min(1 - 1e-15, z)));
  const rows = [0, 1, 2, 3].map((power) => bandRows(band, count, power, at).values);
  const out = new Float64Array(size);
  for (let m = 0; m <= mmax; m++) {
    const values = rows[powerOfSine(m)];
    const offset = m === 0 ? 0 : (2 * m - 1) * count;
    const scale = m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI);
    const [along, across] = [scale * Math.cos(m * phi), scale * Math.sin(m * phi)];
    for (let i = 0; i < count; i++) {
      out[offset + i] = along * values[i];
      if (m > 0) out[offset + count + i] = across * values[i];
    }
  }
  return out;
}

/** Whether a spin at z has not passed; a pole at the end of the band is not a rim. */
export const isAlive = ({ from, to }: Band, z: number): boolean =>
  (from <= -1 || z > from) && (to >= 1 || z < to);
