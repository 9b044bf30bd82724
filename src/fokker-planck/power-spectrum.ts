import type { Expression } from "../expression/expression.ts";
import { dotProduct, krylov, leading } from "../linear-algebra/arnoldi.ts";
import { factorDense, solveDense } from "../linear-algebra/dense-lu.ts";
import { denseExponential } from "../linear-algebra/matrix-exponential.ts";
import { finer } from "./adaptive-evolution.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Fluctuation } from "./fluctuation.ts";
import { fluctuation } from "./fluctuation.ts";
import { factorSector, sectorMatrix, sectors } from "./sectors.ts";
import type { FokkerPlanckSolution } from "./solution.ts";

export interface PowerSpectrum {
  /** One-sided, per unit of frequency (not angular): its integral over f is the variance. */
  readonly oneSidedPower: readonly number[];
  /** Largest relative difference between two degrees of harmonics. */
  readonly errorEstimate: number;
}

/**
 * Power spectral density of a stationary observable at frequencies f ≥ 0 (cycles per unit of time). With `sampleEvery` = δ
 * it is that of the sampled series, aliases included: 2δ Re⟨f|(1+E)(1−E)⁻¹|(f−⟨f⟩)ρ_s⟩, E = exp(−2πifδ + Fδ); else
 * 4 Re⟨f|(2πif − F)⁻¹|(f−⟨f⟩)ρ_s⟩. By Krylov spaces of F⁻¹.
 */
export function powerSpectrum(
  solution: FokkerPlanckSolution,
  of: Expression,
  frequencies: readonly number[],
  options: { readonly sampleEvery?: number; readonly tolerance?: number } = {},
): Exact<PowerSpectrum> {
  const { tolerance = 1e-5 } = options;
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const at = (lmax: number) =>
    spectrumOf(
      fluctuation(solution, stationary.value, of, lmax),
      frequencies,
      options.sampleEvery,
      tolerance / 10,
    );
  let lmax = Math.ceil(0.75 * solution.lmax);
  let coarse = at(lmax);
  for (let round = 0; round < 4; round++) {
    lmax = finer(lmax);
    const fine = at(lmax);
    if (!fine || !coarse) return outOfReach("the spectrum did not settle with 160 Krylov vectors");
    const errorEstimate = Math.max(0, ...fine.map((s, i) => Math.abs(s - coarse![i]) / Math.abs(s)));
    if (errorEstimate <= tolerance) return exactly({ oneSidedPower: fine, errorEstimate });
    coarse = fine;
  }
  return outOfReach(`the spectrum is not resolved by harmonics up to degree ${lmax}`);
}

type SmallMatrix = { readonly matrix: Float64Array; readonly size: number; readonly weights: Float64Array };

function spectrumOf(
  { forward, ordering, observable, source }: Fluctuation,
  frequencies: readonly number[],
  sampleEvery: number | undefined,
  tolerance: number,
): number[] | undefined {
  const total = frequencies.map(() => 0);
  for (const sector of sectors(forward, ordering, 0)) {
    const b = Float64Array.from(sector.unknowns, (i) => source[i]);
    const f = Float64Array.from(sector.unknowns, (i) => observable[i]);
    if (b.every((x) => Math.abs(x) < 1e-16) || f.every((x) => Math.abs(x) < 1e-16)) continue;
    const solver = factorSector(sectorMatrix(forward, sector), sector);
    const limit = Math.min(160, b.length);
    const length = Math.sqrt(dotProduct(b, b));
    const kept: Float64Array[] = [];
    let before: number[] | undefined;
    let settled: number[] | undefined;
    let next = Math.min(12, limit);
    const look = (size: number, hessenberg: Float64Array, stride: number): boolean => {
      if (size < next && size < limit) return false;
      next = Math.ceil(1.35 * size);
      const weights = Float64Array.from({ length: size }, (_, j) => length * dotProduct(kept[j], f));
      const evaluate = smallSpectrum(
        inverseOf(leading(hessenberg, stride, size), size, weights),
        sampleEvery,
      );
      const now = frequencies.map(evaluate);
      const largest = Math.max(...now.map(Math.abs));
      if (
        before?.every(
          (s, i) => Math.abs(s - now[i]) <= tolerance * Math.max(Math.abs(now[i]), 1e-9 * largest),
        )
      )
        settled = now;
      if (size === b.length) settled = now;
      before = now;
      return settled !== undefined;
    };
    const basis = krylov(
      (x) => {
        kept.push(x.slice());
        solver.solve(x);
      },
      b,
      limit,
      look,
    );
    if (!settled && basis.invariant) {
      next = 0;
      look(basis.size, basis.hessenberg, basis.stride);
      settled = before;
    }
    if (!settled) return undefined;
    settled.forEach((s, i) => {
      total[i] += s;
    });
  }
  return total;
}

/** The generator restricted to a Krylov space of its inverse. */
function inverseOf(h: Float64Array, size: number, weights: Float64Array): SmallMatrix {
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) matrix[i * (size + 1)] = 1;
  solveDense(factorDense(h, size), matrix, size);
  return { matrix, size, weights };
}

/** S(f) of the small problem that starts in its first vector. */
function smallSpectrum(
  { matrix, size, weights }: SmallMatrix,
  sampleEvery?: number,
): (frequency: number) => number {
  if (sampleEvery === undefined)
    return (frequency) => {
      const shift = 2 * Math.PI * frequency;
      // (iω − A)x = e₁
      const x = solveComplex(
        matrix.map((a) => -a),
        size,
        0,
        shift,
        first(size),
      );
      return 4 * dotProduct(weights, x.subarray(0, size));
    };
  const step = denseExponential(
    matrix.map((a) => a * sampleEvery),
    size,
  );
  return (frequency) => {
    const phase = 2 * Math.PI * frequency * sampleEvery;
    const [c, s] = [Math.cos(phase), Math.sin(phase)];
    // (1+E)(1−E)⁻¹ = 2(1−E)⁻¹ − 1 with E = e^{−iφ}X; multiply by e^{iφ}: (e^{iφ} − X) y = e^{iφ} e₁
    const right = new Float64Array(2 * size);
    right[0] = c;
    right[size] = s;
    const y = solveComplex(
      step.map((a) => -a),
      size,
      c,
      s,
      right,
    );
    return 2 * sampleEvery * (2 * dotProduct(weights, y.subarray(0, size)) - weights[0]);
  };
}

function first(size: number): Float64Array {
  const e = new Float64Array(2 * size);
  e[0] = 1;
  return e;
}

/** (A + re + i·im) x = b as a real system of twice the size; real part first. */
function solveComplex(a: Float64Array, n: number, re: number, im: number, b: Float64Array): Float64Array {
  const doubled = new Float64Array(4 * n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      doubled[i * 2 * n + j] = a[i * n + j] + (i === j ? re : 0);
      doubled[(i + n) * 2 * n + j + n] = doubled[i * 2 * n + j];
    }
    doubled[i * 2 * n + i + n] = -im;
    doubled[(i + n) * 2 * n + i] = im;
  }
  solveDense(factorDense(doubled, 2 * n), b);
  return b;
}
