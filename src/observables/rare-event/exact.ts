import type { Problem } from "../../experiment/problem.ts";
import { complementOf } from "../../experiment/projection-set.ts";
import { compileScalar } from "../../expression/compile.ts";
import { magnetization } from "../../expression/vector.ts";
import { averagedPotential } from "../../fokker-planck/averaged-meridian.ts";
import { axialEscapeRate } from "../../fokker-planck/axial-passage.ts";
import { meridianCells } from "../../fokker-planck/cell-chain.ts";
import { projectionSetOf } from "../../fokker-planck/condition.ts";
import { wellLeftInto } from "../../fokker-planck/event-sides.ts";
import type { Exact } from "../../fokker-planck/exact.ts";
import { exactly, outOfReach } from "../../fokker-planck/exact.ts";
import { firstPassage } from "../../fokker-planck/first-passage.ts";
import { dynamicsInFrame, frameAlong, intoFrame, outOfFrame } from "../../fokker-planck/frame.ts";
import { constantSegments } from "../../fokker-planck/hemispheres.ts";
import { placeOfStart } from "../../fokker-planck/initial-well.ts";
import { instantaneous } from "../../fokker-planck/instantaneous.ts";
import type { Member, Prediction } from "../../fokker-planck/predict.ts";
import type { TargetBand } from "../../fokker-planck/small-probability.ts";
import { smallProbability } from "../../fokker-planck/small-probability.ts";
import { notKnown, tailProbability } from "../../fokker-planck/tail-probability.ts";
import { areParallel } from "../../numerics/parallel.ts";
import { isDriven } from "../../physics/dynamics.ts";
import type { PlannedRareEvent } from "./spec.ts";

/** A probability or a rate (per reduced time) with its relative error. */
export interface ExactRareEvent {
  readonly value: number;
  readonly errorEstimate: number;
  readonly isRate?: boolean;
  /** Reduced time in which a loss is counted. */
  readonly horizon?: number | undefined;
}

/** A figure with a larger relative error is not given. */
const largestError = 1e-2;
/** Number of cells of a meridian in the search for the well. */
const cells = 800;
/** Absolute error of the backward equation off the axis. */
const roundingOfSphere = 1e-15;

/** The exact probability or rate, in reduced units. */
export function predict(
  planned: PlannedRareEvent,
  problem: Problem,
  prediction: Prediction,
): Exact<ExactRareEvent> {
  const { asked, horizonSteps } = planned;
  const isRate = asked === "rate";
  const found = isRate ? exactRate(problem, prediction, planned) : atEnd(problem, prediction, planned);
  if (found.value === null) return found;
  const horizon = horizonSteps === undefined ? undefined : horizonSteps * problem.timeStep;
  return exactly({ ...found.value, isRate, horizon });
}

/** Exact figures as a result holds them. */
export interface RareEventFigures {
  /** Probability of the event at the end, or of a loss in the given time. */
  readonly probability: number | null;
  /** 1/s */
  readonly rate: number | null;
  /** s */
  readonly meanLifetime: number | null;
  /** Relative. */
  readonly errorEstimate: number | null;
  readonly reason?: string;
}

/** The same in SI units. */
export function exactFigures(
  known: Exact<ExactRareEvent> | null,
  { units }: Problem,
): RareEventFigures | null {
  if (!known) return null;
  const nothing = { probability: null, rate: null, meanLifetime: null, errorEstimate: null };
  if (known.value === null) return { ...nothing, reason: known.reason };
  const { value, errorEstimate, isRate, horizon } = known.value;
  if (!isRate) return { ...nothing, probability: value, errorEstimate };
  return {
    probability: horizon === undefined ? null : -Math.expm1(-value * horizon),
    rate: value / units.time,
    meanLifetime: units.time / value,
    errorEstimate,
  };
}

/** Probability beyond one threshold at the end, from an evolution without subtractions about the common axis. */
function atEnd(problem: Problem, prediction: Prediction, { event }: PlannedRareEvent): Exact<ExactRareEvent> {
  const set = projectionSetOf(event);
  if (set.value === null) return set;
  if (set.value === "nothing") return exactly({ value: 0, errorEstimate: 0 });
  if (set.value === "everything") return exactly({ value: 1, errorEstimate: 0 });
  const { axis, intervals } = set.value;
  const [interval] = intervals;
  const isCap = intervals.length === 1 && (interval.from <= -1 || interval.to >= 1);
  if (!isCap) return outOfReach("small probabilities are computed beyond one threshold");
  const found = prediction.average(
    "the probability of the event",
    (member) => {
      const figure = ofMember(problem, member, { axis, ...interval });
      if (figure.value === null) return figure;
      return exactly([figure.value.value], figure.value.errorEstimate);
    },
    { of: "relative", wanted: 1e-4, enough: largestError },
    [event],
  );
  if (found.value === null) return found;
  const [value] = found.value.values;
  const errorEstimate = found.value.errors[0] / Math.max(value, Number.MIN_VALUE);
  return errorEstimate > largestError
    ? outOfReach(`it did not settle: the relative error is ${errorEstimate.toExponential(1)}`)
    : exactly({ value, errorEstimate });
}

/**
 * The probability for one member: without subtractions if there is a common axis, else by the deflated backward
 * equation.
 */
function ofMember(problem: Problem, { solution, initial }: Member, cap: TargetBand): Exact<ExactRareEvent> {
  const { axis: common, dynamics } = solution;
  const end = problem.steps * problem.timeStep;
  if (common && areParallel(common, cap.axis)) {
    const above = cap.to >= 1;
    const found = tailProbability(dynamics, frameAlong(cap.axis), initial, [end], {
      threshold: above ? cap.from : cap.to,
      breakpoints: problem.breakpoints,
    });
    if (found.value === null) return found;
    const [figure] = above ? found.value.above : found.value.below;
    return figure.errorEstimate <= largestError ? exactly(figure) : outOfReach(notKnown(figure, found.value));
  }
  const segments = constantSegments(problem, dynamics);
  if (!segments)
    return outOfReach("small probabilities off the axis need a drive that is constant piece by piece");
  const found = smallProbability(segments, cap, initial);
  if (found.value === null) return found;
  const { probability, errorEstimate } = found.value;
  return exactly({ value: probability, errorEstimate: errorEstimate + roundingOfSphere / probability });
}

/**
 * Rate out of the quasi-stationary state if there is a common axis. Otherwise one over the mean first-passage time from
 * the bottom of the well, which is the same if relaxation in the well is much faster.
 */
function exactRate(
  problem: Problem,
  { typical, isSpread, spreadReason }: Prediction,
  { event }: PlannedRareEvent,
): Exact<ExactRareEvent> {
  if (isDriven(problem.dynamics)) return outOfReach("a rate needs a drive that does not change in time");
  if (isSpread) return outOfReach(spreadReason);
  const set = projectionSetOf(event);
  if (set.value === null) return set;
  if (set.value === "nothing" || set.value === "everything")
    return outOfReach("the event has no rim to be reached");
  const { axis, intervals } = complementOf(set.value);
  const { solution } = typical;
  const frame = frameAlong(axis);
  const potential = averagedPotential(solution.dynamics, frame);
  const meridian = meridianCells([-1, 1], cells);
  const { centers } = meridian;
  const aliveAt = (z: number) => intervals.find(({ from, to }) => from <= z && z <= to);
  const start = placeOfStart(problem.initial);
  const well = wellLeftInto(
    meridian,
    Array.from(centers, (z) => potential(z, 0)),
    Array.from(centers, (z) => !aliveAt(z)),
    start && intoFrame(frame, start)[2],
  );
  if (well && "reason" in well) return outOfReach(well.reason);
  const z = centers[well?.bottom ?? 0];
  const alive = aliveAt(z);
  if (!alive) return outOfReach("the event has no rim to be reached");
  const holds = compileScalar(event, magnetization);
  const s = Math.sqrt(Math.max(0, 1 - z ** 2));
  const psi = compileScalar(solution.dynamics.psi, [...magnetization, "t"]);
  const ring = Array.from({ length: 96 }, (_, k) => {
    const phi = (2 * Math.PI * k) / 96;
    return outOfFrame(frame, [s * Math.cos(phi), s * Math.sin(phi), z]);
  });
  const bottom = ring.reduce((low, m) => {
    const [here, there] = [psi(m[0], m[1], m[2], 0), psi(low[0], low[1], low[2], 0)];
    return here < there ? m : low;
  });
  if (holds(...bottom)) return outOfReach("the bottom of the well lies in the event");
  if (solution.axis && areParallel(solution.axis, axis)) {
    const there = dynamicsInFrame(frame, instantaneous(solution.dynamics, 0));
    const leaving = axialEscapeRate(there, compileScalar(there.diffusion, [])(), alive);
    return leaving.errorEstimate > largestError
      ? outOfReach(`it did not settle: its bounds are ${leaving.errorEstimate.toExponential(1)} of it apart`)
      : exactly({ value: leaving.rate, errorEstimate: leaving.errorEstimate });
  }
  const found = firstPassage(solution.dynamics, { axis, ...alive }, { direction: bottom }, []).mean;
  if (found.value === null) return found;
  const { value: mean, errorEstimate = 0 } = found;
  return errorEstimate > largestError
    ? outOfReach(`it did not settle: two resolutions differ by ${errorEstimate.toExponential(1)} of it`)
    : exactly({ value: 1 / mean, errorEstimate });
}
