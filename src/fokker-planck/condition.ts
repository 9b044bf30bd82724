import type { Expression } from "../expression/expression.ts";
import { constantValue } from "../expression/expression.ts";
import { margin } from "../expression/margin.ts";
import { polynomial } from "../expression/polynomial.ts";
import type { Exact } from "./exact.ts";
import { exactly, outOfReach } from "./exact.ts";
import type { Vec3 } from "./frame.ts";

/** The set axis·m ≤ value (a cap, or its complement). */
export interface HalfSpace {
  readonly axis: Vec3;
  readonly value: number;
}

const reason = "the exact side takes conditions on one projection of m, like mz < -0.5";

/** The half space that a condition on m describes, its axis pointing out of the set. */
export function halfSpaceOf(condition: Expression): Exact<HalfSpace> {
  const terms = polynomial(margin(condition));
  if (!terms) return outOfReach(reason);
  const linear: [number, number, number] = [0, 0, 0];
  let offset = 0;
  for (const [key, coefficient] of terms) {
    const value = constantValue(coefficient);
    const place = ["1,0,0", "0,1,0", "0,0,1"].indexOf(key);
    if (value === undefined || (place < 0 && key !== "0,0,0")) return outOfReach(reason);
    if (place < 0) offset = value;
    else linear[place] = value;
  }
  const length = Math.hypot(...linear);
  if (length === 0) return outOfReach(reason);
  const axis: Vec3 = [linear[0] / length, linear[1] / length, linear[2] / length];
  return exactly({ axis, value: -offset / length });
}

/** Thresholds of a two-level trace: axis·m ≥ up is up, axis·m ≤ down is down. */
export function thresholdsOf(
  up: Expression,
  down: Expression,
): Exact<{ axis: Vec3; up: number; down: number }> {
  const [high, low] = [halfSpaceOf(up), halfSpaceOf(down)];
  if (high.value === null) return high;
  if (low.value === null) return low;
  const { axis, value } = low.value;
  const against = high.value.axis;
  const parallel = axis[0] * against[0] + axis[1] * against[1] + axis[2] * against[2];
  if (parallel > -1 + 1e-12)
    return outOfReach("up and down are not conditions on one projection from both sides");
  return exactly({ axis, up: -high.value.value, down: value });
}
