import { factorBanded, solveBanded } from "../../linear-algebra/banded-lu.ts";
import { SparseRows } from "../../linear-algebra/sparse.ts";

/**
 * Coefficients c that minimize Σ (value − Σ_k basis_k c_{first+k})², where every equation reaches `reach` neighbouring
 * coefficients: normal equations in a band. Coefficients without data come out as 0.
 */
export class BandedLeastSquares {
  private readonly normal: Float64Array;
  private readonly right: Float64Array;
  private readonly count: number;
  private readonly reach: number;

  constructor(count: number, reach: number) {
    this.count = count;
    this.reach = reach;
    this.normal = new Float64Array(count * reach);
    this.right = new Float64Array(count);
  }

  /** One equation; `basis` has `reach` entries, for coefficients first … first + reach − 1. */
  add(first: number, basis: Float64Array, value: number): void {
    const { reach, normal, right } = this;
    for (let j = 0; j < reach; j++) {
      right[first + j] += basis[j] * value;
      for (let k = j; k < reach; k++) normal[(first + j) * reach + k - j] += basis[j] * basis[k];
    }
  }

  solve(): Float64Array {
    const { count, reach, normal } = this;
    let largest = 0;
    for (let i = 0; i < count; i++) largest = Math.max(largest, normal[i * reach]);
    const rows = new SparseRows(count, count);
    for (let i = 0; i < count; i++) {
      for (let j = Math.max(0, i - reach + 1); j < i; j++) rows.add(j, normal[j * reach + i - j]);
      // coefficients that the data do not determine stay near 0
      rows.add(i, normal[i * reach] + 1e-12 * largest);
      for (let j = i + 1; j < Math.min(count, i + reach); j++) rows.add(j, normal[i * reach + j - i]);
      rows.endRow();
    }
    const found = this.right.slice();
    solveBanded(factorBanded(rows.matrix()), found);
    return found;
  }
}
