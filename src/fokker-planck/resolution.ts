import type { Dynamics } from "../physics/dynamics.ts";
import { finer } from "./adaptive-evolution.ts";
import type { Cost } from "./cost.ts";
import { costAt, costOf } from "./cost.ts";
import type { Cut } from "./cut.ts";
import { isTriangle, rectangle, rectangleFor, reshaped, sizeOf } from "./cut.ts";
import type { Density } from "./density.ts";
import { harmonicDensity } from "./density.ts";
import type { Frame } from "./frame.ts";
import type { Generator, SeparatedDynamics } from "./generator.ts";
import { harmonicOrdering } from "./harmonic-ordering.ts";
import type { HarmonicIndex } from "./harmonics.ts";
import { harmonicIndex, reindexed } from "./harmonics.ts";
import { operatorOf } from "./instantaneous-operator.ts";
import type { SlowMode } from "./slow-mode.ts";
import { slowMode } from "./slow-mode.ts";
import { slowestRateAtEquilibrium, slowestRateSeconds } from "./slow-rate.ts";
import { stationaryCoefficients } from "./stationary.ts";

/**
 * If rounding may change a rate by more than this share, the matrix has lost its digits and the rate is computed from an integral of
 * squares.
 */
const largestRounding = 1e-8;
/** Shortest time of a resolution, s, at which finding the shape of the cut saves time, and the smallest growth of a rectangle. */
const worthShaping = 0.25;
const leastGrowth = 1.12;
/** Above this degree plus this factor times √span, the coefficients of exp(−U) are rounding. */
const smoothDegree = 24;
const smoothPerSpan = 14;

/** The answer of one resolution. */
export interface ResolutionAnswer {
  readonly generator: Generator;
  readonly stationary: Density;
  readonly mode: SlowMode;
  /** Whether its rate is from an integral of squares, because the matrix has lost the digits. */
  readonly isQuotient: boolean;
  /** Seconds of that integral; also if it was skipped because there was not enough time. */
  readonly quotientSeconds: number;
  readonly cost: Cost;
}

/** The problem that is solved at a series of resolutions, at one value of its drive. */
export interface InstantaneousProblem {
  readonly time: number;
  readonly frame: Frame;
  /** The dynamics in the frame. */
  readonly held: Dynamics;
  readonly separated: SeparatedDynamics;
  /** Coefficients of exp(−Ψ/D), if that is stationary. */
  readonly equilibrium?: ((index: HarmonicIndex) => Float64Array) | undefined;
  /** Span of Ψ/D, kT. */
  readonly span: number;
  /** Whether no allowed degree resolves the slowest mode; then it is not computed. */
  readonly isRateBeyond: boolean;
}

/** Solves for the stationary state and the slowest mode at one resolution, starting from the modes of a coarser one (`near`). */
export function resolved(
  made: Generator,
  { time, frame, held, separated, equilibrium, span, isRateBeyond }: InstantaneousProblem,
  near?: ResolutionAnswer,
  secondsLeft = Number.POSITIVE_INFINITY,
): ResolutionAnswer {
  const forward = made.operatorAt(time);
  const ordering = harmonicOrdering(made);
  const operator = operatorOf(forward, ordering);
  const { index } = made;
  const smooth = Math.ceil(smoothDegree + smoothPerSpan * Math.sqrt(span));
  const kept = harmonicIndex(
    Math.min(index.lmax, smooth),
    Math.min(index.mmax, smooth),
    Math.min(index.height, smooth),
  );
  const coefficients = equilibrium
    ? reindexed(kept, index, equilibrium(kept))
    : stationaryCoefficients(forward, ordering);
  const mode = isRateBeyond
    ? { rate: { re: 0, im: 0 }, right: new Float64Array(index.size), rounding: Number.POSITIVE_INFINITY }
    : slowMode(operator, near && carriedOver(near, index));
  const answer = {
    generator: made,
    stationary: harmonicDensity(index, coefficients, frame),
    cost: costOf(made, operator),
    quotientSeconds: 0,
  };
  if (!equilibrium || isRateBeyond || mode.rounding < largestRounding)
    return { ...answer, mode, isQuotient: false };
  const quotientSeconds = slowestRateSeconds(index.lmax);
  if (quotientSeconds > secondsLeft) return { ...answer, quotientSeconds, mode, isQuotient: false };
  const slow = slowestRateAtEquilibrium(held, { degree: separated.degree, span }, index.lmax);
  if (slow.value === null) return { ...answer, mode, isQuotient: false };
  return {
    ...answer,
    quotientSeconds,
    mode: { ...mode, rate: { re: slow.value, im: 0 }, rounding: slow.errorEstimate ?? 0 },
    isQuotient: true,
  };
}

function carriedOver({ generator, mode }: ResolutionAnswer, index: Generator["index"]): SlowMode {
  const moved = (x: Float64Array) => reindexed(generator.index, index, x);
  return { ...mode, right: moved(mode.right), left: mode.left && moved(mode.left) };
}

/** The next resolution: finer in all directions; if that is expensive, the rectangle that the slow mode needs, if it is smaller. */
export function nextCut(
  { cost, generator, mode, isQuotient }: ResolutionAnswer,
  cut: Cut,
  maximumDegree: number,
): Cut {
  const further = reshaped(cut, Math.min(finer(cut.lmax), maximumDegree));
  if (costAt(cost, sizeOf(cut), sizeOf(further)).seconds < worthShaping || !mode.left) return further;
  // a mode without digits does not show the shape
  if (isQuotient) return further;
  const needed = rectangleFor(generator.index, mode.right, mode.left);
  const grown = isTriangle(cut)
    ? needed
    : rectangle(
        Math.max(needed.height, Math.ceil(leastGrowth * cut.height)),
        Math.max(needed.mmax, Math.ceil(leastGrowth * cut.mmax)),
      );
  return grown.lmax <= maximumDegree && sizeOf(grown) < sizeOf(further) ? grown : further;
}
