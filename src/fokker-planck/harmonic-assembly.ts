import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { throwIfInterrupted } from "../linear-algebra/interruption.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { SparseRows, transpose } from "../linear-algebra/sparse.ts";
import type { HarmonicTerm } from "./harmonic-image.ts";
import { HarmonicImage } from "./harmonic-image.ts";
import { HarmonicProducts } from "./harmonic-products.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import {
  analyze,
  harmonicIndex,
  harmonicLabels,
  harmonicPlace,
  sampleOnGrid,
  sphereGrid,
  topDegree,
} from "./harmonics.ts";

/** Beyond this degree the matrices are so dense that quadrature is cheaper. */
export const highestProductDegree = 12;
/** Coefficients and entries below this share of the largest are rounding; dropped, so that symmetry sectors separate. */
const rounding = 2e-14;

/**
 * The forward matrix of −div(v ρ), v = −∇Ψ + m×∇Ω, for Ψ and Ω of low degree, without quadrature: of div(ρ∇Ψ) =
 * ½(Δ(Ψρ) − ΨΔρ + ρΔΨ) and −(m×∇Ω)·∇ρ = ∇Ω·(m×∇ρ), where ∇Ω may be that of r^l E_lm, since m×∇ρ lies in the sphere.
 */
export function assembleHarmonics(
  index: HarmonicIndex,
  { psi, omega }: { readonly psi: Expression; readonly omega: Expression },
  degree: number,
): SparseMatrix {
  const [relaxing, turning] = [termsOf(psi, degree), termsOf(omega, degree)];
  const [up, flat, down] = [1, 0, -1].map((step) => slopesOf(turning, step));
  const products = new HarmonicProducts(degree, [...relaxing, ...up, ...flat, ...down]);
  const image = new HarmonicImage(degree);
  const threshold = rounding * degree * (degree * sizeOf(relaxing) + sizeOf(turning));
  const columns = new SparseRows(index.size, index.size);
  // neighbouring orders need an order's products too
  const productsOf = (m: number) => products.ofOrder(m, Math.min(index.lmax, m + 1 + index.height));
  let [before, own] = [productsOf(-1), productsOf(0)];
  for (let m = 0; m <= index.mmax; m++) {
    throwIfInterrupted();
    const top = topDegree(index, m);
    const after = productsOf(m + 1);
    const sines = new SparseRows(top - m + 1, index.size);
    for (let l = m; l <= top; l++) {
      image.clear();
      for (const term of relaxing) image.relax(own(l), products.at(term), term, l);
      // m×∇ of E_lm: i·m along z, and with one step of m where x ± iy is involved
      if (m > 0) for (const term of flat) image.turn(own(l), products.at(term), term, 0, m);
      const lower = (m === 0 ? 0.5 : -0.5) * Math.sqrt((l + m) * (l - m + 1));
      if (lower !== 0) for (const term of up) image.turn(before(l), products.at(term), term, -1, lower);
      const raise = -0.5 * Math.sqrt((l - m) * (l + m + 1));
      if (raise !== 0) for (const term of down) image.turn(after(l), products.at(term), term, 1, raise);
      image.put(index, l, m, threshold * (l + 1), columns, sines);
      columns.endRow();
      sines.endRow();
    }
    if (m > 0) columns.append(sines.matrix());
    [before, own] = [own, after];
  }
  return transpose(columns.matrix());
}

/** Coefficients of a function, those of both signs of m, without the constant. */
function termsOf(of: Expression, degree: number): HarmonicTerm[] {
  const grid = sphereGrid(degree + 2, 2 * degree + 2);
  const index = harmonicIndex(degree);
  const coefficients = analyze(index, grid, sampleOnGrid(grid, compileScalar(of, magnetization)));
  const { l, m, sine } = harmonicLabels(index);
  const floor = rounding * coefficients.reduce((size, x) => Math.max(size, Math.abs(x)), 0);
  const kept = coefficients.map((x) => (Math.abs(x) > floor ? x : 0));
  const terms: HarmonicTerm[] = [];
  for (let i = 0; i < index.size; i++) {
    if (l[i] === 0 || sine[i] === 1) continue;
    if (m[i] === 0) terms.push({ l: l[i], m: 0, re: kept[i], im: 0 });
    else {
      const [re, im] = [kept[i] * Math.SQRT1_2, -kept[harmonicPlace(index, l[i], m[i], true)] * Math.SQRT1_2];
      terms.push({ l: l[i], m: m[i], re, im }, { l: l[i], m: -m[i], re, im: -im });
    }
  }
  return terms.filter(({ re, im }) => re !== 0 || im !== 0);
}

/** ∂x ± i∂y (step ±1) or ∂z (step 0) of Σ r^l E_lm. */
function slopesOf(terms: readonly HarmonicTerm[], step: number): HarmonicTerm[] {
  return terms.flatMap(({ l, m, re, im }) => {
    const order = Math.abs(m);
    const isOutward = m * step >= 0;
    const square =
      step === 0
        ? (l - m) * (l + m)
        : isOutward
          ? (l - order) * (l - order - 1)
          : (l + order) * (l + order - 1);
    const scale = (step !== 0 && isOutward ? -1 : 1) * Math.sqrt(((2 * l + 1) * square) / (2 * l - 1));
    return square === 0 ? [] : [{ l: l - 1, m: m + step, re: scale * re, im: scale * im }];
  });
}

const sizeOf = (terms: readonly HarmonicTerm[]): number =>
  terms.reduce((sum, { re, im }) => sum + Math.hypot(re, im), 0);
