import type { Problem } from "../../experiment/problem.ts";
import { evaluator, sampleTimes, spreadCorners } from "../../experiment/sphere-sample.ts";
import type { Expression } from "../../expression/expression.ts";
import { margin } from "../../expression/margin.ts";
import type { Triple } from "../../physics/parameter.ts";
import { affine } from "./threshold.ts";

/**
 * Kicks √(2Dh) that must lie between two thresholds, or between a start and a threshold. The shift of thresholds stands for the mean
 * overshoot of a walk that has come a long way; a Gaussian walk forgets where it began as exp(−2.5 x/√(2Dh)) (the zeros of
 * 1 − exp(−θ²/2) nearest to 0 are √(4πi)), and both shifts of 0.58 are taken off the way.
 */
const fewestKicks = 4;

/** A condition l·m + k ≤ 0 as a cap: the directions within `angle` of `axis`. */
interface Cap {
  readonly axis: Triple;
  readonly angle: number;
}

function capOf(condition: Expression): Cap | undefined {
  const flat = affine(margin(condition));
  if (!flat) return undefined;
  const [x, y, z] = flat.direction;
  const length = Math.hypot(x, y, z);
  if (!(length > 0)) return undefined;
  const cosine = flat.constant / length;
  // met everywhere or nowhere: there is no rim to come close to
  if (!(Math.abs(cosine) < 1)) return undefined;
  return { axis: [-x / length, -y / length, -z / length], angle: Math.acos(cosine) };
}

const angleBetween = (a: Triple, b: Triple): number =>
  Math.atan2(
    Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]),
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2],
  );

/** Ways on the sphere, in rad, that spins must go between two looks that matter; conditions that are no caps tell nothing. */
function ways({ observables, initial }: Pick<Problem, "observables" | "initial">): number[] {
  return observables.flatMap((observable): number[] => {
    if (observable.type === "dwell") {
      const [up, down] = [observable.up, observable.down].map(capOf);
      return up && down ? [angleBetween(up.axis, down.axis) - up.angle - down.angle] : [];
    }
    if (observable.type !== "firstPassage" || initial.kind !== "direction") return [];
    const cap = capOf(observable.until);
    return cap ? [angleBetween(initial.m, cap.axis) - cap.angle] : [];
  });
}

/**
 * The longest reduced step at which shifted thresholds stand for watched paths, or infinity where nothing is close; `way` is the
 * shortest way that sets it. A start on a rim or within it asks for nothing: it has passed.
 */
export function thresholdSpacing(
  problem: Pick<
    Problem,
    "observables" | "initial" | "dynamics" | "spreads" | "timeStep" | "steps" | "breakpoints"
  >,
): { readonly longest: number; readonly way: number } {
  const way = Math.min(Number.POSITIVE_INFINITY, ...ways(problem).filter((x) => x > 0));
  if (way === Number.POSITIVE_INFINITY) return { longest: way, way };
  const evaluate = evaluator([problem.dynamics.diffusion], problem.spreads);
  const times = sampleTimes(problem.timeStep * problem.steps, problem.breakpoints, 64);
  const corners = spreadCorners(problem.spreads, 3);
  const diffusion = Math.max(
    ...times.flatMap((t) => corners.map((corner) => evaluate([0, 0, 1], t, corner)[0])),
  );
  return {
    longest: diffusion > 0 ? (way / fewestKicks) ** 2 / (2 * diffusion) : Number.POSITIVE_INFINITY,
    way,
  };
}
