import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import type { Ordering } from "./sectors.ts";

/** An observable's fluctuation in the stationary state, in the functions of one resolution. */
export interface Fluctuation {
  /** Set if these functions are harmonics. */
  readonly index?: HarmonicIndex;
  readonly forward: SparseMatrix;
  readonly ordering: Ordering;
  /** Coefficients of f. */
  readonly observable: Float64Array;
  /** Coefficients of (f − ⟨f⟩)ρ_s; the constant one is zero. */
  readonly source: Float64Array;
  readonly mean: number;
}
