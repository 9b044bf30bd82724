import { compileScalar } from "../expression/compile.ts";
import { mul, variablesOf } from "../expression/expression.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import type { InitialLaw } from "../physics/initial/initial-law.ts";
import {
  evolveUntilSettled,
  finer,
  isNearlySame,
  largestMomentError,
  momentDifference,
} from "./adaptive-evolution.ts";
import { agreedSpectrum, comparedModes } from "./agreed-spectrum.ts";
import { costAt, leastCost, shownCost } from "./cost.ts";
import type { Cut } from "./cut.ts";
import { comparedCuts, indexOf, isTriangle, reshaped, shownCut, sizeOf, triangle } from "./cut.ts";
import { isEquilibrium } from "./equilibrium.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Expansion } from "./expansion-once.ts";
import { expandedOnce } from "./expansion-once.ts";
import { firstCut, firstDegree } from "./first-degree.ts";
import { dynamicsInFrame } from "./frame.ts";
import type { Generator } from "./generator.ts";
import { generator, separateDynamics } from "./generator.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { boltzmannCoefficients, initialCoefficients } from "./initial.ts";
import { instantaneous } from "./instantaneous.ts";
import { polarFrame } from "./polar-frame.ts";
import type { Agreement, Neighbours } from "./refinement.ts";
import { refineUntilTwoAgree } from "./refinement.ts";
import type { ResolutionAnswer } from "./resolution.ts";
import { nextCut, resolved } from "./resolution.ts";
import { relativeDifference } from "./slow-mode.ts";
import { slowestRateSeconds } from "./slow-rate.ts";
import type { FokkerPlanckOptions, FokkerPlanckSolution } from "./solution.ts";
import { stillMissing } from "./still-missing.ts";

/** A well of a span in kT takes at the very least this many degrees over the root of the span. */
const wellsPerDegree = 3;
/** Rates whose resolutions differ by more of themselves are not given. */
const largestError = 1e-3;
/** Where the next resolution costs more than these seconds, this agreement will do. */
const dear = 0.5;
const dearTolerance = 1e-6;
/** Differences that fall by less than this from one resolution to the next do not converge any more. */
const stagnant = 0.7;
/** Seconds that all integrals of squares may take where the experiment does not say what its exact side may. */
const mostQuotients = 100;
/** Memory that factorizations of one resolution may take. */
const mostBytes = 1e9;
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
  const frame = options.frame ?? polarFrame(instantaneous(dynamics, time).psi);
  const there = dynamicsInFrame(frame, dynamics);
  const separated = separateDynamics(there, Math.min(60, maximumDegree >> 1));
  if (separated.value === null) return separated;
  const problem = separated.value;
  const held = instantaneous(there, time);
  const diffusion = compileScalar(held.diffusion, [])();
  const potential = isEquilibrium(instantaneous(dynamics, time)) ? mul(1 / diffusion, held.psi) : undefined;
  const { first, firstOrder, span, layers } = firstDegree(held, diffusion);
  const least = Math.ceil(wellsPerDegree * Math.sqrt(span));
  const leastWork = leastCost(least);
  if (least > maximumDegree || leastWork.seconds > seconds || leastWork.bytes > mostBytes)
    return outOfReach(
      `wells of ${span.toPrecision(3)} kT need harmonics of degree ${least} at the very least: ${shownCost(leastWork)}, and degree ${maximumDegree}, ${seconds} s and ${mostBytes / 1e9} GB are allowed`,
    );

  const starts = new WeakMap<InitialLaw, Expansion>();
  const startOf = (initial: InitialLaw): Expansion => {
    const start = starts.get(initial) ?? expandedOnce((index) => initialCoefficients(initial, index, frame));
    starts.set(initial, start);
    return start;
  };
  const generators = new Map<string, Generator>();
  const nameOf = ({ lmax, mmax, height }: Cut): string => `${lmax} ${mmax} ${height}`;
  const made = (cut: Cut): Generator => {
    const known = generators.get(nameOf(cut)) ?? generator(problem, cut.lmax, cut.mmax, false, cut.height);
    generators.set(nameOf(cut), known);
    return known;
  };
  const equilibrium =
    potential && expandedOnce((index: HarmonicIndex) => boltzmannCoefficients(potential, index));
  // the stationary state, which is known, and densities soon after a start in a well have no such layers
  const isRateBeyond = equilibrium !== undefined && layers > maximumDegree;
  let spent = 0;
  const instantaneousProblem = { time, frame, held, separated: problem, equilibrium, span, isRateBeyond };
  const forQuotients = options.seconds ?? mostQuotients;
  let spentOnQuotients = 0;
  const resolve = (cut: Cut, near?: ResolutionAnswer): ResolutionAnswer =>
    resolved(made(cut), instantaneousProblem, near, forQuotients - spent - spentOnQuotients);

  // the shape is that of one moment's slow mode: a drive may need all others
  const isDriven = variablesOf(dynamics.psi, dynamics.omega, dynamics.diffusion).has("t");
  const shaped = (cut: Cut, lmax: number): Cut => (isDriven ? triangle(lmax) : reshaped(cut, lmax));

  const begin = firstCut({ first, firstOrder }, maximumDegree);
  const ladder: ResolutionAnswer[] = [];
  let before = Number.POSITIVE_INFINITY;
  const compare = ({
    coarse,
    fine,
    from,
    level: next,
  }: Neighbours<Cut, ResolutionAnswer>): Agreement<FokkerPlanckSolution> => {
    const stationaryError = momentDifference(fine.stationary, coarse.stationary);
    const rateDifference = relativeDifference(fine.mode.rate, coarse.mode.rate);
    const rateError =
      fine.mode.rate.re > 0
        ? Math.max(rateDifference * stillMissing(rateDifference, before), fine.mode.rounding)
        : Number.POSITIVE_INFINITY;
    const errorEstimate = Math.max(stationaryError, rateError);
    const afterwards = nextCut(fine, next, maximumDegree);
    const further = costAt(fine.cost, sizeOf(next), sizeOf(afterwards));
    const wanted = further.seconds > dear ? Math.max(tolerance, dearTolerance) : tolerance;
    const converged = Math.max(stationaryError, rateError) <= wanted;
    const isLast = isTriangle(next) === isTriangle(afterwards) && isNearlySame(next.lmax, afterwards.lmax);
    // both differences are small and the later one is hardly smaller: what is left is rounding
    const isStuck =
      fine.isQuotient &&
      Math.max(stationaryError, rateError) <= largestError &&
      ((before <= largestError && rateDifference > stagnant * before) ||
        rateDifference <= 2 * Math.min(fine.mode.rounding, coarse.mode.rounding));
    const quotient = fine.quotientSeconds > 0 ? slowestRateSeconds(afterwards.lmax) : 0;
    const needed = { ...further, seconds: spent + spentOnQuotients + further.seconds + quotient };
    const isQuotientTooDear = quotient > 0 && needed.seconds > forQuotients;
    const isTooDear = spent + further.seconds > seconds || further.bytes > mostBytes || isQuotientTooDear;
    const limit = isStuck
      ? "finer resolutions agree no better: the rest is rounding"
      : isLast
        ? `degree ${maximumDegree} is allowed`
        : `${shownCut(afterwards)} would take ${shownCost({ ...further, seconds: further.seconds + quotient })}, and ${quotient > 0 ? forQuotients : seconds} s and ${mostBytes / 1e9} GB are allowed${further.bytes > mostBytes ? "" : `: seconds: ${Math.ceil(needed.seconds)} under exact: would allow it`}`;
    const resolutions = ladder.slice(-comparedModes);
    const known = (limit: string): Exact<FokkerPlanckSolution> => {
      const shown = (x: number) => x.toExponential(1);
      const beyond = `the slowest mode has layers that take degree ${layers.toPrecision(3)} at the very least at this damping, and degree ${maximumDegree} is allowed`;
      const disagreement = `${comparedCuts(next, from)}: stationary moments differ by ${shown(stationaryError)}, the slowest rate by ${shown(rateDifference)} of itself; ${shown(wanted)} is asked; ${limit}`;
      const reason = converged ? undefined : isRateBeyond ? beyond : disagreement;
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
        slowestRate: isKnown ? exactly(fine.mode.rate.re, rateError) : outOfReach<number>(refused),
        stationary: () =>
          stationaryError <= Math.max(largestMomentError, tolerance)
            ? exactly(fine.stationary, stationaryError)
            : outOfReach(reason ?? ""),
        eigenvalues: (count) =>
          isKnown ? agreedSpectrum(resolutions, count, time, tolerance) : outOfReach(refused),
        ...(fine.mode.left ? { slowestLeft: fine.mode.left } : {}),
        evolve: (initial, times) => {
          const highest = Math.min(maximumDegree, Math.max(150, finer(next.lmax)));
          const start = startOf(initial);
          // where stationary state and slowest rate are settled, their two resolutions are known, and have most of what it takes
          const isShared = converged && isTriangle(from) === isTriangle(shaped(next, next.lmax));
          const first = isShared
            ? from.lmax
            : converged
              ? Math.min(coarse.generator.index.lmax, Math.ceil(next.lmax / 1.25))
              : begin.lmax;
          const second = isShared ? next.lmax : Math.min(finer(first), highest);
          const own = (degree: number): Cut =>
            isShared && degree === from.lmax ? from : shaped(next, degree);
          const compared = indexOf(own(second));
          return evolveUntilSettled({
            generator: (degree) => exactly(made(own(degree))),
            initial: (index) => start(index, compared),
            frame,
            times,
            breakpoints,
            lmax: first,
            second,
            maximumDegree: highest,
            tolerance,
          });
        },
        generator: (lmax) => exactly(made(shaped(next, lmax))),
      });
    };
    const isAllThereIs = isRateBeyond && stationaryError <= wanted;
    if (converged || isLast || isStuck || isTooDear || isAllThereIs) return { enough: known(limit) };
    generators.delete(nameOf(from));
    before = rateDifference;
    return { useful: known };
  };
  return refineUntilTwoAgree<Cut, ResolutionAnswer, FokkerPlanckSolution>({
    first: begin,
    solve(cut, coarse) {
      const answer = resolve(cut, coarse);
      spent += answer.cost.seconds;
      if (answer.isQuotient) spentOnQuotients += answer.quotientSeconds;
      ladder.push(answer);
      return exactly(answer);
    },
    finer: (cut, answer) => nextCut(answer, cut, maximumDegree),
    compare,
    unresolved: (cut) => `not resolved by ${shownCut(cut)}`,
  });
}
