import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue, div, mul, sub } from "../expression/expression.ts";
import { exponentsOf, polynomial } from "../expression/polynomial.ts";
import { substitute } from "../expression/rewrite.ts";
import type { Vec3 } from "../fokker-planck/frame.ts";
import { unit } from "../fokker-planck/frame.ts";
import { symmetricEigen } from "../linear-algebra/symmetric-eigen.ts";
import { areParallel, inner } from "../numerics/parallel.ts";

/** Parameters of closed forms for a magnet with quadratic energy at one time; fields over its own B_K. */
export interface QuadraticMagnet {
  readonly alpha: number;
  /** Lowest barrier in kT; 0 if no direction is easy. */
  readonly delta: number;
  /** Energy of the hardest direction relative to the intermediate one, over the barrier: 0 for a uniaxial magnet. */
  readonly hardness: number;
  /** Unit vector along the easy axis. */
  readonly axis: Vec3;
  /** B_K of the anisotropy over the unit of field; rates and times scale with it. */
  readonly scale: number;
  /** Field, along the axis and across it. */
  readonly along: number;
  readonly across: number;
  /** |V|/kT in the field for m along it, for a magnet without anisotropy. */
  readonly fieldEnergy: number;
  /** Whether there is no torque at all. */
  readonly hasNoTorque: boolean;
  /** Torque fields of a polarizer along the axis; undefined for any other torque. */
  readonly torque: { readonly dampingLike: number; readonly fieldLike: number } | undefined;
}

/** f(m) = mᵀQm + l·m + constant, with numbers. */
interface Quadratic {
  readonly matrix: number[][];
  readonly linear: Vec3;
}

function quadratic(of: Expression): Quadratic | undefined {
  const terms = polynomial(of);
  if (!terms) return undefined;
  const matrix = [0, 1, 2].map(() => [0, 0, 0]);
  const linear: [number, number, number] = [0, 0, 0];
  for (const [key, coefficient] of terms) {
    const value = constantValue(coefficient);
    const axes = exponentsOf(key).flatMap((n, i) => new Array<number>(n).fill(i));
    if (value === undefined || axes.length > 2) return undefined;
    if (axes.length === 1) linear[axes[0]] += value;
    if (axes.length === 2) {
      matrix[axes[0]][axes[1]] += value / 2;
      matrix[axes[1]][axes[0]] += value / 2;
    }
  }
  return { matrix, linear };
}

const length = (a: Vec3): number => Math.sqrt(inner(a, a));

/** Easy axis, barrier and relative height of the hardest direction of a quadratic energy; 0 where all are equal. */
function easyAxis({ matrix }: Quadratic): Pick<QuadraticMagnet, "delta" | "axis" | "hardness"> | undefined {
  if (!matrix.flat().every(Number.isFinite)) return undefined;
  const { values, vectors } = symmetricEigen(matrix);
  const [low, middle, high] = values;
  const size = Math.max(Math.abs(low), Math.abs(high), 1e-300);
  if (high - low <= 1e-9 * size) return { delta: 0, hardness: 0, axis: [0, 0, 1] };
  // an easy plane has no barrier
  if (middle - low <= 1e-9 * size) return undefined;
  const hardness = high - middle > 1e-9 * size ? (high - middle) / (middle - low) : 0;
  const [x, y, z] = vectors[0];
  return { delta: middle - low, hardness, axis: [x, y, z] };
}

/**
 * Finds the parameters from Ψ, Ω and V at a reduced time, whichever terms they were written with; undefined if they are
 * not quadratic.
 */
export function magnetAt(problem: Problem, t: number): QuadraticMagnet | undefined {
  if (!problem.energyOverKT || problem.spreads.length > 0) return undefined;
  const [psi, omega, diffusive, over, damping] = substitute(
    [
      problem.dynamics.psi,
      problem.dynamics.omega,
      problem.dynamics.diffusion,
      problem.energyOverKT,
      problem.alpha,
    ],
    { t },
  );
  const alpha = constantValue(damping);
  const diffusion = constantValue(diffusive);
  if (alpha === undefined || !diffusion) return undefined;
  const chi = quadratic(sub(psi, mul(diffusion, over)));
  const phi = quadratic(sub(omega, div(mul(diffusion, over), alpha)));
  const energy = quadratic(over);
  const easy = energy && easyAxis(energy);
  if (!chi || !phi || !energy || !easy) return undefined;
  const { delta, hardness, axis } = easy;
  // B_K of the anisotropy over the unit of field, from D = α B_K/(2Δ)
  const scale = delta > 0 ? (2 * delta * diffusion) / alpha : 1;
  const rounding = 1e-9 * scale;
  const [x, y, z] = energy.linear;
  const perField = -2 * delta;
  const field: Vec3 = delta > 0 ? [x / perField, y / perField, z / perField] : [0, 0, 0];
  const along = inner(field, axis);
  const torqueAlong = (part: Quadratic): number | undefined => {
    const { linear, matrix } = part;
    if (!matrix.flat().every((x) => Math.abs(x) < rounding)) return undefined;
    const isNothing = linear.every((x) => Math.abs(x) < rounding);
    return isNothing || areParallel(unit(linear), axis) ? inner(linear, axis) / scale : undefined;
  };
  const [c, f] = [torqueAlong(chi), torqueAlong(phi)];
  return {
    alpha,
    delta,
    hardness,
    axis,
    scale,
    along,
    across: Math.sqrt(Math.max(inner(field, field) - along * along, 0)),
    fieldEnergy: length(energy.linear),
    hasNoTorque: [chi, phi].every(({ matrix, linear }) =>
      [...matrix.flat(), ...linear].every((x) => Math.abs(x) < rounding),
    ),
    // χ − αΦ = (1+α²) a c and αχ + Φ = (1+α²) b c in units of γ'B_K
    torque:
      c === undefined || f === undefined
        ? undefined
        : {
            dampingLike: (c - alpha * f) / (1 + alpha * alpha),
            fieldLike: (alpha * c + f) / (1 + alpha * alpha),
          },
  };
}
