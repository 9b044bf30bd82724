import { isNearlySame, largestMomentError, momentDifference } from "./adaptive-evolution.ts";
import { costAt, shownCost } from "./cost.ts";
import type { Cut } from "./cut.ts";
import { comparedCuts, isTriangle, shownCut, sizeOf } from "./cut.ts";
import type { Neighbours } from "./refinement.ts";
import { remainingShare } from "./remaining-share.ts";
import type { ResolutionAnswer } from "./resolution.ts";
import { nextCut } from "./resolution.ts";
import { relativeDifference } from "./slow-mode.ts";
import { slowestRateSeconds } from "./slow-rate.ts";
import type { SphereLimits, SphereProblem } from "./sphere-problem.ts";
import { mostBytes } from "./sphere-problem.ts";

/** Largest relative difference of a rate between two resolutions. */
export const largestError = 1e-3;
/** If the next resolution costs more than this, s, the agreement below is enough. */
const expensive = 0.5;
const expensiveTolerance = 1e-6;
/** Differences that decrease by less than this factor from one resolution to the next no longer converge. */
const stagnant = 0.7;

export type SphereNeighbours = Neighbours<Cut, ResolutionAnswer>;

/** Seconds that a search has taken so far. */
export interface Spent {
  readonly resolutions: number;
  readonly quotients: number;
}

/** The agreement of two neighbouring resolutions of the full sphere. */
export interface SphereAgreement {
  /** Differences of the two: of the stationary moments, and (relative) of the slowest rate. */
  readonly stationaryError: number;
  readonly rateDifference: number;
  /** Estimated relative error of the finer rate. */
  readonly rateError: number;
  /** The larger of `stationaryError` and `rateError`, and whether it is within the target. */
  readonly errorEstimate: number;
  readonly wanted: number;
  readonly converged: boolean;
  /** Why the search ends here, if it has to. */
  readonly isOver: boolean;
  readonly limit: string;
}

/** Compares two resolutions; `before` is the relative difference of the rates one resolution earlier. */
export function sphereAgreement(
  { limits, held }: SphereProblem,
  neighbours: SphereNeighbours,
  before: number,
  spent: Spent,
): SphereAgreement {
  const { coarse, fine } = neighbours;
  const stationaryError = momentDifference(fine.stationary, coarse.stationary);
  const rateDifference = relativeDifference(fine.mode.rate, coarse.mode.rate);
  const rateError =
    fine.mode.rate.re > 0
      ? Math.max(rateDifference * remainingShare(rateDifference, before), fine.mode.rounding)
      : Number.POSITIVE_INFINITY;
  const errorEstimate = Math.max(stationaryError, rateError);
  const next = nextResolution(limits, neighbours, spent);
  const wanted = next.seconds > expensive ? Math.max(limits.tolerance, expensiveTolerance) : limits.tolerance;
  const converged = errorEstimate <= wanted;
  // both differences are small and the later one is hardly smaller, so the rest is rounding
  const isStuck =
    fine.isQuotient &&
    errorEstimate <= largestError &&
    ((before <= largestError && rateDifference > stagnant * before) ||
      rateDifference <= 2 * Math.min(fine.mode.rounding, coarse.mode.rounding));
  const isAllThereIs = held.isRateBeyond && stationaryError <= wanted;
  return {
    stationaryError,
    rateDifference,
    rateError,
    errorEstimate,
    wanted,
    converged,
    isOver: converged || isStuck || isAllThereIs || next.isBeyond,
    limit: isStuck ? "finer resolutions agree no better: the rest is rounding" : next.limit,
  };
}

/**
 * The next resolution: its seconds without the integral of squares, whether it exceeds the limits, and the first limit that it exceeds.
 */
function nextResolution(
  { maximumDegree, seconds, secondsWithQuotients }: SphereLimits,
  { fine, level }: SphereNeighbours,
  spent: Spent,
): { readonly seconds: number; readonly isBeyond: boolean; readonly limit: string } {
  const cut = nextCut(fine, level, maximumDegree);
  const further = costAt(fine.cost, sizeOf(level), sizeOf(cut));
  const isLast = isTriangle(level) === isTriangle(cut) && isNearlySame(level.lmax, cut.lmax);
  const quotient = fine.quotientSeconds > 0 ? slowestRateSeconds(cut.lmax) : 0;
  const needed = spent.resolutions + spent.quotients + further.seconds + quotient;
  const isQuotientTooExpensive = quotient > 0 && needed > secondsWithQuotients;
  const isTooExpensive =
    spent.resolutions + further.seconds > seconds || further.bytes > mostBytes || isQuotientTooExpensive;
  const allowed = `${quotient > 0 ? secondsWithQuotients : seconds} s and ${mostBytes / 1e9} GB are allowed`;
  const remedy =
    further.bytes > mostBytes ? "" : `: seconds: ${Math.ceil(needed)} under exact: would allow it`;
  return {
    seconds: further.seconds,
    isBeyond: isLast || isTooExpensive,
    limit: isLast
      ? `degree ${maximumDegree} is allowed`
      : `${shownCut(cut)} would take ${shownCost({ ...further, seconds: further.seconds + quotient })}, and ${allowed}${remedy}`,
  };
}

/** The figures from two resolutions, and why there are no more; `limit` ended the search. */
export interface KnownOfSphere {
  readonly isRateKnown: boolean;
  readonly isStationaryKnown: boolean;
  /** Why the two did not converge; undefined if they did. */
  readonly reason: string | undefined;
  /** Why there is no rate. */
  readonly refusedRate: string;
}

/** What two resolutions give, with the reasons for what they do not give; `limit` is why the search ended. */
export function knownOfSphere(
  { limits: { tolerance, maximumDegree }, held, layers }: SphereProblem,
  { from, level }: SphereNeighbours,
  { stationaryError, rateDifference, rateError, wanted, converged }: SphereAgreement,
  limit: string,
): KnownOfSphere {
  const shown = (x: number) => x.toExponential(1);
  const beyond = `the slowest mode has layers that need at least degree ${layers.toPrecision(3)} at this damping, and degree ${maximumDegree} is allowed`;
  const disagreement = `${comparedCuts(level, from)}: stationary moments differ by ${shown(stationaryError)}, the slowest rate by ${shown(rateDifference)} (relative); ${shown(wanted)} is required; ${limit}`;
  const reason = converged ? undefined : held.isRateBeyond ? beyond : disagreement;
  return {
    isRateKnown: rateError <= Math.max(largestError, tolerance),
    isStationaryKnown: stationaryError <= Math.max(largestMomentError, tolerance),
    reason,
    refusedRate: `${reason}; a rate is given only if it is known to ${shown(largestError)}`,
  };
}
