import type { Complex } from "../../linear-algebra/hessenberg.ts";
import { hessenbergEigenvalues } from "../../linear-algebra/hessenberg.ts";
import { hessenbergForm } from "../../linear-algebra/hessenberg-solve.ts";
import type { SparseMatrix } from "../../linear-algebra/sparse.ts";
import { SparseRows } from "../../linear-algebra/sparse.ts";
import type { Dynamics } from "../../physics/dynamics.ts";
import type { Ordering } from "../sectors.ts";
import { byRate } from "../spectrum-of-generator.ts";
import type { Chart } from "./chart.ts";
import type { WellBasis } from "./well-basis.ts";
import { backwardMatrix, wellBasis } from "./well-basis.ts";

/** The equation around the bottom of a well in polynomials up to one degree; a density is the normal one times Σ cᵢhᵢ. */
export interface WellOperator {
  readonly basis: WellBasis;
  /** dc/dt = F c. */
  readonly forward: SparseMatrix;
  readonly ordering: Ordering;
  /** Eigenvalues of −F, zero first. */
  readonly modes: readonly Complex[];
}

/** Entries below this share of the largest in their row are rounding. */
const rounding = 1e-15;

/** The operator in polynomials up to a degree, with all its eigenvalues. */
export function wellOperator(
  chart: Chart,
  dynamics: Dynamics,
  diffusion: number,
  degree: number,
): WellOperator {
  const basis = wellBasis(degree);
  const { size, a, b } = basis;
  const backward = backwardMatrix(basis, chart, dynamics, diffusion);
  const rows = new SparseRows(size, size);
  for (let i = 0; i < size; i++) {
    const row = Float64Array.from({ length: size }, (_, j) => backward[j * size + i]);
    const least = rounding * row.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    row.forEach((x, j) => {
      if (Math.abs(x) > least) rows.add(j, x);
    });
    rows.endRow();
  }
  const { h } = hessenbergForm(
    backward.map((x) => -x),
    size,
  );
  const modes = hessenbergEigenvalues(h, size).sort(byRate);
  return {
    basis,
    forward: rows.matrix(),
    ordering: { level: a.map((n, i) => n + b[i]), rank: b },
    modes,
  };
}
