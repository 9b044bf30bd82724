import type { Problem } from "../../experiment/problem.ts";
import { mul } from "../../expression/expression.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import { fluctuation } from "../../fokker-planck/fluctuation.ts";
import type { Fluctuation } from "../../fokker-planck/fluctuation-in-basis.ts";
import { reindexed } from "../../fokker-planck/harmonics.ts";
import type { Prediction } from "../../fokker-planck/predict.ts";
import { makePropagator } from "../../fokker-planck/propagator.ts";
import { factorSector, sectorMatrix, sectors } from "../../fokker-planck/sectors.ts";
import type { FokkerPlanckSolution } from "../../fokker-planck/solution.ts";
import { integrators } from "../../integrators/index.ts";
import { spaceUntilTwoAgree } from "../../linear-algebra/agreed-space.ts";
import type { KrylovBasis } from "../../linear-algebra/arnoldi.ts";
import { dotProduct, inverseProjection } from "../../linear-algebra/arnoldi.ts";
import { denseExponential, multiplyDense } from "../../linear-algebra/matrix-exponential.ts";
import type { OwnStepBiases } from "../../result-parts.ts";
import type { PromisedBias } from "../../statistics/promised-bias.ts";
import { expectedSpectrum } from "../../statistics/spectrum.ts";
import { bandEdges } from "../../statistics/spectrum-comparison.ts";
import { coefficientsOf, indexThatHolds, meanShifts, settingOf } from "../../statistics/step-bias.ts";
import { gridFor, pairings, transition } from "../../statistics/transition.ts";
import { sampledSpins } from "./count.ts";
import { firstSettled, segmentOf } from "./records.ts";
import type { PlannedSpectrum } from "./spec.ts";

/** Bias of a spectrum of the stationary state by the time step. */
export interface SpectrumStepBias {
  /** Largest relative bias of the mean over a band of frequencies, of the bands that are compared. */
  readonly band: number;
  /** Largest bias of a band in the standard errors of the run in that band. */
  readonly standardErrors: number;
  /** Largest bias of the autocovariance at any lag, as a share of the variance. */
  readonly covariance: number;
}

/** The bias of every spectrum of a problem as a result holds it. */
export const stepBiases = (
  spectra: readonly PlannedSpectrum[],
  problem: Problem,
  { value: prediction, reason }: Exact<Prediction>,
): OwnStepBiases => ({
  spectra: spectra.map((planned) => {
    const { name } = planned;
    const found = prediction
      ? spectrumStepBias(problem, prediction, planned)
      : outOfReach<SpectrumStepBias>(reason ?? "there is no exact side");
    const { band, standardErrors, covariance } = found.value ?? noBias;
    const because = found.value === null ? { reason: found.reason } : {};
    return { name, band, standardErrors, covariance, ...because };
  }),
});

const noBias = { band: null, standardErrors: null, covariance: null };

const known = new WeakMap<Problem, Map<string, Exact<SpectrumStepBias>>>();

/**
 * The bias that a step gives to the autocovariance and the spectrum of an observable, without a sample. With f̃ = f −
 * ⟨f⟩ the scheme has C_h(nh) = ∫ ρ_h f̃ P_hⁿ f̃, the exact process C(τ) = ∫ ρ_s f̃ exp(L†τ) f̃. Both are computed in
 * one space of densities, (L − σ)⁻ᵏ f̃ρ_s, in which the scheme's step is exp(hL) plus the contribution of P_h −
 * exp(hL†); ρ_h gives the shift of the variance.
 */
export function spectrumStepBias(
  problem: Problem,
  prediction: Prediction,
  planned: PlannedSpectrum,
): Exact<SpectrumStepBias> {
  const found = known.get(problem) ?? new Map<string, Exact<SpectrumStepBias>>();
  known.set(problem, found);
  const bias = found.get(planned.name) ?? biasOf(problem, prediction, planned);
  found.set(planned.name, bias);
  return bias;
}

/** The largest bias as a share of the promised one. */
export function stepShare(
  planned: PlannedSpectrum,
  problem: Problem,
  prediction: Prediction,
  { spectrum }: PromisedBias,
): number {
  const bias = spectrumStepBias(problem, prediction, planned).value;
  if (!bias) return 0;
  const seen = bias.band > spectrum.least ? bias.standardErrors / spectrum.standardErrors : 0;
  return Math.max(seen, bias.covariance / spectrum.covariance);
}

function biasOf(problem: Problem, prediction: Prediction, planned: PlannedSpectrum): Exact<SpectrumStepBias> {
  const { solution } = prediction.typical;
  const setting = settingOf(problem, solution);
  if (setting.value === null) return setting;
  const samples = Math.floor(problem.steps / planned.everySteps) + 1;
  const used = samples - firstSettled(problem, samples);
  const segment = segmentOf(used);
  if (segment === undefined) return outOfReach("there are too few samples for a spectrum");
  const followed = covariances(problem, solution, planned, segment);
  if (followed.value === null) return followed;
  const { exact, scheme } = followed.value;
  const [squares] = coefficientsOf(solution, setting.value.generator, [mul(planned.of, planned.of)]);
  const [mean] = coefficientsOf(solution, setting.value.generator, [planned.of]);
  const decay = 1 / (problem.steps * problem.timeStep);
  const [ofSquares, ofMean] = meanShifts(problem, solution, setting.value, [squares, mean], { decay });
  const stationary = solution.stationary().value;
  const shift = (ofSquares - 2 * (stationary?.mean(planned.of) ?? 0) * ofMean) / exact[0];
  const biased = scheme.map((c) => c * (1 + shift));
  const interval = planned.everySteps * problem.timeStep;
  const [before, after] = [exact, biased].map((c) => expectedSpectrum(c, segment, interval));
  // Hann: neighbours share 2/3 and 1/6, halves that overlap share 1/6 of the amplitude
  const records = recordedSpins(problem) * (1 + Math.floor((used - segment) / (segment / 2)));
  const edges = bandEdges(segment / 2 + 1, comparedBands);
  let [band, standardErrors] = [0, 0];
  for (let b = 0; b + 1 < edges.length; b++) {
    const count = edges[b + 1] - edges[b];
    let off = 0;
    for (let k = edges[b]; k < edges[b + 1]; k++) off += (after[k] / before[k] - 1) / count;
    band = Math.max(band, Math.abs(off));
    standardErrors = Math.max(standardErrors, Math.abs(off) * Math.sqrt((records * count) / 2));
  }
  const covariance = Math.max(...exact.map((c, j) => Math.abs(biased[j] - c))) / exact[0];
  return exactly({ band, standardErrors, covariance });
}

/** Bands of frequencies that are compared, and the spins that are recorded. */
const comparedBands = 8;
const recordedSpins = ({ ensemble }: Problem): number => Math.min(ensemble, sampledSpins);

/** Largest change of the autocovariance, relative to the variance, when the space of densities grows. */
const settled = 1e-5;
const mostDensities = 64;
/** The pole of the space: neither the fastest precession nor the slowest decay is far from it. */
const poleShare = 0.3;
const largestRate = ({ integrator, timeStepLimit }: Problem): number =>
  integrators[integrator].stepLimit / timeStepLimit;
/** Largest dropped coefficient of a function, relative to its largest one. */
const negligible = 1e-6;
/** Points of the interpolation along each angle. */
const points = 8;

interface Covariances {
  readonly exact: Float64Array;
  readonly scheme: Float64Array;
}

/** Autocovariances at the lags of a segment, of the process and of the scheme's steps from the same density. */
function covariances(
  problem: Problem,
  solution: FokkerPlanckSolution,
  { of, everySteps }: PlannedSpectrum,
  segment: number,
): Exact<Covariances> {
  const stationary = solution.stationary();
  if (stationary.value === null) return stationary;
  const prepared = fluctuation(solution, stationary.value, of, solution.lmax);
  if (prepared.value === null) return prepared;
  const { index, forward, ordering, observable, source } = prepared.value;
  if (!index) return outOfReach("the bias of a step is computed in harmonics of the sphere");
  const h = problem.timeStep;
  const length = Math.sqrt(dotProduct(source, source));
  const lags = (step: Float64Array, densities: readonly Float64Array[]): Float64Array =>
    covarianceOf(
      power(step, densities.length, everySteps),
      Float64Array.from(densities, (density) => length * dotProduct(density, observable)),
      segment,
    );
  const space = settledSpace(prepared.value, poleShare * largestRate(problem), h, lags);
  if (space.value === null) return space;
  const { densities, step, exact } = space.value;
  const size = densities.length;
  const held = indexThatHolds(index, densities, negligible);
  const grid = gridFor(held, held);
  // ∫ψᵢ P†ψⱼ = ∫ψⱼ Pψᵢ: the densities of the space are moved as functions
  const moved = transition(
    problem,
    solution,
    held,
    grid,
    points,
  )(densities.map((c) => reindexed(index, held, c)));
  // one step differs little from the exact evolution, which must therefore be accurate to rounding
  const { advance } = makePropagator(forward, ordering, { tolerance: 1e-13, of: "functions" });
  const truly = densities.map((c) => advance(c, h));
  const rows = pairings(index, grid, densities);
  const taken = step.slice();
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      taken[i * size + j] += rows[j](moved[i]) - dotProduct(densities[i], truly[j]) + (i === j ? 1 : 0);
  return exactly({ exact, scheme: lags(taken, densities) });
}

/** Densities that span a space, exp(hL) in it, and the resulting autocovariance. */
interface FollowedSpace {
  readonly densities: readonly Float64Array[];
  readonly step: Float64Array;
  readonly exact: Float64Array;
}

/**
 * The space of the densities (L − σ)⁻ᵏ f̃ρ_s with the pole σ, enlarged until the autocovariance at all lags converges.
 */
function settledSpace(
  { forward, ordering, source }: Pick<Fluctuation, "forward" | "ordering" | "source">,
  pole: number,
  h: number,
  lags: (step: Float64Array, densities: readonly Float64Array[]) => Float64Array,
): Exact<FollowedSpace> {
  const followedIn = (space: KrylovBasis): FollowedSpace => {
    const { size, vectors } = space;
    const step = denseExponential(
      generatorOf(space, pole).map((a) => a * h),
      size,
    );
    const densities = vectors.slice(0, size);
    return { densities, step, exact: lags(step, densities) };
  };
  const { space, answer, isEnough } = spaceUntilTwoAgree(shiftedInverse(forward, ordering, pole), source, {
    first: 6,
    next: (size) => Math.ceil(1.3 * size),
    most: Math.min(mostDensities, source.length - 1),
    answer: followedIn,
    agree: ({ exact: smaller }, { exact: larger }) =>
      smaller.every((c, j) => Math.abs(c - larger[j]) < settled * larger[0]),
  });
  if (!isEnough) return outOfReach(`the autocovariance did not settle with ${mostDensities} densities`);
  return exactly(answer ?? followedIn(space));
}

/** x ← (L − σ)⁻¹ x, sector by sector. */
function shiftedInverse(
  forward: Fluctuation["forward"],
  ordering: Fluctuation["ordering"],
  pole: number,
): (x: Float64Array) => void {
  const parts = sectors(forward, ordering, 0).map((sector) => ({
    sector,
    solver: factorSector(sectorMatrix(forward, sector, 1, -pole), sector),
  }));
  return (x) => {
    const b = x.slice();
    x.fill(0);
    for (const { sector, solver } of parts) {
      const part = Float64Array.from(sector.unknowns, (i) => b[i]);
      if (part.every((value) => Math.abs(value) < 1e-15)) continue;
      solver.solve(part);
      sector.unknowns.forEach((unknown, i) => {
        x[unknown] = part[i];
      });
    }
  };
}

/** L in a Krylov space of its shifted inverse: H⁻¹ + σ. */
function generatorOf(space: KrylovBasis, pole: number): Float64Array {
  const matrix = inverseProjection(space);
  for (let i = 0; i < space.size; i++) matrix[i * (space.size + 1)] += pole;
  return matrix;
}

/** A matrix to a whole power. */
function power(matrix: Float64Array, size: number, exponent: number): Float64Array {
  let result: Float64Array | undefined;
  for (let [rest, square] = [exponent, matrix]; ; square = multiplyDense(square, square, size)) {
    if (rest % 2 === 1) result = result ? multiplyDense(result, square, size) : square;
    rest = Math.floor(rest / 2);
    if (rest === 0) return result as Float64Array;
  }
}

/** weights · stepʲ e₁ for j = 0 … count − 1. */
function covarianceOf(step: Float64Array, weights: Float64Array, count: number): Float64Array {
  const size = weights.length;
  let x: Float64Array = new Float64Array(size);
  x[0] = 1;
  return Float64Array.from({ length: count }, () => {
    const value = dotProduct(weights, x);
    x = Float64Array.from({ length: size }, (_, i) => dotProduct(step.subarray(i * size, (i + 1) * size), x));
    return value;
  });
}
