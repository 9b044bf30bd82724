import { compileScalar } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import type { Complex } from "../linear-algebra/hessenberg.ts";
import { areParallel } from "../numerics/parallel.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import { evolveUntilSettled } from "./adaptive-evolution.ts";
import { axialCoefficients, axialInitial } from "./axial-initial.ts";
import type { AxialMode } from "./axial-modes.ts";
import { axialModes } from "./axial-modes.ts";
import type { AxialProfile } from "./axial-profile.ts";
import { axialProfile } from "./axial-profile.ts";
import { axialSpectrum } from "./axial-spectrum.ts";
import { turnsAbout } from "./axis.ts";
import { chainRate } from "./chain-rate.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import type { Exact } from "./exact.ts";
import { allOrNone, exactly, outOfReach } from "./exact.ts";
import type { Frame, Vec3 } from "./frame.ts";
import { dynamicsInFrame, frameAlong } from "./frame.ts";
import type { Generator } from "./generator.ts";
import { generator, separateDynamics } from "./generator.ts";
import { harmonicIndex } from "./harmonics.ts";
import { initialCoefficients } from "./initial.ts";
import { instantaneous } from "./instantaneous.ts";
import { lazyDensity } from "./lazy-density.ts";
import type { Meridian } from "./meridian.ts";
import { alongAxis } from "./meridian.ts";
import type { FokkerPlanckOptions, FokkerPlanckSolution } from "./solution.ts";
import { placesOfKinks } from "./unresolved.ts";

/** Largest span of Ψ/D: beyond it exp(−Ψ/D) leaves the range of double precision. With a single well the span may be larger. */
const largestSpan = 650;
const longestSlope = 3e5;

/** Whether Ψ/D has one minimum only, so that values that underflow far above it do not matter. */
export function isOneWell({ exponent }: AxialProfile): boolean {
  const bottom = exponent.indexOf(0);
  const rounding = 1e-9;
  return exponent.every((w, i) =>
    i === 0 || i <= bottom ? i === 0 || w <= exponent[i - 1] + rounding : w >= exponent[i - 1] - rounding,
  );
}

/** Largest height of a single slope, in kT, that quadratures and harmonics resolve from end to end. */
const longestNormalSlope = 60;

/** A solution that also offers its one-dimensional form. */
export interface AxialSolution extends FokkerPlanckSolution {
  readonly method: "axial";
  readonly axis: Vec3;
  /** exp(−Ψ/D) along the axis, at the solution's time. */
  readonly profile: AxialProfile;
  /** Slowest axially symmetric modes, with their functions at the profile's nodes. */
  modes(count: number): readonly AxialMode[];
}

/** Whether a solution is one-dimensional. */
export const isAxialSolution = (solution: FokkerPlanckSolution): solution is AxialSolution =>
  solution.method === "axial";

/**
 * Solves problems in which Ψ and Ω are functions of axis·m. Double quadrature gives the stationary state and the slowest rate (accurate
 * at any barrier, with or without torques, because only Ψ/D enters). Everything else is solved in Legendre functions, order by order.
 */
export function solveAxial(
  dynamics: Dynamics,
  axis: Vec3,
  options: FokkerPlanckOptions,
): Exact<AxialSolution> {
  const { tolerance = 1e-7, maximumDegree = 400, breakpoints = [], time = 0 } = options;
  const frame = frameAlong(axis);
  const held = instantaneous(dynamics, time);
  const diffusion = compileScalar(held.diffusion, [])();
  const potential = alongAxis(frame, mul(1 / diffusion, held.psi));
  const found = profileWithinReach(potential);
  if (found.value === null) return found;
  const { profile, span } = found.value;
  // on a long slope exp(−W) underflows at the far end of the quadratures, and the operator in harmonics is far from normal
  const isLongSlope = isOneWell(profile) && span > longestNormalSlope;
  const rate = isLongSlope
    ? chainRate(potential, diffusion, span)
    : rateByQuadrature(profile, potential, diffusion, span);
  const separated = separatedAlong(frame, axis, dynamics, Math.min(120, maximumDegree >> 1));
  const made = new Map<string, Generator>();
  const at = (lmax: number, mmax = lmax): Generator => {
    if (separated.value === null) throw new Error(separated.reason);
    const key = `${lmax} ${mmax}`;
    const known = made.get(key) ?? generator(separated.value, lmax, Math.min(mmax, lmax), true);
    made.set(key, known);
    return known;
  };
  const evolveEach = (initial: InitialLaw, times: readonly number[]): Exact<readonly Exact<Density>[]> =>
    separated.value === null
      ? separated
      : evolveAxially(
          { axis, frame, generator: at, first, breakpoints, maximumDegree, tolerance },
          initial,
          times,
        );
  const { density, lmax, tail } = stationaryDensity(profile, frame, span, maximumDegree);
  const first = Math.min(Math.ceil(Math.max(14, 5 * Math.sqrt(span))), Math.floor(maximumDegree / 1.3));
  return exactly({
    method: "axial",
    axis,
    frame,
    dynamics,
    time,
    profile,
    size: lmax + 1,
    lmax,
    errorEstimate: Math.max(1e-12, tail),
    converged: tail <= tolerance,
    ...(tail <= tolerance
      ? {}
      : {
          reason: `the stationary density is not resolved by harmonics up to degree ${lmax}; its moments and the slowest rate are, by quadrature`,
        }),
    slowestRate: rate,
    modes: (count) => axialModes(profile, diffusion, count),
    stationary: () => exactly(density),
    eigenvalues: (count): Exact<readonly Complex[]> =>
      isLongSlope
        ? outOfReach(
            `down a slope of ${span.toPrecision(3)} kT the operator is too far from normal for its eigenvalues to be resolved`,
          )
        : separated.value === null
          ? separated
          : axialSpectrum({
              generator: at,
              diffusion,
              slowest: rate.value,
              profile,
              first,
              count,
              time,
              maximumDegree,
            }),
    evolve: (initial, times) => allOrNone(evolveEach(initial, times)),
    evolveEach,
    generator: (lmax, mmax) => (separated.value === null ? separated : exactly(at(lmax, mmax))),
    nearby: (changed) => solveAxial(changed, axis, options),
  });
}

/** exp(−Ψ/D) along the axis and the span of Ψ/D in kT, if double precision is enough. */
function profileWithinReach(
  potential: Meridian,
): Exact<{ readonly profile: AxialProfile; readonly span: number }> {
  const heights = Array.from({ length: 201 }, (_, i) => potential(-Math.cos((Math.PI * i) / 200)));
  const height = Math.max(...heights) - Math.min(...heights);
  const beyond = (barrier: number) =>
    outOfReach<never>(`the barrier of ${barrier.toPrecision(3)} kT is beyond double precision`);
  if (height > longestSlope) return beyond(height);
  let profile: AxialProfile;
  try {
    profile = axialProfile(potential);
  } catch (error) {
    if (error instanceof RangeError) return outOfReach(error.message);
    throw error;
  }
  const span = profile.exponent.reduce((a, b) => Math.max(a, b));
  return span > (isOneWell(profile) ? longestSlope : largestSpan) ? beyond(span) : exactly({ profile, span });
}

const separatedAlong = (frame: Frame, axis: Vec3, dynamics: Dynamics, degree: number) =>
  separateDynamics(dynamicsInFrame(frame, dynamics), degree, (space) => placesOfKinks(space, axis));

/** The slowest rate by quadratures. Its error is computed when it is read, because many solutions are used for their densities alone. */
function rateByQuadrature(
  profile: AxialProfile,
  potential: Meridian,
  diffusion: number,
  span: number,
): Exact<number> & { readonly value: number } {
  const [{ rate }] = axialModes(profile, diffusion, 1);
  let error: number | undefined;
  return {
    value: rate,
    /** The change by halved panels, but at least the rounding of exp(−W) at the top of the barrier. */
    get errorEstimate() {
      if (error === undefined) {
        const [finer] = axialModes(axialProfile(potential, -1, 1, true), diffusion, 1);
        error = Math.max(Math.abs(finer.rate / rate - 1), Number.EPSILON * (1 + span));
      }
      return error;
    },
  };
}

/** The inputs for the evolution of an axial problem's densities. */
interface AxialEvolution {
  readonly axis: Vec3;
  readonly frame: Frame;
  readonly generator: (lmax: number, mmax: number) => Generator;
  /** First degree. */
  readonly first: number;
  readonly breakpoints: readonly number[];
  readonly maximumDegree: number;
  readonly tolerance: number;
}

/** Degree up to which all azimuthal orders are computed. */
const mostOfAll = 200;

/**
 * Densities at ascending times: order 0 for an initial density symmetric about the axis; otherwise the orders up to 2, which moments
 * need, and the others on demand.
 */
function evolveAxially(
  { axis, frame, generator, first, breakpoints, maximumDegree, tolerance }: AxialEvolution,
  initial: InitialLaw,
  times: readonly number[],
): Exact<readonly Exact<Density>[]> {
  const evolved = (mmax: number, times: readonly number[]) => {
    const most = mmax > 2 ? Math.min(mostOfAll, maximumDegree) : maximumDegree;
    return evolveUntilSettled({
      generator: (degree) => exactly(generator(degree, mmax)),
      initial: (index) =>
        mmax === 0 ? axialInitial(initial, index, frame) : initialCoefficients(initial, index, frame),
      frame,
      times,
      breakpoints,
      lmax: Math.min(first, Math.floor(most / 1.3)),
      maximumDegree: most,
      tolerance,
      ...(mmax === 0 ? { resolvedUpTo: maximumDegree } : {}),
    });
  };
  if (!needsAzimuth(initial, axis)) return evolved(0, times);
  const known = evolved(2, times);
  if (known.value === null) return known;
  let all: Exact<readonly Exact<Density>[]> | undefined;
  const whole = (i: number): Exact<Density> => {
    all ??= evolved(Number.POSITIVE_INFINITY, times);
    return all.value === null ? all : all.value[i];
  };
  return exactly(
    known.value.map((one, i) =>
      one.value === null
        ? one
        : exactly(
            lazyDensity(one.value, () => whole(i)),
            one.errorEstimate,
          ),
    ),
  );
}

/** Whether an initial density breaks the axial symmetry. */
function needsAzimuth(initial: InitialLaw, axis: Vec3): boolean {
  if ("isotropic" in initial) return false;
  if ("direction" in initial) return !areParallel(initial.direction, axis);
  return !turnsAbout([initial.energyOverKT], axis);
}

/** exp(−Ψ/D)/Z in Legendre functions, the degree raised until the tail is rounding. */
function stationaryDensity(
  profile: AxialProfile,
  frame: Frame,
  span: number,
  maximumDegree: number,
): { density: Density; lmax: number; tail: number } {
  let lmax = Math.ceil(24 + 6 * Math.sqrt(span));
  for (;;) {
    const index = harmonicIndex(lmax, 0);
    const c = axialCoefficients(profile, index);
    const tail = Math.max(...c.slice(-6).map(Math.abs));
    if (tail < 1e-13 || lmax >= maximumDegree)
      return { density: harmonicDensity(index, c, frame), lmax, tail };
    lmax = Math.min(maximumDegree, Math.ceil(1.25 * lmax));
  }
}
