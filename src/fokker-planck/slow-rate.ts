import { compileScalar } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import { constant, mul, sub } from "../expression/expression.ts";
import { magnetization } from "../expression/vector.ts";
import { addScaled, dotProduct } from "../linear-algebra/arnoldi.ts";
import type { SparseMatrix } from "../linear-algebra/sparse.ts";
import { combine, diagonalMatrix, infinityNorm } from "../linear-algebra/sparse.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { surfaceGradientSquared, surfaceLaplacian } from "../physics/surface-derivatives.ts";
import { assembleForward } from "./assembly.ts";
import { rayleighRitz } from "./dirichlet-form.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { harmonicBasis, sampledDrift } from "./generator.ts";
import type { HarmonicIndex, SphereGrid } from "./harmonics.ts";
import { harmonicIndex, harmonicLabels, sampleOnGrid } from "./harmonics.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";

/**
 * Smallest decay rate if exp(−U), U = Ψ/D, is stationary; accurate for arbitrarily small rates. Written for f = exp(−U/2)·(committor) the
 * operator is D(Δ − |∇U|²/4 + ΔU/2) + {Ω, ·}; f and exp(−U/2) span its near-null space. The rate then follows from D∫|∇f + f∇U/2|² / ∫f²,
 * in which every term is a square, so its error is the square of f's. `errorEstimate` is the relative error from rounding and truncation.
 * It is estimated from the same quotient of exp(−U/2), which should be zero; on the barrier f is as small as the root of the rate.
 */
export function slowestRateAtEquilibrium(
  dynamics: Dynamics,
  { degree, span }: { readonly degree: number; readonly span: number },
  lmax: number,
): Exact<number> {
  const diffusion = compileScalar(dynamics.diffusion, [])();
  const potential = mul(1 / diffusion, dynamics.psi);
  const index = harmonicIndex(lmax);
  const forward = weightedOperator(dynamics, potential, diffusion, degree, index);
  const { l, m: orders } = harmonicLabels(index);
  const size = infinityNorm(forward);
  let [slowest, nothing] = [Number.POSITIVE_INFINITY, 0];
  for (const sector of sectors(forward, { level: orders, rank: l })) {
    const near = nearNullVectors(forward, sector, size);
    if (near.length === 0) continue;
    if (near.length > 2)
      return outOfReach("more than two metastable modes share a symmetry: their rates are not separable");
    const rates = rayleighRitz(near, index, { potential, diffusion, degree });
    // exp(−U/2) has a mean, so it is in the sector of the constant harmonic; its rate is zero up to rounding
    const isConserved = sector.unknowns.includes(0);
    if (isConserved) nothing = Math.abs(rates[0]);
    const decaying = isConserved ? rates.slice(1) : rates;
    slowest = Math.min(slowest, ...decaying);
  }
  if (!Number.isFinite(slowest)) return outOfReach("no metastable mode was found");
  const onBarrier = digits * Number.EPSILON * Math.sqrt((diffusion * span) / slowest);
  return exactly(slowest, Math.max((beyondZero * nothing) / slowest, onBarrier));
}

/**
 * Error of a rate relative to the computed value of the zero rate: up to 3 was measured, at a barrier of 60 kT and seven degrees of
 * harmonics.
 */
const beyondZero = 4;
/** Assumed error of f on the barrier, in roundings; rates at 40 and 60 kT scatter by less than one. */
const digits = 2;
/** Steps of the inverse iteration; each reduces fast components by more than 1e10. */
const inversions = 4;

/** Seconds per harmonic to the power of 3/2: within a factor of three at degrees 120 to 243 of potentials of degree 2 to 6. */
const perHarmonic = 6e-7;

/** Estimated time of `slowestRateAtEquilibrium` at a degree, s: assembly, elimination and quadrature. */
export const slowestRateSeconds = (lmax: number): number => perHarmonic * (lmax + 1) ** 3;

function weightedOperator(
  { omega }: Dynamics,
  potential: Expression,
  diffusion: number,
  degree: number,
  index: HarmonicIndex,
): SparseMatrix {
  const basis = harmonicBasis(index, index.lmax + degree + 2);
  const precession = { psi: constant(0), omega, diffusion: constant(0) };
  const operator = sampledDrift(precession, basis.nodes, 2 * degree);
  const factor = compileScalar(
    mul(diffusion, sub(mul(0.5, surfaceLaplacian(potential)), mul(0.25, surfaceGradientSquared(potential)))),
    magnetization,
  );
  const grid: SphereGrid = { rule: basis, azimuths: operator.azimuths };
  const matrix = assembleForward(basis, { ...operator, factor: sampleOnGrid(grid, factor) });
  const { l } = harmonicLabels(index);
  const laplacian = diagonalMatrix(Float64Array.from(l, (degree) => -diffusion * degree * (degree + 1)));
  return combine([
    { matrix, scale: 1 },
    { matrix: laplacian, scale: 1 },
  ]);
}

/** Near-null vectors, orthonormal, over all unknowns, by inverse iteration with a tiny shift; at most three are computed. */
function nearNullVectors(
  forward: SparseMatrix,
  sector: ReturnType<typeof sectors>[number],
  size: number,
): Float64Array[] {
  const shift = 1e-13 * size;
  const solver = factorSector(sectorMatrix(forward, sector, 1, -shift), sector);
  const n = sector.unknowns.length;
  const block = Array.from({ length: Math.min(3, n) }, (_, k) =>
    Float64Array.from({ length: n }, (_, i) => Math.sin(1 + (k + 1) * 1.3 * (n - i))),
  );
  let growth: number[] = [];
  for (let step = 0; step < inversions; step++) {
    for (const x of block) solver.solveTransposed(x);
    growth = orthonormalize(block);
  }
  return block
    .filter((_, k) => growth[k] * size > 1e5)
    .map((x) => {
      const out = new Float64Array(forward.rows);
      sector.unknowns.forEach((unknown, i) => {
        out[unknown] = x[i];
      });
      return out;
    });
}

function orthonormalize(block: Float64Array[]): number[] {
  return block.map((x, k) => {
    for (let pass = 0; pass < 2; pass++)
      for (let j = 0; j < k; j++) addScaled(x, block[j], -dotProduct(block[j], x));
    const length = Math.sqrt(dotProduct(x, x));
    for (let i = 0; i < x.length; i++) x[i] /= length;
    return length;
  });
}
