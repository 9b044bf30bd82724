import { equator } from "../experiment/compared-binnings.ts";
import type { Problem } from "../experiment/problem.ts";
import { timeFunctions } from "../expression/time-functions.ts";
import { timeline } from "../expression/timeline.ts";
import { m, mz } from "../expression/vector.ts";
import { areParallel } from "../numerics/parallel.ts";
import { isAxialSolution } from "./axial.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import { frameAlong } from "./frame.ts";
import { instantaneous } from "./instantaneous.ts";
import { lateProbabilities } from "./late-probabilities.ts";
import type { Member, ObservedDensity, Prediction } from "./predict.ts";
import type { Segment } from "./small-probability.ts";
import { targetProbabilities } from "./small-probability.ts";
import type { ProbabilityFigure, TailProbability } from "./tail-probability.ts";
import { notKnown, tailProbability } from "./tail-probability.ts";

/** Probabilities of mz > 0 and of mz < 0 at one time, neither computed as one minus the other. */
export interface Hemispheres {
  readonly up: Exact<number>;
  readonly down: Exact<number>;
  /** Relative; of the less certain one. */
  readonly errorEstimate: number | null;
}

/** Smallest probability taken from a density: with an error of 1e-7 it is known to 0.1 %. */
const plainEnough = 1e-4;
/** Figures with a larger relative error are refused. */
const largestError = 1e-2;
const north = [0, 0, 1] as const;
/** Absolute accuracy of a probability taken from a density. */
const densityError = 1e-7;

/**
 * Probabilities of both hemispheres at the given steps, however small. Small ones come from an evolution without subtractions (axis along
 * z) or, at the last step, from the deflated backward equation; if neither applies they are null with the reason. A hemisphere that is
 * not in `wanted` may be rounding.
 */
export function predictHemispheres(
  problem: Problem,
  prediction: Prediction,
  steps: readonly number[],
  wanted: readonly ("up" | "down")[] = ["up", "down"],
): readonly Hemispheres[] {
  const plain = prediction
    .densitiesEach(steps)
    .map(
      (density): Hemispheres =>
        density.value === null ? nothing(density.reason) : fromDensity(density.value),
    );
  const isPlain = (hemispheres: Hemispheres): boolean =>
    wanted.every((side) => (hemispheres[side].value ?? 0) >= plainEnough);
  if (plain.every(isPlain)) return plain;
  // compute only up to the last time that needs it
  const needed = steps.slice(0, plain.findLastIndex((hemispheres) => !isPlain(hemispheres)) + 1);
  const times = needed.map((step) => step * problem.timeStep);
  const found = prediction.isSpread
    ? averagedHemispheres(prediction, problem, times, wanted)
    : hemispheresOf(prediction.typical, problem, times);
  return steps.map((_, i) => {
    if (isPlain(plain[i])) return plain[i];
    // a large probability needs no special evolution
    const side = (of: "up" | "down"): Exact<number> =>
      found[i][of].value === null && (plain[i][of].value ?? 0) >= plainEnough ? plain[i][of] : found[i][of];
    const errors = [found[i], plain[i]].map(({ errorEstimate }) => errorEstimate);
    return { up: side("up"), down: side("down"), errorEstimate: errors[0] ?? errors[1] };
  });
}

/** Both hemispheres averaged over spreads, each probability with its relative accuracy, however small. */
function averagedHemispheres(
  prediction: Prediction,
  problem: Problem,
  times: readonly number[],
  wanted: readonly ("up" | "down")[],
): Hemispheres[] {
  const known = new Map<Member, Hemispheres[]>();
  const hemispheresOfMember = (member: Member): Hemispheres[] => {
    const made = known.get(member) ?? hemispheresOf(member, problem, times);
    known.set(member, made);
    return made;
  };
  const means = (side: "up" | "down", i: number): Exact<number> => {
    if (!wanted.includes(side)) return outOfReach("it was not requested");
    const found = prediction.average(
      `the probability of ${mz} ${side === "up" ? ">" : "<"} 0`,
      (member) => {
        const { [side]: own, errorEstimate } = hemispheresOfMember(member)[i];
        return own.value === null ? own : exactly([own.value], errorEstimate ?? 0);
      },
      { of: "relative", wanted: 1e-4, enough: 1e-3 },
      [m[2]],
    );
    if (found.value === null) return found;
    const { values, errors, points } = found.value;
    const error = errors[0] / values[0];
    return error <= largestError
      ? exactly(values[0], error)
      : outOfReach(
          `its average over the spreads, from ${points.length} solutions, has an error of ${(100 * error).toPrecision(2)} %`,
        );
  };
  return times.map((_, i) => {
    const [up, down] = [means("up", i), means("down", i)];
    return {
      up,
      down,
      errorEstimate:
        up.value === null && down.value === null
          ? null
          : Math.max(up.errorEstimate ?? 0, down.errorEstimate ?? 0),
    };
  });
}

const nothing = (reason: string): Hemispheres => ({
  up: outOfReach(reason),
  down: outOfReach(reason),
  errorEstimate: null,
});

function fromDensity(density: ObservedDensity): Hemispheres {
  const found = density.probabilities(equator);
  if (found.value === null) return nothing(found.reason);
  const [down, up] = found.value;
  const error = Math.max(densityError, found.errorEstimate ?? 0);
  return { up: exactly(up), down: exactly(down), errorEstimate: error / Math.min(up, down) };
}

const settled = (figure: ProbabilityFigure, all: TailProbability): Exact<number> =>
  figure.errorEstimate <= largestError ? exactly(figure.value) : outOfReach(notKnown(figure, all));

/** Both hemispheres for one member of a spread. */
function hemispheresOf(
  { solution, initial }: Member,
  problem: Problem,
  times: readonly number[],
): Hemispheres[] {
  const { axis, dynamics } = solution;
  if (solution.method === "deep well" && "energyOverKT" in initial && !("wellOf" in initial))
    return times.map(() => nothing("its relative error is not known so far from the bottom of a deep well"));
  if (axis && areParallel(axis, north)) {
    const found = tailProbability(dynamics, frameAlong(axis), initial, times, {
      breakpoints: problem.breakpoints,
    });
    const isKnown = found.value !== null && found.value.absoluteError === undefined;
    const late =
      isKnown || !isAxialSolution(solution) ? undefined : lateProbabilities(solution, initial, times);
    const all = late ?? found.value;
    if (all === null) return times.map(() => nothing(found.reason ?? ""));
    const { above, below } = all;
    return times.map((_, i) => {
      const given = [above[i], below[i]].filter(({ errorEstimate }) => errorEstimate <= largestError);
      return {
        up: settled(above[i], all),
        down: settled(below[i], all),
        errorEstimate:
          given.length === 0 ? null : Math.max(...given.map(({ errorEstimate }) => errorEstimate)),
      };
    });
  }
  const segments = constantSegments(problem, dynamics);
  return times.map((time, i) => {
    if (i < times.length - 1)
      return nothing("small probabilities off the axis are computed for the last time");
    if (!segments) return nothing("small probabilities off the axis need a piecewise constant drive");
    const upper = { axis: north, from: 0, to: 1 };
    const { inside: up, outside: down } = targetProbabilities(until(segments, time), upper, initial);
    const error = (x: typeof up): number => x.value?.errorEstimate ?? 0;
    return {
      up: up.value === null ? up : exactly(up.value.probability),
      down: down.value === null ? down : exactly(down.value.probability),
      errorEstimate: Math.max(error(up), error(down)),
    };
  });
}

/** The intervals of time with constant parameters; undefined if parameters change continuously anywhere. */
export function constantSegments(problem: Problem, dynamics: Segment["dynamics"]): Segment[] | undefined {
  const times = [dynamics.psi, dynamics.omega, dynamics.diffusion].flatMap(timeFunctions);
  const { stretches } = timeline(times, 0, problem.steps * problem.timeStep);
  if (!stretches.every(({ isConstant }) => isConstant)) return undefined;
  return stretches.map(({ from, to }) => ({
    dynamics: instantaneous(dynamics, (from + to) / 2),
    duration: to - from,
  }));
}

/** The segments cut at a time. */
function until(segments: readonly Segment[], end: number): Segment[] {
  let from = 0;
  return segments.flatMap(({ dynamics, duration }) => {
    const left = Math.min(duration, end - from);
    from += duration;
    return left > 1e-12 * end ? [{ dynamics, duration: left }] : [];
  });
}
