import type { SparseMatrix, Triplets } from "../linear-algebra/sparse.ts";
import { push, sparseFromTriplets } from "../linear-algebra/sparse.ts";
import { fourierRows } from "./harmonics.ts";

/**
 * Functions R(z)·cos(mφ), R(z)·sin(mφ) with rows of R and dR/dz at quadrature nodes. Spherical harmonics, and the
 * bases of caps and belts that vanish on their rims, are of this form.
 */
export interface RingBasis {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
  /** Levels m = 0 … mmax; `count` functions each, rows contiguous; unknowns start at `offset`, cosine then sine. */
  readonly levels: readonly {
    readonly count: number;
    readonly offset: number;
    readonly values: Float64Array;
    readonly slopes: Float64Array;
  }[];
  readonly size: number;
  /** Whether row i of level m has degree i+m, so that a velocity of degree d couples |l−l'| ≤ d only. */
  readonly graded: boolean;
}

/** ż, φ̇ and optionally a factor, sampled row-major [z][φ]: the operator g ↦ ż ∂g/∂z + φ̇ ∂g/∂φ + factor·g. */
export interface SampledOperator {
  readonly azimuths: number;
  readonly alongZ: Float64Array;
  readonly alongPhi: Float64Array;
  readonly factor?: Float64Array;
  readonly degree: number;
}

/** Fourier coefficient f̂_k(z) for k of either sign: f = Σ f̂_k e^{ikφ}. */
interface Spectrum {
  readonly re: (k: number, q: number) => number;
  readonly im: (k: number, q: number) => number;
}

/**
 * Galerkin matrix of the transposed operator, entry (j, i) = ∫ basis_i · (operator basis_j). For a drift velocity this is
 * the forward (Fokker–Planck) matrix of −div(v ρ). Entries below rounding are dropped, so symmetry sectors separate.
 */
export function assembleForward(basis: RingBasis, operator: SampledOperator): SparseMatrix {
  const triplets: Triplets = { rows: [], columns: [], values: [] };
  const n = basis.nodes.length;
  const mmax = basis.levels.length - 1;
  const spectrum = (f: Float64Array): Spectrum => fourierSpectrum(f, n, operator.azimuths, operator.degree);
  const alongZ = spectrum(operator.alongZ);
  const alongPhi = spectrum(operator.alongPhi);
  const factor = operator.factor && spectrum(operator.factor);
  const speed = largest(operator.alongZ) + largest(operator.alongPhi) + largest(operator.factor);
  const threshold = 4e-15 * speed * basis.levels[0].count;
  if (speed === 0) return sparseFromTriplets(basis.size, basis.size, triplets);
  const onSlope = new Float64Array(n);
  const onValue = new Float64Array(n);
  const image = new Float64Array(n);
  for (let from = 0; from <= mmax; from++)
    for (let to = 0; to <= mmax; to++) {
      if (Math.abs(from - to) > operator.degree) continue;
      const half = (from === 0 ? Math.SQRT1_2 : 1) * (to === 0 ? Math.SQRT1_2 : 1);
      for (const fromSine of from === 0 ? [false] : [false, true])
        for (const toSine of to === 0 ? [false] : [false, true]) {
          let size = 0;
          for (let q = 0; q < n; q++) {
            const scale = half * basis.weights[q];
            onSlope[q] = scale * overlap(alongZ, q, to, toSine, from, fromSine);
            // d/dφ turns a cosine into −m·sine and a sine into m·cosine
            onValue[q] =
              scale * (fromSine ? from : -from) * overlap(alongPhi, q, to, toSine, from, !fromSine);
            if (factor) onValue[q] += scale * overlap(factor, q, to, toSine, from, fromSine);
            size = Math.max(size, (Math.abs(onSlope[q]) + Math.abs(onValue[q])) / scale);
          }
          if (size <= 1e-15 * speed) continue;
          couple(basis, operator.degree, from, fromSine, to, toSine, {
            onSlope,
            onValue,
            image,
            threshold,
            triplets,
          });
        }
    }
  return sparseFromTriplets(basis.size, basis.size, triplets);
}

interface Work {
  readonly onSlope: Float64Array;
  readonly onValue: Float64Array;
  readonly image: Float64Array;
  readonly threshold: number;
  readonly triplets: Triplets;
}

function couple(
  basis: RingBasis,
  degree: number,
  from: number,
  fromSine: boolean,
  to: number,
  toSine: boolean,
  { onSlope, onValue, image, threshold, triplets }: Work,
): void {
  const n = basis.nodes.length;
  const [source, target] = [basis.levels[from], basis.levels[to]];
  const row = source.offset + (fromSine ? source.count : 0);
  const column = target.offset + (toSine ? target.count : 0);
  for (let j = 0; j < source.count; j++) {
    for (let q = 0; q < n; q++)
      image[q] = onSlope[q] * source.slopes[j * n + q] + onValue[q] * source.values[j * n + q];
    const l = j + from;
    const first = basis.graded ? Math.max(0, l - degree - to) : 0;
    const last = basis.graded ? Math.min(target.count - 1, l + degree - to) : target.count - 1;
    for (let i = first; i <= last; i++) {
      let sum = 0;
      for (let q = 0; q < n; q++) sum += image[q] * target.values[i * n + q];
      if (Math.abs(sum) > threshold) push(triplets, row + j, column + i, sum);
    }
  }
}

/** (1/π) ∫ f T_to T_from dφ with T = cos mφ or sin mφ; a factor √½ for each order 0 is the caller's. */
function overlap(
  f: Spectrum,
  q: number,
  to: number,
  toSine: boolean,
  from: number,
  fromSine: boolean,
): number {
  const [difference, sum] = [to - from, to + from];
  if (!fromSine) return toSine ? -(f.im(difference, q) + f.im(sum, q)) : f.re(difference, q) + f.re(sum, q);
  return toSine ? f.re(difference, q) - f.re(sum, q) : f.im(difference, q) - f.im(sum, q);
}

function fourierSpectrum(values: Float64Array, n: number, azimuths: number, degree: number): Spectrum {
  const top = Math.min(degree, (azimuths - 1) >> 1);
  const { cosine, sine } = fourierRows(values, n, azimuths, top);
  return {
    re: (k, q) => {
      const size = Math.abs(k);
      if (size > top) return 0;
      return size === 0 ? cosine[q] : cosine[size * n + q] / 2;
    },
    im: (k, q) => {
      const size = Math.abs(k);
      if (size > top || size === 0) return 0;
      return (k > 0 ? -sine[size * n + q] : sine[size * n + q]) / 2;
    },
  };
}

const largest = (f?: Float64Array): number => (f ? f.reduce((size, x) => Math.max(size, Math.abs(x)), 0) : 0);
