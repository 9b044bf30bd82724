import type { SparseRows } from "../linear-algebra/sparse.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicPlace, topDegree } from "./harmonics.ts";

/** A coefficient of E_lm (see `HarmonicProducts`). */
export interface HarmonicTerm {
  readonly l: number;
  readonly m: number;
  readonly re: number;
  readonly im: number;
}

/**
 * The image of E_lm under a real operator: complex coefficients of its neighbours, with orders and degrees that differ by at most
 * `degree`.
 */
export class HarmonicImage {
  private readonly degree: number;
  private readonly width: number;
  private readonly re: Float64Array;
  private readonly im: Float64Array;

  constructor(degree: number) {
    this.degree = degree;
    this.width = 2 * degree + 1;
    this.re = new Float64Array(this.width ** 2);
    this.im = new Float64Array(this.width ** 2);
  }

  clear(): void {
    this.re.fill(0);
    this.im.fill(0);
  }

  /** ½(Δ(Eρ) − EΔρ + ρΔE) for one harmonic E of Ψ; `table` from `at` on has the products of both. */
  relax(table: Float64Array, at: number, { l: own, m, re, im }: HarmonicTerm, l: number): void {
    const { degree, width } = this;
    const to = (m + degree) * width;
    const constant = l * (l + 1) - own * (own + 1);
    for (let d = degree - own; d <= degree + own; d += 2) {
      const next = l + d - degree;
      const value = 0.5 * (constant - next * (next + 1)) * table[at + d];
      this.re[to + d] += value * re;
      this.im[to + d] += value * im;
    }
  }

  /** i·factor times a product whose second harmonic has the order m + step. */
  turn(
    table: Float64Array,
    at: number,
    { l: own, m, re, im }: HarmonicTerm,
    step: number,
    factor: number,
  ): void {
    const { degree, width } = this;
    const to = (m + step + degree) * width;
    for (let d = degree - own; d <= degree + own; d += 2) {
      const value = factor * table[at + d];
      this.re[to + d] -= value * im;
      this.im[to + d] += value * re;
    }
  }

  /** The image of the cosine and of the sine of E_lm in real harmonics, each as entries of its matrix's column. */
  put(
    index: HarmonicIndex,
    l: number,
    m: number,
    threshold: number,
    cosines: SparseRows,
    sines: SparseRows,
  ): void {
    const { degree, width, re, im } = this;
    const lastOrder = Math.min(index.mmax, m + degree);
    for (let order = Math.max(0, m - degree); order <= lastOrder; order++) {
      const top = Math.min(topDegree(index, order), l + degree);
      const norm = (order === 0) === (m === 0) ? 1 : Math.SQRT2;
      // the other sign of the order folds back onto the same harmonics
      const isFolded = order > 0 && m > 0 && order + m <= degree;
      const [plus, minus] = [(order - m + degree) * width, (-order - m + degree) * width];
      const [cosine, sine] = [index.offsets[order] - order, harmonicPlace(index, 0, order, true)];
      for (let next = Math.max(1, order, l - degree); next <= top; next++) {
        const d = next - l + degree;
        let [onCosine, onSine, ofCosine, ofSine] = [re[plus + d], -im[plus + d], im[plus + d], re[plus + d]];
        if (isFolded) {
          onCosine += re[minus + d];
          onSine += im[minus + d];
          ofCosine += im[minus + d];
          ofSine -= re[minus + d];
        }
        if (Math.abs(onCosine) > threshold) cosines.add(cosine + next, norm * onCosine);
        if (order > 0 && Math.abs(onSine) > threshold) cosines.add(sine + next, norm * onSine);
        if (m === 0) continue;
        if (Math.abs(ofCosine) > threshold) sines.add(cosine + next, norm * ofCosine);
        if (order > 0 && Math.abs(ofSine) > threshold) sines.add(sine + next, norm * ofSine);
      }
    }
  }
}
