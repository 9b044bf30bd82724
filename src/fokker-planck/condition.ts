import type { ProjectionSetFound } from "../experiment/projection-set.ts";
import { projectionSet, turnedTo } from "../experiment/projection-set.ts";
import type { Expression } from "../expression/expression.ts";
import { mx, mz } from "../expression/vector.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Vec3 } from "./frame.ts";

const reason = `the exact side takes conditions on one projection of m, like ${mz} < -0.5 or abs(${mz}) < 0.2 or 0.3 < ${mx} and ${mx} < 0.6`;

/** The set that a condition on m describes, from the form of its expression. */
export function projectionSetOf(condition: Expression): Exact<ProjectionSetFound> {
  const found = projectionSet(condition);
  return found === undefined ? outOfReach(reason) : exactly(found);
}

/** Thresholds of a two-level trace: axis·m ≥ up is up, axis·m ≤ down is down. */
export function thresholdsOf(
  up: Expression,
  down: Expression,
): Exact<{ axis: Vec3; up: number; down: number }> {
  const sets = [projectionSetOf(up), projectionSetOf(down)];
  const [high, low] = sets.map(({ value }) => value);
  if (high === null || low === null) return outOfReach(reason);
  const against = outOfReach<{ axis: Vec3; up: number; down: number }>(
    "up and down are not conditions on one projection from both sides",
  );
  if (typeof high === "string" || typeof low === "string") return against;
  const turned = turnedTo(low.axis, high);
  if (turned?.intervals.length !== 1 || low.intervals.length !== 1) return against;
  const [[above], [below]] = [turned.intervals, low.intervals];
  if (above.to >= 1 && below.from <= -1) return exactly({ axis: low.axis, up: above.from, down: below.to });
  if (above.from > -1 || below.to < 1) return against;
  const axis: Vec3 = [-low.axis[0], -low.axis[1], -low.axis[2]];
  return exactly({ axis, up: -above.to, down: -below.from });
}
