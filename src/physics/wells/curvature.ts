import { compileVector } from "../../expression/compile.ts";
import { gradient } from "../../expression/differentiate.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { tangents } from "./directions.ts";
import type { Point } from "./landscape.ts";

/** Second derivatives on the sphere along two tangent unit vectors: pp, pq and qq. */
export type Curvature = readonly [number, number, number];

/** Curvatures of a function on the sphere at a stationary point, along the `tangents` of the point. */
export function curvatureOf(of: Expression): (at: Point) => Curvature {
  const first = gradient(of, magnetization);
  const compiled = compileVector(
    [...first, ...first.flatMap((part) => gradient(part, magnetization))],
    magnetization,
  );
  const out = new Float64Array(12);
  return (m) => {
    compiled(out, 0, ...m);
    const [p, q] = tangents(m);
    const radial = out[0] * m[0] + out[1] * m[1] + out[2] * m[2];
    const along = (a: Point, b: Point): number => {
      let sum = 0;
      for (let i = 0; i < 3; i++) for (let j = 0; j < 3; j++) sum += a[i] * out[3 + 3 * i + j] * b[j];
      return sum;
    };
    return [along(p, p) - radial, along(p, q), along(q, q) - radial];
  };
}

/** Determinant of the second derivatives: positive at a minimum or maximum, negative at a saddle. */
export const determinant = ([pp, pq, qq]: Curvature): number => pp * qq - pq * pq;
