import { compileScalar, compileVector } from "../../expression/compile.ts";
import { gradient } from "../../expression/differentiate.ts";
import type { Expression } from "../../expression/expression.ts";
import { merged, sizeOf } from "../../expression/merge.ts";
import { magnetization } from "../../expression/vector.ts";

export type Point = readonly [number, number, number];

type Enough = (x: number, y: number, z: number) => boolean;

/** An energy over the sphere at fixed values of its parameters. */
export interface Landscape {
  /** Operations of one step of a descent. */
  readonly operations: number;
  /** kT */
  energy(m: Point): number;
  /**
   * End of the path of steepest descent from m: a minimum, or m itself on a saddle or maximum, or the first point after
   * m at which `isEnough` is true.
   */
  descend(m: Point, isEnough?: Enough): Point;
}

/** A slope below this share of the largest slope and curvature on the path counts as zero. */
const level = 1e-10;
/** Accepted error of one step of the path, rad. */
const tolerance = 1e-3;
const longestStep = 0.2;
const mostSteps = 500;
/** Steps shorter than this end the path. */
const shortestStep = 1e-13;
/** Rosenbrock's method of second order, L-stable: narrow valleys need no more steps than round ones. */
const stage = 1 - Math.SQRT1_2;

/** An energy V/kT of mx, my, mz and named parameters, compiled once for all their values. */
export function landscapes(
  energyOverKT: Expression,
  names: readonly string[] = [],
): (values?: readonly number[]) => Landscape {
  const inputs = [...magnetization, ...names];
  const first = merged(gradient(energyOverKT, magnetization));
  const [fx, fy, fz] = first.map((part) => gradient(part, magnetization));
  const height = compileScalar(energyOverKT, inputs);
  const slopes = compileVector(first, inputs);
  const derivatives = merged([...first, fx[0], fx[1], fx[2], fy[1], fy[2], fz[2]]);
  const curves = compileVector(derivatives, inputs);
  const operations = sizeOf(derivatives);
  // work space of one step of one path
  const at = new Float64Array(9);
  const ahead = new Float64Array(3);
  const compiled: Compiled = { height, slopes, curves, at, ahead };
  return (values = []) => ({
    operations,
    energy: (m) => height(m[0], m[1], m[2], ...values),
    descend: (start, isEnough) => descend(compiled, values, start, isEnough),
  });
}

/**
 * An energy, its gradient, and the gradient with second derivatives xx, xy, xz, yy, yz, zz; and space for the values of
 * one step.
 */
interface Compiled {
  readonly height: ReturnType<typeof compileScalar>;
  readonly slopes: ReturnType<typeof compileVector>;
  readonly curves: ReturnType<typeof compileVector>;
  readonly at: Float64Array;
  readonly ahead: Float64Array;
}

function onSphere([x, y, z]: Point): Point {
  const norm = Math.hypot(x, y, z);
  return [x / norm, y / norm, z / norm];
}

/** aᵀHb with the second derivatives in `curves`, for Cartesian vectors a and b. */
function secondDerivative(
  curves: Float64Array,
  ax: number,
  ay: number,
  az: number,
  bx: number,
  by: number,
  bz: number,
): number {
  const [xx, xy, xz, yy, yz, zz] = [curves[3], curves[4], curves[5], curves[6], curves[7], curves[8]];
  return (
    ax * (xx * bx + xy * by + xz * bz) +
    ay * (xy * bx + yy * by + yz * bz) +
    az * (xz * bx + yz * by + zz * bz)
  );
}

/** The path of steepest descent from a direction, step by step. */
function descend(compiled: Compiled, values: readonly number[], start: Point, isEnough?: Enough): Point {
  const { height, slopes, curves, at, ahead } = compiled;
  let [x, y, z] = onSphere(start);
  let low = height(x, y, z, ...values);
  let [step, scale] = [0, 0];
  for (let i = 0; i < mostSteps; i++) {
    curves(at, 0, x, y, z, ...values);
    // two unit vectors p and q that complete m to an orthonormal frame
    const sign = z < 0 ? -1 : 1;
    const share = -1 / (sign + z);
    const [px, py, pz] = [1 + sign * x * x * share, sign * x * y * share, -sign * x];
    const [qx, qy, qz] = [x * y * share, sign + y * y * share, -y];
    // −∇V and the Hessian on the sphere in this frame
    const [gx, gy, gz] = [at[0], at[1], at[2]];
    const a = -(gx * px + gy * py + gz * pz);
    const b = -(gx * qx + gy * qy + gz * qz);
    const radial = gx * x + gy * y + gz * z;
    const pp = secondDerivative(at, px, py, pz, px, py, pz) - radial;
    const pq = secondDerivative(at, qx, qy, qz, px, py, pz);
    const qq = secondDerivative(at, qx, qy, qz, qx, qy, qz) - radial;
    const size = Math.sqrt(a * a + b * b);
    scale = Math.max(scale, size, Math.abs(pp), Math.abs(qq));
    if (!(size > level * scale)) break;
    const lowest = (pp + qq) / 2 - Math.sqrt(0.25 * (pp - qq) * (pp - qq) + pq * pq);
    step ||= 0.05 / size;
    if (lowest < 0) step = Math.min(step, -0.5 / (stage * lowest));
    let [isDone, isTaken] = [false, false];
    while (!isTaken && !isDone) {
      const w = stage * step;
      const [dpp, dqq, dpq] = [1 + w * pp, 1 + w * qq, w * pq];
      const determinant = dpp * dqq - dpq * dpq;
      const firstP = (dqq * a - dpq * b) / determinant;
      const firstQ = (dpp * b - dpq * a) / determinant;
      let [u, v] = [step * firstP, step * firstQ];
      let length = Math.sqrt(1 + u * u + v * v);
      let mx = (x + u * px + v * qx) / length;
      let my = (y + u * py + v * qy) / length;
      let mz = (z + u * pz + v * qz) / length;
      slopes(ahead, 0, mx, my, mz, ...values);
      // there −∇V as a velocity in the central projection on the plane of p and q, where m is (1, u, v)/length
      const up = ahead[0] * mx + ahead[1] * my + ahead[2] * mz;
      const [vx, vy, vz] = [up * mx - ahead[0], up * my - ahead[1], up * mz - ahead[2]];
      const fall = -(x * vx + y * vy + z * vz) * length;
      const [ax, ay, az] = [vx + fall * mx, vy + fall * my, vz + fall * mz];
      const restP = (px * ax + py * ay + pz * az) * length - 2 * firstP;
      const restQ = (qx * ax + qy * ay + qz * az) * length - 2 * firstQ;
      const secondP = (dqq * restP - dpq * restQ) / determinant;
      const secondQ = (dpp * restQ - dpq * restP) / determinant;
      const [missP, missQ] = [firstP + secondP, firstQ + secondQ];
      const error = 0.5 * step * Math.sqrt(missP * missP + missQ * missQ);
      u = step * (1.5 * firstP + 0.5 * secondP);
      v = step * (1.5 * firstQ + 0.5 * secondQ);
      const way = Math.sqrt(u * u + v * v);
      length = Math.sqrt(1 + u * u + v * v);
      mx = (x + u * px + v * qx) / length;
      my = (y + u * py + v * qy) / length;
      mz = (z + u * pz + v * qz) / length;
      const lower = height(mx, my, mz, ...values);
      const falls = lower <= low + 1e-14 * Math.abs(low);
      const better = 0.9 * Math.sqrt(tolerance / Math.max(error, 1e-12));
      if (falls && error <= tolerance && way <= longestStep) {
        x = mx;
        y = my;
        z = mz;
        low = lower;
        isTaken = true;
        step *= Math.min(8, better);
        isDone = way < 1e-9 && lowest > 0;
      } else {
        step *= falls ? Math.max(0.2, Math.min(0.7, better)) : 0.25;
        isDone = !(step * size > shortestStep);
      }
    }
    if (isDone || isEnough?.(x, y, z)) break;
  }
  return [x, y, z];
}
