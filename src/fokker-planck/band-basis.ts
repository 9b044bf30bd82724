import { gaussLegendreOn } from "../linear-algebra/gauss-legendre.ts";
import type { SparseMatrix, Triplets } from "../linear-algebra/sparse.ts";
import { combine, push, sparseFromTriplets } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { RingBasis } from "./assembly.ts";
import { assembleForward } from "./assembly.ts";
import { sampledDrift } from "./generator.ts";
import type { Ordering } from "./sectors.ts";

/** A band from < z < to of the sphere; its rims absorb where they are not poles. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/**
 * Orthonormal functions on a band that vanish on its rims and are regular at a pole it contains: rim factors times s^m times
 * polynomials, by the discretized Stieltjes procedure (Gautschi 2004 §2.2). `count` functions of each order up to mmax.
 * With `extra` one more node of weight zero is appended there.
 */
export function bandBasis(
  { from, to }: Band,
  count: number,
  mmax: number,
  degree: number,
  extra?: number,
): RingBasis {
  const gauss = gaussLegendreOn(count + mmax + degree + 12, from, to);
  // a pole itself is moved inward by a rounding: the formulas divide by 1−z²
  const inside = extra === undefined ? [] : [Math.max(-1 + 1e-15, Math.min(1 - 1e-15, extra))];
  const rule = {
    nodes: Float64Array.of(...gauss.nodes, ...inside),
    weights: Float64Array.of(...gauss.weights, ...inside.map(() => 0)),
  };
  const z = rule.nodes;
  const hasPole = from <= -1 || to >= 1;
  let offset = 0;
  const levels = Array.from({ length: mmax + 1 }, (_, m) => {
    const power = hasPole ? m : 0;
    const rims = z.map((x) => (from > -1 ? x - from : 1) * (to < 1 ? to - x : 1));
    const rimSlopes = z.map((x) =>
      from > -1 && to < 1 ? to + from - 2 * x : from > -1 ? 1 : to < 1 ? -1 : 0,
    );
    const factor = rims.map((rim, q) => rim * (1 - z[q] * z[q]) ** (power / 2));
    const factorSlope = rims.map((rim, q) => {
      const s2 = 1 - z[q] * z[q];
      return s2 ** (power / 2) * (rimSlopes[q] - (power * z[q] * rim) / s2);
    });
    const level = { count, offset, ...stieltjes(z, rule.weights, factor, factorSlope, count) };
    offset += (m === 0 ? 1 : 2) * count;
    return level;
  });
  return { nodes: z, weights: rule.weights, levels, size: offset, graded: false };
}

function stieltjes(
  z: Float64Array,
  weights: Float64Array,
  factor: Float64Array,
  factorSlope: Float64Array,
  count: number,
): { values: Float64Array; slopes: Float64Array } {
  const n = z.length;
  const values = new Float64Array(count * n);
  const slopes = new Float64Array(count * n);
  const inner = (a: Float64Array, b: Float64Array): number => {
    let sum = 0;
    for (let q = 0; q < n; q++) sum += weights[q] * factor[q] * factor[q] * a[q] * b[q];
    return sum;
  };
  let p: Float64Array = new Float64Array(n).fill(1);
  let dp: Float64Array = new Float64Array(n);
  let before: Float64Array = new Float64Array(n);
  let dBefore: Float64Array = new Float64Array(n);
  let size = Math.sqrt(inner(p, p));
  p = p.map((x) => x / size);
  size = 0;
  for (let k = 0; k < count; k++) {
    for (let q = 0; q < n; q++) {
      values[k * n + q] = factor[q] * p[q];
      slopes[k * n + q] = factorSlope[q] * p[q] + factor[q] * dp[q];
    }
    const center = inner(
      p.map((x, q) => z[q] * x),
      p,
    );
    const next = p.map((x, q) => (z[q] - center) * x - size * before[q]);
    const dNext = dp.map((x, q) => p[q] + (z[q] - center) * x - size * dBefore[q]);
    const length = Math.sqrt(inner(next, next));
    [before, dBefore, size] = [p, dp, length];
    p = next.map((x) => x / length);
    dp = dNext.map((x) => x / length);
  }
  return { values, slopes };
}

/** Forward operator on a band with absorbing rims; its transpose is the backward operator. */
export function bandOperator(
  basis: RingBasis,
  dynamics: Dynamics,
  diffusion: number,
  degree: number,
): SparseMatrix {
  const axial = basis.levels.length === 1;
  const flow = assembleForward(basis, sampledDrift(dynamics, basis.nodes, degree, axial));
  return combine([
    { matrix: flow, scale: 1 },
    { matrix: bandDiffusion(basis), scale: diffusion },
  ]);
}

/** −∫∇R_i·∇R_j, the Laplacian in weak form. */
function bandDiffusion(basis: RingBasis): SparseMatrix {
  const triplets: Triplets = { rows: [], columns: [], values: [] };
  const { nodes: z, weights } = basis;
  const n = z.length;
  basis.levels.forEach(({ count, offset, values, slopes }, m) => {
    for (let i = 0; i < count; i++)
      for (let j = 0; j < count; j++) {
        let sum = 0;
        for (let q = 0; q < n; q++) {
          const s2 = 1 - z[q] * z[q];
          sum -=
            weights[q] *
            (s2 * slopes[i * n + q] * slopes[j * n + q] +
              (m * m * values[i * n + q] * values[j * n + q]) / s2);
        }
        push(triplets, offset + i, offset + j, sum);
        if (m > 0) push(triplets, offset + count + i, offset + count + j, sum);
      }
  });
  return sparseFromTriplets(basis.size, basis.size, triplets);
}

export function bandOrdering(basis: RingBasis): Ordering {
  const level = new Int32Array(basis.size);
  const rank = new Int32Array(basis.size);
  basis.levels.forEach(({ count, offset }, m) => {
    for (let i = 0; i < (m === 0 ? 1 : 2) * count; i++) {
      level[offset + i] = m;
      rank[offset + i] = i % count;
    }
  });
  return { level, rank };
}

/** ∫ basis function × f over the band, f sampled row-major [z][φ] with `azimuths` columns. */
export function projectOnBand(
  basis: RingBasis,
  azimuths: number,
  f: (q: number, j: number) => number,
): Float64Array {
  const out = new Float64Array(basis.size);
  const n = basis.nodes.length;
  const samples = Float64Array.from({ length: n * azimuths }, (_, k) => f((k / azimuths) | 0, k % azimuths));
  basis.levels.forEach(({ count, offset, values }, m) => {
    const scale =
      (m === 0 ? 1 / Math.sqrt(2 * Math.PI) : 1 / Math.sqrt(Math.PI)) * ((2 * Math.PI) / azimuths);
    for (let q = 0; q < n; q++) {
      let [a, b] = [0, 0];
      for (let j = 0; j < azimuths; j++) {
        const phi = (2 * Math.PI * ((m * j) % azimuths)) / azimuths;
        a += samples[q * azimuths + j] * Math.cos(phi);
        b += samples[q * azimuths + j] * Math.sin(phi);
      }
      for (let i = 0; i < count; i++) {
        out[offset + i] += scale * basis.weights[q] * values[i * n + q] * a;
        if (m > 0) out[offset + count + i] += scale * basis.weights[q] * values[i * n + q] * b;
      }
    }
  });
  return out;
}

/** Whether a spin at z has not passed; a pole inside the band is no rim. */
export const isAlive = ({ from, to }: Band, z: number): boolean =>
  (from <= -1 || z > from) && (to >= 1 || z < to);
