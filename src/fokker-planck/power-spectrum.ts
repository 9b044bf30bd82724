import type { Expression } from "../expression/expression.ts";
import { spaceUntilTwoAgree } from "../linear-algebra/agreed-space.ts";
import type { KrylovBasis } from "../linear-algebra/arnoldi.ts";
import { dotProduct, leading } from "../linear-algebra/arnoldi.ts";
import { factorDense, solveDense } from "../linear-algebra/dense-lu.ts";
import { hessenbergForm, solveHessenberg } from "../linear-algebra/hessenberg-solve.ts";
import { denseExponential } from "../linear-algebra/matrix-exponential.ts";
import { finer } from "./adaptive-evolution.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { fluctuation } from "./fluctuation.ts";
import type { Fluctuation } from "./fluctuation-in-basis.ts";
import type { SectorOperator } from "./instantaneous-operator.ts";
import { operatorOf } from "./instantaneous-operator.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
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
 * 4 Re⟨f|(2πif − F)⁻¹|(f−⟨f⟩)ρ_s⟩. By Krylov spaces of (F − s)⁻¹.
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
  const at = (lmax: number): Exact<number[]> => {
    const prepared = fluctuation(solution, stationary.value, of, lmax);
    if (prepared.value === null) return prepared;
    const found = spectrumOf(prepared.value, frequencies, options.sampleEvery, tolerance / 10);
    return found ? exactly(found) : outOfReach("the spectrum did not converge with 160 Krylov vectors");
  };
  return refineUntilTwoAgree<Round, number[], PowerSpectrum>({
    first: { lmax: Math.ceil(0.75 * solution.lmax), count: 0 },
    solve: ({ lmax }) => at(lmax),
    finer: ({ lmax, count }) => (count < mostRounds ? { lmax: finer(lmax), count: count + 1 } : undefined),
    compare({ coarse, fine }) {
      const errorEstimate = Math.max(0, ...fine.map((s, i) => Math.abs(s - coarse[i]) / Math.abs(s)));
      return errorEstimate <= tolerance ? { enough: exactly({ oneSidedPower: fine, errorEstimate }) } : {};
    },
    unresolved: ({ lmax }) => `the spectrum is not resolved by harmonics up to degree ${lmax}`,
  });
}

/** Most resolutions after the first. */
const mostRounds = 4;

/** One resolution and its number. */
interface Round {
  readonly lmax: number;
  readonly count: number;
}

/** Most vectors of one Krylov space. */
const mostVectors = 160;
/**
 * Real poles s, in the order in which they are tried: precession turns by about a radian in a unit of time; if the slowest mode is so
 * slow that it loses its digits with this pole, zero is nearer to it.
 */
const poles = [1, 0];

function spectrumOf(
  { forward, ordering, observable, source }: Fluctuation,
  frequencies: readonly number[],
  sampleEvery: number | undefined,
  tolerance: number,
): number[] | undefined {
  const total = frequencies.map(() => 0);
  for (const part of operatorOf(forward, ordering).sectors) {
    const b = part.gather(source);
    const f = part.gather(observable);
    if (b.every((x) => Math.abs(x) < 1e-16) || f.every((x) => Math.abs(x) < 1e-16)) continue;
    const found = poles.reduce<number[] | undefined>(
      (known, pole) => known ?? sectorSpectrum(part, { b, f, pole, frequencies, sampleEvery, tolerance }),
      undefined,
    );
    if (!found) return undefined;
    found.forEach((s, i) => {
      total[i] += s;
    });
  }
  return total;
}

function sectorSpectrum(
  part: SectorOperator,
  how: {
    b: Float64Array;
    f: Float64Array;
    pole: number;
    frequencies: readonly number[];
    sampleEvery: number | undefined;
    tolerance: number;
  },
): number[] | undefined {
  const { b, f, pole, frequencies, sampleEvery, tolerance } = how;
  const solver = part.shifted(pole);
  const length = Math.sqrt(dotProduct(b, b));
  const spectrumIn = ({ hessenberg, stride, size, vectors }: KrylovBasis): number[] => {
    const weights = Float64Array.from({ length: size }, (_, j) => length * dotProduct(vectors[j], f));
    const small = { h: leading(hessenberg, stride, size), size, pole, weights };
    return frequencies.map(sampleEvery === undefined ? continuous(small) : sampled(small, sampleEvery));
  };
  const { space, answer, isEnough } = spaceUntilTwoAgree((x) => solver.solve(x), b, {
    first: 12,
    next: (size) => Math.ceil(1.35 * size),
    most: mostVectors,
    answer: spectrumIn,
    agree: (smaller, larger) => {
      const largest = Math.max(...larger.map(Math.abs));
      return smaller.every(
        (s, i) => Math.abs(s - larger[i]) <= tolerance * Math.max(Math.abs(larger[i]), 1e-9 * largest),
      );
    },
  });
  return isEnough ? (answer ?? spectrumIn(space)) : undefined;
}

/** (F − pole)⁻¹ restricted to the Krylov space of the source, and the observable in it. */
interface SmallProblem {
  readonly h: Float64Array;
  readonly size: number;
  readonly pole: number;
  readonly weights: Float64Array;
}

/** S(f) = 4 Re w·(iω − F)⁻¹e₁ = 4 Re w·H((iω − s)H − 1)⁻¹e₁ with F = s + H⁻¹. */
function continuous({ h, size, pole, weights }: SmallProblem): (frequency: number) => number {
  // wᵀH, so that one row of numbers is enough for all frequencies
  const row = new Float64Array(size);
  for (let i = 0; i < size; i++)
    for (let j = Math.max(0, i - 1); j < size; j++) row[j] += weights[i] * h[i * size + j];
  return (frequency) => {
    const y = first(size);
    solveHessenberg(h, size, { re: -pole, im: 2 * Math.PI * frequency }, { re: -1, im: 0 }, y);
    return 4 * dotProduct(row, y.subarray(0, size));
  };
}

/** The same for a sampled series; X = exp(Fδ) is brought to Hessenberg form once for all frequencies. */
function sampled(
  { h, size, pole, weights }: SmallProblem,
  sampleEvery: number,
): (frequency: number) => number {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++) inverse[i * (size + 1)] = 1;
  solveDense(factorDense(h, size), inverse, size);
  const step = denseExponential(
    inverse.map((x, i) => sampleEvery * (x + (i % (size + 1) === 0 ? pole : 0))),
    size,
  );
  const form = hessenbergForm(step, size);
  const turned = (x: ArrayLike<number>): Float64Array =>
    Float64Array.from({ length: size }, (_, j) => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += form.q[i * size + j] * x[i];
      return sum;
    });
  const [start, row] = [turned(first(size)), turned(weights)];
  return (frequency) => {
    const phase = 2 * Math.PI * frequency * sampleEvery;
    const [c, s] = [Math.cos(phase), Math.sin(phase)];
    // (1+E)(1−E)⁻¹ = 2(1−E)⁻¹ − 1 with E = e^{−iφ}X; multiply by e^{iφ}: (e^{iφ} − X) y = e^{iφ} e₁
    const y = new Float64Array(2 * size);
    start.forEach((x, i) => {
      y[i] = c * x;
      y[size + i] = s * x;
    });
    solveHessenberg(form.h, size, { re: -1, im: 0 }, { re: c, im: s }, y);
    return 2 * sampleEvery * (2 * dotProduct(row, y.subarray(0, size)) - weights[0]);
  };
}

function first(size: number): Float64Array {
  const e = new Float64Array(2 * size);
  e[0] = 1;
  return e;
}
