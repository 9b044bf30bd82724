import { EigenvalueDecomposition, Matrix } from "ml-matrix";

export interface SymmetricEigen {
  /** Ascending. */
  readonly values: readonly number[];
  /** Unit vectors, one for each value. */
  readonly vectors: readonly (readonly number[])[];
}

/** Entries smaller than this share of the largest change no eigenvalue; their squares are below what numbers can hold. */
const negligible = 1e-150;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, rows contiguous. Entries may have any size: the
 * matrix is scaled first, because the reduction to three diagonals divides by entries and would overflow
 * for denormal ones.
 *
 * @throws RangeError where an entry is not finite
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): SymmetricEigen {
  const largest = matrix.reduce((most, row) => row.reduce((m, x) => Math.max(m, Math.abs(x)), most), 0);
  if (!Number.isFinite(largest))
    throw new RangeError("a matrix with entries that are not finite has no eigenvalues");
  // a power of two changes no bit of what is not negligible
  const unit = largest > 0 ? 2 ** Math.floor(Math.log2(largest)) : 1;
  const scaled = matrix.map((row) => row.map((x) => (Math.abs(x) > negligible * largest ? x / unit : 0)));
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(scaled), {
    assumeSymmetric: true,
  });
  return {
    values: realEigenvalues.map((value) => value * unit),
    vectors: realEigenvalues.map((_, k) => eigenvectorMatrix.getColumn(k)),
  };
}
