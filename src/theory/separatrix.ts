import { compileVector } from "../expression/compile.ts";
import { magnetization } from "../expression/vector.ts";
import type { Dynamics } from "../physics/dynamics.ts";
import { surfaceGradient } from "../physics/dynamics.ts";
import type { Curvature } from "../physics/wells/curvature.ts";
import { beside, tangents } from "../physics/wells/directions.ts";
import type { Point } from "../physics/wells/landscape.ts";

/** A piece of the separatrix from one saddle to the next, which may be the same one. */
export interface Arc {
  /** Energy lost on it, in kT. */
  readonly loss: number;
  /** A point beside the middle of the piece, on the side of lower energy. */
  readonly below: Point;
}

/**
 * Distance from a saddle at which a piece begins and ends, rad; the energy loss closer to the saddle is of the order of
 * its square.
 */
const near = 1e-3;
const step = 2e-3;
const longest = 20;

/**
 * Follows the level line of U = Ψ/D from a saddle along m' = m×∇Ω, in both directions that leave it, until it meets a
 * saddle again. The energy loss is ∫∇U·∇Ψ dt of that motion, as an integral over arc length ∫∇U·∇Ψ/|∇Ω| ds. Undefined
 * if a line meets no saddle.
 */
export function arcsFrom(
  saddle: Point,
  curvature: Curvature,
  saddles: readonly Point[],
  { psi, omega }: Dynamics,
  diffusion: number,
): Arc[] | undefined {
  const slopes = compileVector([...surfaceGradient(psi), ...surfaceGradient(omega)], magnetization);
  const at = new Float64Array(6);
  /** The direction of motion at a point whose length need not be one, and the loss per arc length there. */
  const flow = (m: Point): { direction: Point; loss: number } => {
    const size = Math.hypot(...m);
    const [x, y, z] = [m[0] / size, m[1] / size, m[2] / size];
    slopes(at, 0, x, y, z);
    const [a, b, c] = [y * at[5] - z * at[4], z * at[3] - x * at[5], x * at[4] - y * at[3]];
    const speed = Math.hypot(a, b, c);
    const squared = at[0] ** 2 + at[1] ** 2 + at[2] ** 2;
    return { direction: [a / speed, b / speed, c / speed], loss: squared / diffusion / speed };
  };
  const moved = (m: Point, by: Point, length: number): Point => {
    const sum = m.map((x, i) => x + length * by[i]);
    const size = Math.hypot(...sum);
    return [sum[0] / size, sum[1] / size, sum[2] / size];
  };
  const apart = (a: Point, b: Point): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
  const follow = (begin: Point): Arc | undefined => {
    let m = begin;
    let loss = 0;
    const path: Point[] = [];
    for (let length = 0; length < longest; length += step) {
      if (length > 10 * step && saddles.some((other) => apart(m, other) < 2 * step)) {
        const middle = path[path.length >> 1];
        slopes(at, 0, ...middle);
        const size = Math.hypot(at[0], at[1], at[2]);
        return { loss, below: moved(middle, [-at[0] / size, -at[1] / size, -at[2] / size], near) };
      }
      path.push(m);
      const k1 = flow(m);
      const k2 = flow(moved(m, k1.direction, step / 2));
      const k3 = flow(moved(m, k2.direction, step / 2));
      const k4 = flow(moved(m, k3.direction, step));
      loss += (step / 6) * (k1.loss + 2 * k2.loss + 2 * k3.loss + k4.loss);
      const mean = [0, 1, 2].map(
        (i) => (k1.direction[i] + 2 * k2.direction[i] + 2 * k3.direction[i] + k4.direction[i]) / 6,
      );
      m = moved(m, [mean[0], mean[1], mean[2]], step);
    }
    return undefined;
  };
  // level lines through the saddle: pp u² + 2 pq u v + qq v² = 0 along two axes; the outgoing ones are followed
  const [pp, pq, qq] = curvature;
  const [mean, spread] = [(pp + qq) / 2, Math.hypot((pp - qq) / 2, pq)];
  const turn = Math.atan2(2 * pq, pp - qq) / 2;
  const half = Math.acos(-mean / spread) / 2;
  const frame = tangents(saddle);
  const found = [turn + half, turn - half, turn + half + Math.PI, turn - half + Math.PI]
    .map((angle) => ({ angle, start: beside(saddle, frame, near * Math.cos(angle), near * Math.sin(angle)) }))
    .filter(
      ({ start }) => apart(moved(start, flow(start).direction, near / 10), saddle) > apart(start, saddle),
    )
    .map(({ start }) => follow(start));
  return found.length === 2 && found.every((arc) => arc !== undefined) ? (found as Arc[]) : undefined;
}
