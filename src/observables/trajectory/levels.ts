import type { Problem } from "../../experiment/problem.ts";
import { affine } from "../../expression/affine.ts";
import { compileScalar } from "../../expression/compile.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization, m as vector } from "../../expression/vector.ts";
import { thresholdsOf } from "../../fokker-planck/condition.ts";
import { areParallel } from "../../numerics/parallel.ts";

interface Levels {
  readonly up: Expression;
  readonly down: Expression;
}

/** The two levels that an observable of the problem defines, if one does. */
export function levelsIn({ observables }: Problem): Levels | undefined {
  const found = observables.find((planned) => "up" in planned && "down" in planned);
  return found && (found as unknown as Levels);
}

/**
 * 1 up, 0 down: the level reached last at each record; −1 before the first one. Crossings between records are missed.
 */
export function statesOf(
  { up, down }: Levels,
  points: readonly (readonly (readonly number[])[])[],
): number[][] {
  const [isUp, isDown] = [up, down].map((condition) => compileScalar(condition, magnetization));
  return points.map((row) => {
    let state = -1;
    return row.map(([x, y, z]) => {
      if (isUp(x, y, z)) state = 1;
      else if (isDown(x, y, z)) state = 0;
      return state;
    });
  });
}

/**
 * The thresholds, up and down, in the unit of a quantity that is linear in m and changes along their axis alone;
 * without a quantity, as the component of m along the axis. None if a threshold does not correspond to a single value
 * of the quantity.
 */
export function thresholdsIn({ up, down }: Levels, of: Expression | undefined): number[] {
  const { value } = thresholdsOf(up, down);
  if (!value) return [];
  const { axis } = value;
  const component = axis.findIndex((x) => Math.abs(x) === 1);
  const quantity = of ?? vector[component];
  const flat = quantity && affine(quantity);
  if (!flat) return [];
  const [x, y, z] = flat.direction;
  const length = Math.hypot(x, y, z);
  if (!(length > 0) || !areParallel([x / length, y / length, z / length], axis)) return [];
  const along = x * axis[0] + y * axis[1] + z * axis[2];
  return [value.up, value.down].map((threshold) => flat.constant + along * threshold);
}
