import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { SampledOperator } from "./assembly.ts";
import { fourierRows } from "./azimuth-waves.ts";
import type { BandBasis } from "./band-basis.ts";
import { powerOfSine } from "./band-basis.ts";
import { sampledDrift } from "./generator.ts";

/** Galerkin matrices on a band, row = test function: the backward operator L† and the inner products. */
export interface BandOperator {
  readonly backward: SparseMatrix;
  readonly mass: SparseMatrix;
}

/** Rows of a matrix between two classes of functions of z, stored from −reach to +reach around the diagonal. */
interface Bandwise {
  readonly entries: Float64Array;
  readonly largest: number;
}

/** Entries below this share of the largest of their kind are rounding. */
const rounding = 4e-15;

/**
 * L† = v·∇ + D∇² in weak form, absorbing on the rims; its transpose is the forward operator. Functions of z form only four classes, so
 * the matrices of all orders are combinations of a few banded ones; they are written directly into sparse rows.
 */
export function bandOperator(
  basis: BandBasis,
  dynamics: Dynamics,
  diffusion: number,
  degree: number,
): BandOperator {
  const { mmax, count } = basis;
  const reach = Math.min(count - 1, degree + 10);
  const flow = sampledDrift(dynamics, basis.nodes, degree, mmax === 0);
  const top = mmax === 0 ? 0 : degree;
  const couplings = flowCouplings(basis, flow, top, reach);
  const integral = bandwise(basis, reach);
  const s2 = basis.nodes.map((z) => (1 - z) * (1 + z));
  const [ones, inverse] = [s2.map(() => 1), s2.map((x) => 1 / x)];
  // each order up to three has its own class of functions (powerOfSine)
  const powers = [0, 1, 2, 3].slice(0, mmax + 1);
  const own = powers.map((p) => integral(p, p, ones, false, false));
  const along = powers.map((p) => integral(p, p, s2, true, true));
  const around = powers.map((p) => (p === 0 ? undefined : integral(p, p, inverse, false, false)));

  const build = (block: (to: number, toSine: boolean, from: number, fromSine: boolean) => Term[]) =>
    assemble(basis, top, reach, block);
  const same = (to: number, toSine: boolean, from: number, fromSine: boolean) =>
    to === from && toSine === fromSine;
  return {
    mass: build((to, toSine, from, fromSine) =>
      same(to, toSine, from, fromSine) ? [{ matrix: own[powerOfSine(to)], scale: 1 }] : [],
    ),
    backward: build((to, toSine, from, fromSine) => {
      const terms = couplings(to, toSine, from, fromSine);
      if (!same(to, toSine, from, fromSine)) return terms;
      const power = powerOfSine(to);
      terms.push({ matrix: along[power], scale: -diffusion });
      const circling = around[power];
      if (circling) terms.push({ matrix: circling, scale: -diffusion * to * to });
      return terms;
    }),
  };
}

interface Term {
  readonly matrix: Bandwise;
  readonly scale: number;
}

/**
 * ∫ test · weight · trial dz between two classes, each differentiated or not. If the thresholds are symmetric about the equator,
 * functions are alternately even and odd; odd integrands are skipped, so that symmetry sectors separate.
 */
function bandwise({ band, nodes, weights, levels, count }: BandBasis, reach: number) {
  const n = nodes.length;
  const isSymmetric = band.from === -band.to;
  const rows = [0, 1, 2, 3].map((power) => levels[Math.min(power, levels.length - 1)]);
  return (
    testPower: number,
    trialPower: number,
    weight: Float64Array,
    testSlope: boolean,
    trialSlope: boolean,
    negligible = 1e-13 * weight.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
  ): Bandwise => {
    const test = rows[testPower][testSlope ? "slopes" : "values"];
    const trial = rows[trialPower][trialSlope ? "slopes" : "values"];
    const width = 2 * reach + 1;
    const entries = new Float64Array(count * width);
    const weighted = new Float64Array(n);
    const parity = isSymmetric ? parityOf(weight, negligible) : 0;
    const turns = testSlope === trialSlope ? 1 : -1;
    let largest = 0;
    for (let i = 0; i < count; i++) {
      throwIfInterrupted();
      for (let q = 0; q < n; q++) weighted[q] = weights[q] * weight[q] * test[i * n + q];
      for (let j = Math.max(0, i - reach); j <= Math.min(count - 1, i + reach); j++) {
        if (parity !== 0 && parity * turns !== ((i + j) % 2 === 0 ? 1 : -1)) continue;
        let sum = 0;
        for (let q = 0; q < n; q++) sum += weighted[q] * trial[j * n + q];
        entries[i * width + j - i + reach] = sum;
        largest = Math.max(largest, Math.abs(sum));
      }
    }
    return { entries, largest };
  };
}

/** 1 for even, −1 for odd, 0 for neither; negligible parts are ignored. */
function parityOf(f: Float64Array, negligible: number): 1 | -1 | 0 {
  let [even, odd] = [0, 0];
  for (let q = 0, p = f.length - 1; q <= p; q++, p--) {
    even = Math.max(even, Math.abs(f[q] + f[p]));
    odd = Math.max(odd, Math.abs(f[q] - f[p]));
  }
  return odd <= negligible ? 1 : even <= negligible ? -1 : 0;
}

/** Terms of v·∇ from cos or sin of order `from` to those of order `to`. */
function flowCouplings(basis: BandBasis, flow: SampledOperator, top: number, reach: number) {
  const n = basis.nodes.length;
  const integral = bandwise(basis, reach);
  const along = fourierRows(flow.alongZ, n, flow.azimuths, top);
  const around = fourierRows(flow.alongPhi, n, flow.azimuths, top);
  const size = (f: Float64Array) => f.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const sine = basis.nodes.map((z) => Math.sqrt((1 - z) * (1 + z)));
  const speed = (f: Float64Array, each: number) => size(f.map((x, k) => x * sine[(k / each) | 0]));
  const negligible = 1e-13 * (size(flow.alongZ) + speed(flow.alongPhi, flow.azimuths));
  const known = new Map<string, Bandwise | undefined>();
  /** f = Σ f̂_k e^{ikφ}: the matrix of the real or imaginary part of f̂_k, k ≥ 0; undefined if it is zero. */
  const part = (slope: boolean, imaginary: boolean, k: number, test: number, trial: number) => {
    const key = `${slope} ${imaginary} ${k} ${test} ${trial}`;
    if (known.has(key)) return known.get(key);
    const source = slope ? along : around;
    const scale = imaginary ? -0.5 : k === 0 ? 1 : 0.5;
    const row = (imaginary ? source.sine : source.cosine).slice(k * n, (k + 1) * n);
    const made =
      (slope ? size(row) : speed(row, 1)) > negligible
        ? integral(
            test,
            trial,
            row.map((x) => scale * x),
            false,
            slope,
            negligible,
          )
        : undefined;
    known.set(key, made);
    return made;
  };
  return (to: number, toSine: boolean, from: number, fromSine: boolean): Term[] => {
    const terms: Term[] = [];
    const [test, trial] = [powerOfSine(to), powerOfSine(from)];
    const half = (from === 0 ? Math.SQRT1_2 : 1) * (to === 0 ? Math.SQRT1_2 : 1);
    /** (1/π) ∫ f T_to T_from dφ, T the cosine or the sine. */
    const overlap = (slope: boolean, sine: boolean, scale: number) => {
      const add = (imaginary: boolean, k: number, sign: number) => {
        if (Math.abs(k) > top || (imaginary && k === 0)) return;
        const matrix = part(slope, imaginary, Math.abs(k), test, trial);
        if (matrix) terms.push({ matrix, scale: (imaginary && k < 0 ? -sign : sign) * half * scale });
      };
      const [difference, sum] = [to - from, to + from];
      if (sine === toSine) {
        add(false, difference, 1);
        add(false, sum, toSine ? -1 : 1);
      } else {
        add(true, difference, toSine ? -1 : 1);
        add(true, sum, -1);
      }
    };
    overlap(true, fromSine, 1);
    // d/dφ turns a cosine into −m·sine and a sine into m·cosine
    if (from > 0) overlap(false, !fromSine, fromSine ? from : -from);
    return terms;
  };
}

/** Sparse rows from blocks between orders at most `top` apart. */
function assemble(
  { size, count, mmax }: BandBasis,
  top: number,
  reach: number,
  block: (to: number, toSine: boolean, from: number, fromSine: boolean) => Term[],
): SparseMatrix {
  const width = 2 * reach + 1;
  const starts = new Int32Array(size + 1);
  let [indices, values] = [new Int32Array(64 * size), new Float64Array(64 * size)];
  let filled = 0;
  let row = 0;
  for (let to = 0; to <= mmax; to++)
    for (const toSine of to === 0 ? [false] : [false, true]) {
      const blocks: { terms: Term[]; column: number; floor: number }[] = [];
      for (let from = Math.max(0, to - top); from <= Math.min(mmax, to + top); from++)
        for (const fromSine of from === 0 ? [false] : [false, true]) {
          const terms = block(to, toSine, from, fromSine);
          if (terms.length === 0) continue;
          const column = from === 0 ? 0 : (2 * from - 1 + (fromSine ? 1 : 0)) * count;
          const floor =
            rounding * Math.max(...terms.map(({ matrix, scale }) => Math.abs(scale) * matrix.largest));
          blocks.push({ terms, column, floor });
        }
      for (let i = 0; i < count; i++) {
        throwIfInterrupted();
        for (const { terms, column, floor } of blocks)
          for (let j = Math.max(0, i - reach); j <= Math.min(count - 1, i + reach); j++) {
            let sum = 0;
            for (const { matrix, scale } of terms) sum += scale * matrix.entries[i * width + j - i + reach];
            if (Math.abs(sum) <= floor) continue;
            if (filled === values.length) {
              [indices, values] = [
                grown(indices, new Int32Array(2 * filled)),
                grown(values, new Float64Array(2 * filled)),
              ];
            }
            indices[filled] = column + j;
            values[filled++] = sum;
          }
        starts[++row] = filled;
      }
    }
  return {
    rows: size,
    columns: size,
    starts,
    indices: indices.slice(0, filled),
    values: values.slice(0, filled),
  };
}

function grown<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
