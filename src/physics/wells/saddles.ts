import { compileVector } from "../../expression/compile.ts";
import { gradient } from "../../expression/differentiate.ts";
import type { Expression } from "../../expression/expression.ts";
import { magnetization } from "../../expression/vector.ts";
import { spreadPoints } from "../../numerics/sphere-points.ts";
import { curvatureOf, determinant } from "./curvature.ts";
import { beside, tangents } from "./directions.ts";
import type { Point } from "./landscape.ts";
import { isCloserThan } from "./minima.ts";

/** Number of directions from which the search for saddles starts, and of Newton steps from each. */
const scouts = 300;
const steps = 40;
const longestStep = 0.1;
const isSame = isCloserThan(1e-6);

/** The saddles of an energy that Newton's method finds from many directions, each once; rings of saddles are left out. */
export function saddlesOf(energy: Expression): Point[] {
  const compiled = compileVector(gradient(energy, magnetization), magnetization);
  const curvature = curvatureOf(energy);
  const slopes = new Float64Array(3);
  const found: Point[] = [];
  for (const start of spreadPoints(scouts)) {
    let at: Point = [start[0], start[1], start[2]];
    let size = Number.POSITIVE_INFINITY;
    for (let i = 0; i < steps && size > 1e-12; i++) {
      compiled(slopes, 0, ...at);
      const frame = tangents(at);
      const [a, b] = frame.map((p) => p[0] * slopes[0] + p[1] * slopes[1] + p[2] * slopes[2]);
      const [pp, pq, qq] = curvature(at);
      const whole = determinant([pp, pq, qq]);
      const [u, v] = [-(qq * a - pq * b) / whole, -(pp * b - pq * a) / whole];
      size = Math.hypot(u, v);
      if (!Number.isFinite(size)) break;
      const share = Math.min(1, longestStep / size);
      at = beside(at, frame, share * u, share * v);
    }
    const [pp, pq, qq] = curvature(at);
    const whole = determinant([pp, pq, qq]);
    const isSaddle = size < 1e-9 && whole < -1e-9 * (pp * pp + qq * qq + pq * pq);
    if (isSaddle && !found.some((other) => isSame(other, at))) found.push(at);
  }
  return found;
}
