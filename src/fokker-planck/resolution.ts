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

/** Rates that rounding may move by more than this are taken from an integral of squares: the matrix has lost digits there. */
const largestRounding = 1e-8;
/** Seconds from which on it pays to look for the shape of the cut, and by how much a rectangle grows at the least. */
const worthShaping = 0.25;
const leastGrowth = 1.12;
/** exp(−U) of this span has no digits left beyond this many degrees and this many times the root of the span. */
const smoothDegree = 24;
const smoothPerSpan = 14;

/** What one resolution says. */
export interface ResolutionAnswer {
  readonly generator: Generator;
  readonly stationary: Density;
  readonly mode: SlowMode;
  /** Whether its rate is from an integral of squares, as the matrix has lost the digits. */
  readonly isQuotient: boolean;
  /** Seconds of that integral, whether it was computed or left out because it takes longer than there is. */
  readonly quotientSeconds: number;
  readonly cost: Cost;
}

/** The problem that is solved at one resolution after the other, at one value of its drive. */
export interface InstantaneousProblem {
  readonly time: number;
  readonly frame: Frame;
  /** The dynamics in the frame. */
  readonly held: Dynamics;
  readonly separated: SeparatedDynamics;
  /** Coefficients of exp(−Ψ/D) where that is stationary. */
  readonly equilibrium?: ((index: HarmonicIndex) => Float64Array) | undefined;
  /** Of Ψ/D, in kT. */
  readonly span: number;
  /** Whether no degree allowed resolves the slowest mode: it is not asked for. */
  readonly isRateBeyond: boolean;
}

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

/**
 * The next resolution to compare with: finer in all directions, but where that is dear, the rectangle that the slow mode needs
 * if it is smaller.
 */
export function nextCut(
  { cost, generator, mode, isQuotient }: ResolutionAnswer,
  cut: Cut,
  maximumDegree: number,
): Cut {
  const further = reshaped(cut, Math.min(finer(cut.lmax), maximumDegree));
  if (costAt(cost, sizeOf(cut), sizeOf(further)).seconds < worthShaping || !mode.left) return further;
  // a mode without digits says nothing of the shape
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
