import { compileScalar, compileVector } from "../expression/compile.ts";
import { mul } from "../expression/expression.ts";
import type { Complex } from "../linear-algebra/hessenberg.ts";
import { infinityNorm } from "../linear-algebra/sparse.ts";
import { spreadPoints } from "../numerics/sphere-points.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { surfaceGradient } from "../physics/dynamics.ts";
import { evolveUntilSettled, finer, isNearlySame, momentDifference } from "./adaptive-evolution.ts";
import type { Cost } from "./cost.ts";
import { costAt, costOf, leastCost, shownCost } from "./cost.ts";
import type { Cut } from "./cut.ts";
import {
  comparedCuts,
  isTriangle,
  rectangle,
  rectangleFor,
  reshaped,
  shownCut,
  sizeOf,
  triangle,
} from "./cut.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import { isEquilibrium } from "./equilibrium.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Frame } from "./frame.ts";
import { dynamicsInFrame } from "./frame.ts";
import { frozenAt } from "./frozen.ts";
import { operatorOf } from "./frozen-operator.ts";
import type { Generator, SeparatedDynamics } from "./generator.ts";
import { generator, separateDynamics } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import { harmonicIndex, reindexed } from "./harmonics.ts";
import { boltzmannCoefficients, initialCoefficients } from "./initial.ts";
import { polarFrame } from "./polar-frame.ts";
import { remembering } from "./remembering.ts";
import { slowestRateAtEquilibrium } from "./slow-rate.ts";
import type { FokkerPlanckOptions, FokkerPlanckSolution } from "./solution.ts";
import { firstModes, slowestModes } from "./spectrum-of-generator.ts";
import { stationaryCoefficients } from "./stationary.ts";

/** A well of a span in kT takes at the very least this many degrees over the root of the span. */
const wellsPerDegree = 3;
/** Rates below this share of the matrix norm are taken from an integral of squares: the matrix has lost digits there. */
const smallRate = 1e-8;

/** Rates whose resolutions differ by more of themselves are not given, nor are moments that differ by more. */
const largestError = 1e-3;
const largestMomentError = 1e-5;
/** Where the next resolution costs more than these seconds, this agreement will do. */
const dear = 2;
const dearTolerance = 1e-6;
/** Seconds from which on it pays to look for the shape of the cut, and by how much a rectangle grows at the least. */
const worthShaping = 1;
const leastGrowth = 1.12;
/** Memory that factorizations of one resolution may take. */
const mostBytes = 1e9;
/** exp(−U) of this span has no digits left beyond this many degrees and this many times the root of the span. */
const smoothDegree = 24;
const smoothPerSpan = 14;

/** What one resolution says. */
interface Resolved {
  readonly generator: Generator;
  readonly stationary: Density;
  readonly rate: Complex;
  readonly cost: Cost;
}

/**
 * Solves on the full sphere in real spherical harmonics, the degree found by comparing lmax with 1.25 lmax. Figures carry the
 * difference of the two resolutions and are given where it is small enough to be of use; resolutions that would cost more than
 * the seconds allowed are not begun.
 */
export function solveFullSphere(
  dynamics: Dynamics,
  options: FokkerPlanckOptions,
): Exact<FokkerPlanckSolution> {
  const { tolerance = 1e-7, maximumDegree = 400, breakpoints = [], time = 0, seconds = 20 } = options;
  const frame = options.frame ?? polarFrame(frozenAt(dynamics, time).psi);
  const there = dynamicsInFrame(frame, dynamics);
  const separated = separateDynamics(there, Math.min(60, maximumDegree >> 1));
  if (separated.value === null) return separated;
  const problem = separated.value;
  const frozen = frozenAt(there, time);
  const diffusion = compileScalar(frozen.diffusion, [])();
  const potential = isEquilibrium(frozenAt(dynamics, time)) ? mul(1 / diffusion, frozen.psi) : undefined;
  const { first, span } = firstDegree(frozen, diffusion);
  const least = Math.ceil(wellsPerDegree * Math.sqrt(span));
  const leastWork = leastCost(least);
  if (least > maximumDegree || leastWork.seconds > seconds || leastWork.bytes > mostBytes)
    return outOfReach(
      `wells of ${span.toPrecision(3)} kT need harmonics of degree ${least} at the very least: ${shownCost(leastWork)}, and degree ${maximumDegree}, ${seconds} s and ${mostBytes / 1e9} GB are allowed`,
    );

  const generators = new Map<string, Generator>();
  const nameOf = ({ lmax, mmax, height }: Cut): string => `${lmax} ${mmax} ${height}`;
  const made = (cut: Cut): Generator => {
    const known = generators.get(nameOf(cut)) ?? generator(problem, cut.lmax, cut.mmax, false, cut.height);
    generators.set(nameOf(cut), known);
    return known;
  };
  const equilibrium =
    potential && remembering((lmax: number) => boltzmannCoefficients(potential, harmonicIndex(lmax)), 2);
  const resolve = (cut: Cut, near?: Resolved): Resolved =>
    resolved(made(cut), frozen, { time, frame, equilibrium, span, problem, near });

  const begin = Math.min(first, Math.floor((maximumDegree - 4) / 1.25));
  let cut = triangle(begin);
  let coarse = resolve(cut);
  let spent = coarse.cost.seconds;
  for (;;) {
    const next = nextCut(coarse, cut, maximumDegree, time);
    const fine = resolve(next, coarse);
    spent += fine.cost.seconds;
    const stationaryError = momentDifference(fine.stationary, coarse.stationary);
    const rateError = fine.rate.re > 0 ? difference(fine.rate, coarse.rate) : Number.POSITIVE_INFINITY;
    const errorEstimate = Math.max(stationaryError, difference(fine.rate, coarse.rate));
    const afterwards = nextCut(fine, next, maximumDegree, time);
    const further = costAt(fine.cost, sizeOf(next), sizeOf(afterwards));
    const wanted = further.seconds > dear ? Math.max(tolerance, dearTolerance) : tolerance;
    const converged = Math.max(stationaryError, rateError) <= wanted;
    const isLast = isTriangle(next) === isTriangle(afterwards) && isNearlySame(next.lmax, afterwards.lmax);
    const isTooDear = spent + further.seconds > seconds || further.bytes > mostBytes;
    if (converged || isLast || isTooDear) {
      const shown = (x: number) => x.toExponential(1);
      const limit = isLast
        ? `degree ${maximumDegree} is allowed`
        : `${shownCut(afterwards)} would take ${shownCost(further)}, and ${seconds} s and ${mostBytes / 1e9} GB are allowed${further.bytes > mostBytes ? "" : `: seconds: ${Math.ceil(spent + further.seconds)} under exact: would allow it`}`;
      const reason = converged
        ? undefined
        : `${comparedCuts(next, cut)}: stationary moments differ by ${shown(stationaryError)}, the slowest rate by ${shown(difference(fine.rate, coarse.rate))} of itself; ${shown(wanted)} is asked; ${limit}`;
      const coarser = coarse;
      const refused = `${reason}; a rate is given where it is known to ${shown(largestError)}`;
      const isKnown = rateError <= Math.max(largestError, tolerance);
      return exactly({
        method: "full sphere",
        dynamics,
        time,
        frame,
        size: fine.generator.index.size,
        lmax: next.lmax,
        cut: next,
        errorEstimate,
        converged,
        ...(reason ? { reason } : {}),
        slowestRate: isKnown ? exactly(fine.rate.re, rateError) : outOfReach<number>(refused),
        stationary: () =>
          stationaryError <= Math.max(largestMomentError, tolerance)
            ? exactly(fine.stationary, stationaryError)
            : outOfReach(reason ?? ""),
        eigenvalues: (count) =>
          isKnown ? agreedSpectrum(fine, coarser, count, time, tolerance) : outOfReach(refused),
        evolve: (initial, times) =>
          evolveUntilSettled({
            generator: (lmax) => exactly(made(reshaped(next, lmax))),
            initial: (index) => initialCoefficients(initial, index, frame),
            frame,
            times,
            breakpoints,
            lmax: converged ? Math.min(coarser.generator.index.lmax, Math.ceil(next.lmax / 1.25)) : begin,
            maximumDegree: Math.min(maximumDegree, Math.max(150, finer(next.lmax))),
            tolerance,
          }),
        generator: (lmax) => exactly(made(reshaped(next, lmax))),
      });
    }
    generators.delete(nameOf(cut));
    cut = next;
    coarse = fine;
  }
}

/**
 * The next resolution to compare with: finer in all directions, but where that is dear, the rectangle that the slow mode needs
 * if it is smaller.
 */
function nextCut(from: Resolved, cut: Cut, maximumDegree: number, time: number): Cut {
  const further = reshaped(cut, Math.min(finer(cut.lmax), maximumDegree));
  if (costAt(from.cost, sizeOf(cut), sizeOf(further)).seconds < worthShaping) return further;
  const { index } = from.generator;
  const modes = (left: boolean) =>
    slowestModes(from.generator.frozen(time), harmonicOrdering(from.generator), 1, { left })[0];
  const [right, left] = [modes(false), modes(true)];
  if (!right || !left || right.rate.im !== 0) return further;
  const needed = rectangleFor(index, right.re, left.re);
  const grown = isTriangle(cut)
    ? needed
    : rectangle(
        Math.max(needed.height, Math.ceil(leastGrowth * cut.height)),
        Math.max(needed.mmax, Math.ceil(leastGrowth * cut.mmax)),
      );
  return grown.lmax <= maximumDegree && sizeOf(grown) < sizeOf(further) ? grown : further;
}

const difference = (a: Complex, b: Complex): number =>
  Math.hypot(a.re - b.re, Math.abs(a.im) - Math.abs(b.im)) / Math.hypot(a.re, a.im);

function resolved(
  made: Generator,
  frozen: Dynamics,
  how: {
    time: number;
    frame: Frame;
    equilibrium?: ((lmax: number) => Float64Array) | undefined;
    span: number;
    problem: SeparatedDynamics;
    near?: Resolved | undefined;
  },
): Resolved {
  const forward = made.frozen(how.time);
  const ordering = harmonicOrdering(made);
  const { index } = made;
  const smooth = harmonicIndex(
    Math.min(index.lmax, Math.ceil(smoothDegree + smoothPerSpan * Math.sqrt(how.span))),
  );
  const coefficients = how.equilibrium
    ? reindexed(smooth, index, how.equilibrium(smooth.lmax))
    : stationaryCoefficients(forward, ordering);
  const stationary = harmonicDensity(index, coefficients, how.frame);
  const near =
    how.near &&
    reindexed(
      how.near.generator.index,
      index,
      firstModes(how.near.generator.frozen(how.time), harmonicOrdering(how.near.generator)),
    );
  const rate = slowestModes(forward, ordering, 1, { near })[0]?.rate ?? { re: 0, im: 0 };
  const cost = costOf(made, operatorOf(forward, ordering));
  const size = infinityNorm(forward);
  const modulus = Math.hypot(rate.re, rate.im);
  if (how.equilibrium && modulus < smallRate * size) {
    const slow = slowestRateAtEquilibrium(frozen, how.problem.degree, index.lmax);
    if (slow.value !== null) return { generator: made, stationary, cost, rate: { re: slow.value, im: 0 } };
  }
  // a rate at the level of rounding is no rate
  return { generator: made, stationary, cost, rate: modulus > 1e-15 * size ? rate : { re: -1, im: 0 } };
}

/** The zero mode and the modes on which both resolutions agree, up to the first disagreement. */
function agreedSpectrum(
  fine: Resolved,
  coarse: Resolved,
  count: number,
  time: number,
  tolerance: number,
): Exact<Complex[]> {
  const modes = (from: Resolved) =>
    slowestModes(from.generator.frozen(time), harmonicOrdering(from.generator), Math.max(1, count - 1)).map(
      ({ rate }) => rate,
    );
  const [a, b] = [modes(fine), modes(coarse)];
  const agreed: Complex[] = [{ re: 0, im: 0 }];
  let error = difference(fine.rate, coarse.rate);
  for (const rate of a) {
    if (agreed.length >= count) break;
    // the slowest rate is the one already found: at a high barrier the matrix itself does not resolve it
    if (agreed.length === 1 && rate.im === 0 && fine.rate.im === 0) agreed.push(fine.rate);
    else {
      const apart = Math.min(...b.map((other) => difference(rate, other)));
      if (!(apart <= Math.max(largestError, tolerance))) break;
      error = Math.max(error, apart);
      agreed.push(rate);
    }
  }
  return exactly(agreed, error);
}

/** Span of Ψ/D in kT and the degree to begin with: wells of width 1/√span, layers of √α in energy at low damping. */
export function firstDegree(frozen: Dynamics, diffusion: number): { first: number; span: number } {
  const psi = compileScalar(frozen.psi, ["mx", "my", "mz"]);
  const gradients = compileVector(
    [...surfaceGradient(frozen.psi), ...surfaceGradient(frozen.omega)],
    ["mx", "my", "mz"],
  );
  const slope = new Float64Array(6);
  let [low, high, relaxing, turning] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const point of spreadPoints(1000)) {
    const value = psi(...point) / diffusion;
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    gradients(slope, 0, ...point);
    relaxing = Math.max(relaxing, Math.hypot(slope[0], slope[1], slope[2]));
    turning = Math.max(turning, Math.hypot(slope[3], slope[4], slope[5]));
  }
  const span = high - low;
  const damping = turning > 0 ? Math.min(1, relaxing / turning) : 1;
  const first = Math.max(12, 4.5 * Math.sqrt(span), 1.3 * Math.sqrt(span / Math.max(damping, 1e-6)));
  return { first: Math.ceil(first), span };
}
