import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { SparseRows } from "../linear-algebra/sparse.ts";
import { fourierRows } from "./azimuth-waves.ts";

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
  /**
   * Whether row i of level m has degree i+m, so that a velocity of degree d couples |l−l'| ≤ d only, and whether the nodes are symmetric
   * and even in number, so that row i has the parity of i.
   */
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

/** The image of a function of one level at another level: weights of its slope and of its value at the nodes. */
interface Coupling {
  readonly to: number;
  readonly toSine: boolean;
  readonly onSlope: Float64Array;
  readonly onValue: Float64Array;
}

/**
 * Galerkin matrix of the transposed operator, entry (j, i) = ∫ basis_i · (operator basis_j). For a drift velocity this is
 * the forward (Fokker–Planck) matrix of −div(v ρ). Entries below rounding are dropped, so symmetry sectors separate.
 */
export function assembleForward(basis: RingBasis, operator: SampledOperator): SparseMatrix {
  const n = basis.nodes.length;
  const spectrum = (f: Float64Array): Spectrum => fourierSpectrum(f, n, operator.azimuths, operator.degree);
  const spectra = {
    alongZ: spectrum(operator.alongZ),
    alongPhi: spectrum(operator.alongPhi),
    factor: operator.factor && spectrum(operator.factor),
  };
  const speed = largest(operator.alongZ) + largest(operator.alongPhi) + largest(operator.factor);
  const threshold = 4e-15 * speed * basis.levels[0].count;
  const rows = new SparseRows(basis.size, basis.size);
  basis.levels.forEach(({ count }, from) => {
    throwIfInterrupted();
    for (const fromSine of from === 0 ? [false] : [false, true]) {
      const couplings =
        speed === 0 ? [] : couplingsOf(basis, spectra, operator.degree, from, fromSine, 1e-15 * speed);
      const images = couplings.map((coupling) => imagesOf(basis, coupling, 1e-15 * speed));
      for (let j = 0; j < count; j++) {
        // levels, kinds and functions ascend, so the columns do
        couplings.forEach((coupling, k) => {
          addEntries(basis, operator.degree, from, j, coupling, images[k], threshold, rows);
        });
        rows.endRow();
      }
    }
  });
  return rows.matrix();
}

function couplingsOf(
  basis: RingBasis,
  {
    alongZ,
    alongPhi,
    factor,
  }: { readonly alongZ: Spectrum; readonly alongPhi: Spectrum; readonly factor: Spectrum | undefined },
  degree: number,
  from: number,
  fromSine: boolean,
  negligible: number,
): Coupling[] {
  const n = basis.nodes.length;
  const couplings: Coupling[] = [];
  const last = Math.min(basis.levels.length - 1, from + degree);
  for (let to = Math.max(0, from - degree); to <= last; to++) {
    const half = (from === 0 ? Math.SQRT1_2 : 1) * (to === 0 ? Math.SQRT1_2 : 1);
    for (const toSine of to === 0 ? [false] : [false, true]) {
      const [onSlope, onValue] = [new Float64Array(n), new Float64Array(n)];
      let size = 0;
      for (let q = 0; q < n; q++) {
        const scale = half * basis.weights[q];
        onSlope[q] = scale * overlap(alongZ, q, to, toSine, from, fromSine);
        // d/dφ turns a cosine into −m·sine and a sine into m·cosine
        onValue[q] = scale * (fromSine ? from : -from) * overlap(alongPhi, q, to, toSine, from, !fromSine);
        if (factor) onValue[q] += scale * overlap(factor, q, to, toSine, from, fromSine);
        size = Math.max(size, (Math.abs(onSlope[q]) + Math.abs(onValue[q])) / scale);
      }
      if (size > negligible) couplings.push({ to, toSine, onSlope, onValue });
    }
  }
  return couplings;
}

/** Weights by the parity of i+j. If the functions have no parity, both share one. */
type Images = readonly {
  readonly onSlope: Float64Array;
  readonly onValue: Float64Array;
  readonly work: Float64Array;
}[];

/** Even and odd parts on the lower half of the nodes; the upper half gives the same and is added. A part that is rounding is left out. */
function imagesOf(
  { graded, weights }: RingBasis,
  { onSlope, onValue }: Coupling,
  negligible: number,
): Images {
  const n = weights.length;
  if (!graded) return [{ onSlope, onValue, work: new Float64Array(n) }];
  const part = (f: Float64Array, sign: number) =>
    Float64Array.from({ length: n >> 1 }, (_, q) => f[q] + sign * f[n - 1 - q]);
  // the slope of a function has the opposite parity
  return [1, -1].map((sign) => {
    const parts = { onSlope: part(onSlope, -sign), onValue: part(onValue, sign) };
    const size = largest(parts.onSlope) + largest(parts.onValue);
    return { ...parts, work: new Float64Array(size > negligible * largest(weights) ? n >> 1 : 0) };
  });
}

/** Row j of one level against the functions of another. */
function addEntries(
  basis: RingBasis,
  degree: number,
  from: number,
  j: number,
  { to, toSine }: Coupling,
  images: Images,
  threshold: number,
  rows: SparseRows,
): void {
  const n = basis.nodes.length;
  const [source, target] = [basis.levels[from], basis.levels[to]];
  const own = j * n;
  for (const { onSlope, onValue, work } of images)
    for (let q = 0; q < work.length; q++)
      work[q] = onSlope[q] * source.slopes[own + q] + onValue[q] * source.values[own + q];
  const l = j + from;
  const first = basis.graded ? Math.max(0, l - degree - to) : 0;
  const last = basis.graded ? Math.min(target.count - 1, l + degree - to) : target.count - 1;
  const column = target.offset + (toSine ? target.count : 0);
  for (let i = first; i <= last; i++) {
    const sum = dot(images[(i + j) % images.length].work, target.values, i * n);
    if (Math.abs(sum) > threshold) rows.add(column + i, sum);
  }
}

function dot(a: Float64Array, b: Float64Array, from: number): number {
  let s0 = 0;
  let s1 = 0;
  let q = 0;
  for (; q + 1 < a.length; q += 2) {
    s0 += a[q] * b[from + q];
    s1 += a[q + 1] * b[from + q + 1];
  }
  if (q < a.length) s0 += a[q] * b[from + q];
  return s0 + s1;
}

/** (1/π) ∫ f T_to T_from dφ with T = cos mφ or sin mφ; the caller adds a factor √½ for each order 0. */
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
