import type { Problem } from "../../experiment/problem.ts";
import { evaluator, sampleTimes, spherePoints, spreadCorners } from "../../experiment/sphere-sample.ts";
import { boxOver } from "../../experiment/spread-box.ts";
import { affine } from "../../expression/affine.ts";
import type { Expression } from "../../expression/expression.ts";
import {
  abs,
  add,
  and,
  constantValue,
  div,
  lessEqual,
  max,
  mul,
  select,
  sqrt,
  sub,
  uses,
  variable,
} from "../../expression/expression.ts";
import { largestValue } from "../../expression/largest-value.ts";
import { margin } from "../../expression/margin.ts";
import type { Vector } from "../../expression/vector.ts";
import { dot, m, vector } from "../../expression/vector.ts";
import type { Scheme } from "../../integrators/index.ts";
import { overshoot } from "../../integrators/overshoot.ts";
import { surfaceGradient } from "../../physics/dynamics.ts";
import type { Triple } from "../../physics/parameter.ts";
import type { Register } from "./observer.ts";
import { seen, seenInPassing } from "./observer.ts";

/** The part of a problem that thresholds depend on. */
export type Watched = Pick<Problem, "dynamics" | "timeStep" | "steps" | "spreads" | "breakpoints">;

/**
 * A condition that is tested only once a step. Its margins, which are negative where it counts as fulfilled, are shifted so that samples
 * fulfil it as often as the continuous path fulfils the true condition: by 0.5826 √(2Dh) |∇g| (Broadie, Glasserman and Kou 1997; Gobet
 * and Menozzi 2010).
 */
export interface Threshold {
  /** At the start of a step. */
  readonly passing: Expression;
  /** At the start of a step, without the shift: for spins that have just started. */
  readonly unmoved: Expression;
  /** A cheap condition that is true wherever `passing` or `unmoved` may be ≤ 0. */
  readonly near: Expression;
  /** Present if `near` is a comparison with a number. */
  readonly armed?: Armed;
  /** At the end of the run. */
  readonly final: Expression;
  /** `kept` is stored from step to step; `before` gives the margin one step earlier, from the margin now and the stored value. */
  readonly kept: Expression;
  readonly before: (marginNow: Expression, kept: Expression) => Expression;
}

/**
 * A threshold that can be disarmed for single spins: a spin that waits for it has `level` in a register, any other `never`, and one
 * comparison with the register covers both cases.
 */
export interface Armed {
  readonly near: (register: Expression) => Expression;
  readonly level: number;
  readonly never: number;
}

/** Near if `stored` ≤ `level`; `stored` is never below −`largest`, so `never` is never reached. */
function armedAt(stored: Expression, level: number, largest: number): Armed {
  const never = -2 * largest - 1;
  if (stored.kind === "apply" && stored.operator === "neg") {
    const [opposite] = stored.operands;
    return { near: (register) => lessEqual(register, opposite), level: -level, never: -never };
  }
  return { near: (register) => lessEqual(stored, register), level, never };
}

/** A threshold for which only some spins wait, as an event uses it. */
export interface Arming {
  readonly registers: readonly Register[];
  /** True wherever a waiting spin may cross the threshold. */
  readonly near: Expression;
  readonly set: Readonly<Record<string, Expression>>;
}

/**
 * Arms a threshold for spins that are `waiting`, with a register of the given name if possible; `stays`: whether it waits again after an
 * event.
 */
export function arm(
  { near, armed }: Threshold,
  name: string,
  waiting: Expression,
  stays: Expression,
): Arming {
  if (!armed) return { registers: [], near: and(near, waiting), set: {} };
  return {
    registers: [{ name, initial: armed.level }],
    near: armed.near(variable(name)),
    set: { [name]: select(stays, armed.level, armed.never) },
  };
}

/** Climbs on the sphere to a maximum of a function; `value` is the function's at `point`. */
function climbed(f: (point: Triple) => number, point: Triple, value: number): number {
  for (let step = 0.1; step > 2e-3; ) {
    // six points around: along two tangents, and between them
    const [x, y, z] = point;
    const [a, b, c]: Triple = Math.abs(z) < 0.9 ? [-y, x, 0] : [0, -z, y];
    const length = Math.hypot(a, b, c);
    const first = [a / length, b / length, c / length];
    const second = [y * first[2] - z * first[1], z * first[0] - x * first[2], x * first[1] - y * first[0]];
    let better = false;
    for (let k = 0; k < 6; k++) {
      const [along, across] = [step * Math.cos((k * Math.PI) / 3), step * Math.sin((k * Math.PI) / 3)];
      const moved = [0, 1, 2].map((i) => [x, y, z][i] + along * first[i] + across * second[i]);
      const r = Math.hypot(...moved);
      const near: Triple = [moved[0] / r, moved[1] / r, moved[2] / r];
      const found = f(near);
      if (found > value) [value, point, better] = [found, near, true];
    }
    if (!better) step /= 2;
  }
  return value;
}

/** Points from which the largest displacement is searched for: energies may have more than one narrow well. */
const climbs = 12;

/**
 * Largest |l·(m seen in passing − m stored)| over the sphere, the run and the spreads: climbs from the samples where it is largest, so
 * that no narrow well is missed. Returns 1.5 times the maximum, or 2 times if larger values may lie between the sampled times.
 */
function displacement(
  scheme: Scheme,
  along: Vector,
  { timeStep, steps, spreads, breakpoints }: Watched,
): number {
  const moved = sub(dot(along, scheme.passing), dot(along, m));
  const evaluate = evaluator([moved], spreads);
  const corners = spreadCorners(spreads, 6);
  const largest = spherePoints.map((point) => ({ point, value: 0, t: 0, corner: corners[0] }));
  for (const t of sampleTimes(timeStep * steps, breakpoints, 48))
    for (const corner of corners)
      for (const best of largest) {
        const value = Math.abs(evaluate(best.point, t, corner)[0]);
        if (value > best.value) [best.value, best.t, best.corner] = [value, t, corner];
      }
  const tops = largest.sort((a, b) => b.value - a.value).slice(0, climbs);
  const found = tops.map(({ point, value, t, corner }) =>
    climbed((near) => Math.abs(evaluate(near, t, corner)[0]), point, value),
  );
  const known = Math.max(...found);
  const box = boxOver(spreads, timeStep * steps, 6);
  return (uses("t", [moved]) ? 2 : 1.5) * largestValue(abs(moved), box, known);
}

/** Known displacements, by direction. */
const displacements = new WeakMap<Scheme, WeakMap<Watched, Map<string, number>>>();

/**
 * The displacement along a direction or its opposite. It is computed once, because both sets of a dwell and passages into them need it.
 */
function displacementAlong(direction: Triple, scheme: Scheme, watched: Watched): number {
  const sign = (direction.find((x) => x !== 0) ?? 1) < 0 ? -1 : 1;
  const upward: Triple = [sign * direction[0], sign * direction[1], sign * direction[2]];
  const ofScheme = displacements.get(scheme) ?? new WeakMap<Watched, Map<string, number>>();
  displacements.set(scheme, ofScheme);
  const known = ofScheme.get(watched) ?? new Map<string, number>();
  ofScheme.set(watched, known);
  const found = known.get(upward.join()) ?? displacement(scheme, vector(...upward), watched);
  known.set(upward.join(), found);
  return found;
}

/** The threshold of a condition in a scheme. */
export function thresholdOf(condition: Expression, scheme: Scheme, watched: Watched): Threshold {
  const { dynamics, timeStep } = watched;
  const g = margin(condition);
  const shiftOf = (slopeSquared: Expression): Expression =>
    mul(overshoot, sqrt(mul(2 * timeStep, dynamics.diffusion, slopeSquared)));
  const flat = affine(g);
  if (!flat) {
    const slope = surfaceGradient(g);
    const moved = sub(g, shiftOf(dot(slope, slope)));
    const passing = seenInPassing(scheme, moved);
    return {
      passing,
      unmoved: seenInPassing(scheme, g),
      near: lessEqual(passing, 0),
      final: seen(scheme, moved),
      kept: passing,
      before: (_, kept) => kept,
    };
  }
  // With u = l·m, |∇g|² = |l|² − u² on the sphere: u + k = √(κ(|l|² − u²)), κ = 0.5826²·2Dh, is met at one u.
  const along = vector(...flat.direction);
  const { constant: k } = flat;
  const kappa = mul(overshoot ** 2 * 2 * timeStep, dynamics.diffusion);
  const squared = flat.direction.reduce((sum, x) => sum + x * x, 0);
  const root = sqrt(max(0, mul(kappa, sub(mul(squared, add(1, kappa)), k * k))));
  const met = div(sub(root, k), add(1, kappa));
  const stored = dot(along, m);
  const closest = add(met, displacementAlong(flat.direction, scheme, watched));
  const level = constantValue(closest);
  return {
    passing: sub(seenInPassing(scheme, stored), met),
    unmoved: seenInPassing(scheme, g),
    near: lessEqual(stored, closest),
    ...(level === undefined ? {} : { armed: armedAt(stored, level, Math.sqrt(squared)) }),
    final: sub(seen(scheme, stored), met),
    kept: stored,
    before: (marginNow, kept) => add(marginNow, sub(kept, stored)),
  };
}
