import { affine } from "../expression/affine.ts";
import type { Expression } from "../expression/expression.ts";
import { margin } from "../expression/margin.ts";
import type { Triple } from "../physics/parameter.ts";

/** A condition l·m + k ≤ 0 as a cap: the directions within `angle` of `axis`. */
export interface Cap {
  readonly axis: Triple;
  readonly angle: number;
}

/** The cap of directions that fulfil a condition; undefined if they do not form a cap. */
export function capOf(condition: Expression): Cap | undefined {
  const flat = affine(margin(condition));
  if (!flat) return undefined;
  const [x, y, z] = flat.direction;
  const length = Math.hypot(x, y, z);
  if (!(length > 0)) return undefined;
  const cosine = flat.constant / length;
  // true everywhere or nowhere: there is no rim
  if (!(Math.abs(cosine) < 1)) return undefined;
  return { axis: [-x / length, -y / length, -z / length], angle: Math.acos(cosine) };
}
