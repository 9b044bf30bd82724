import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import type { Problem } from "../experiment/problem.ts";
import type { Expression } from "../expression/expression.ts";
import { constantValue, div, mul, sub } from "../expression/expression.ts";
import { polynomial } from "../expression/polynomial.ts";
import type { TheoryResult } from "../result.ts";
import { theory } from "../theory/catalogue.ts";
import type { ClosedForm } from "../theory/closed-form.ts";
import { evaluateForm } from "../theory/closed-form.ts";

/** f(m) = mᵀQm + l·m + constant, with numbers. */
interface Quadratic {
  readonly matrix: number[][];
  readonly linear: number[];
}

function quadratic(of: Expression): Quadratic | undefined {
  const terms = polynomial(of);
  if (!terms) return undefined;
  const matrix = [0, 1, 2].map(() => [0, 0, 0]);
  const linear = [0, 0, 0];
  for (const [key, coefficient] of terms) {
    const value = constantValue(coefficient);
    const exponents = key.split(",").map(Number);
    const axes = exponents.flatMap((n, i) => new Array<number>(n).fill(i));
    if (value === undefined || axes.length > 2) return undefined;
    if (axes.length === 1) linear[axes[0]] += value;
    if (axes.length === 2) {
      matrix[axes[0]][axes[1]] += value / 2;
      matrix[axes[1]][axes[0]] += value / 2;
    }
  }
  return { matrix, linear };
}

const dot = (a: readonly number[], b: readonly number[]): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const length = (a: readonly number[]): number => Math.sqrt(dot(a, a));

/** Easy axis and barrier of a quadratic energy with one low and two equal high directions; 0 where all are equal. */
function easyAxis({ matrix }: Quadratic): { delta: number; axis: number[] } | undefined {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(new Matrix(matrix), {
    assumeSymmetric: true,
  });
  const order = [0, 1, 2].sort((a, b) => realEigenvalues[a] - realEigenvalues[b]);
  const [low, middle, high] = order.map((i) => realEigenvalues[i]);
  const size = Math.max(Math.abs(low), Math.abs(high), 1e-300);
  if (high - low <= 1e-9 * size) return { delta: 0, axis: [0, 0, 1] };
  if (high - middle > 1e-9 * size) return undefined;
  return { delta: high - low, axis: [0, 1, 2].map((i) => eigenvectorMatrix.get(i, order[0])) };
}

/**
 * Closed forms that speak about a problem, in SI units. They are found from Ψ, Ω and V alone: a uniaxial magnet is an energy
 * with one low and two equal high directions, whatever terms it was written with.
 */
export function theoryOf(problem: Problem): TheoryResult[] {
  const { dynamics, energyOverKT, units } = problem;
  const alpha = constantValue(problem.alpha);
  const diffusion = constantValue(dynamics.diffusion);
  if (!energyOverKT || alpha === undefined || !diffusion) return [];
  const chi = quadratic(sub(dynamics.psi, mul(dynamics.diffusion, energyOverKT)));
  const phi = quadratic(sub(dynamics.omega, div(mul(dynamics.diffusion, energyOverKT), alpha)));
  const energy = quadratic(energyOverKT);
  const easy = energy && easyAxis(energy);
  if (!chi || !phi || !energy || !easy) return [];
  const { delta, axis } = easy;
  // B_K of the anisotropy over the unit of field that was chosen, from D = α B_K/(2Δ)
  const scale = delta > 0 ? (2 * delta * diffusion) / alpha : 1;
  const rounding = 1e-9 * scale;
  const inSI: Readonly<Record<string, readonly [number, string]>> = {
    "γ'B_K": [scale / units.time, "1/s"],
    "1/(γ'B_K)": [units.time / scale, "s"],
    B_K: [scale * units.field, "T"],
  };
  const rows = <P>(forms: readonly ClosedForm<P>[], parameters: P): TheoryResult[] =>
    forms.map((form) => {
      const row = evaluateForm(form, parameters);
      const [factor, unit] = inSI[row.unit] ?? [1, row.unit];
      return { ...row, unit, value: row.value === null ? null : row.value * factor };
    });
  const still = [chi, phi].every(({ matrix, linear }) =>
    [...matrix.flat(), ...linear].every((x) => Math.abs(x) < rounding),
  );
  if (delta === 0) return still ? rows(theory.freeSpin, { fieldEnergy: length(energy.linear) }) : [];
  const field = energy.linear.map((x) => -x / (2 * delta));
  const along = dot(field, axis);
  const across = Math.sqrt(Math.max(dot(field, field) - along * along, 0));
  const torqueAlong = (part: Quadratic): number | undefined => {
    const value = dot(part.linear, axis);
    const rest = part.linear.map((x, i) => x - value * axis[i]);
    return length(rest) < rounding && part.matrix.flat().every((x) => Math.abs(x) < rounding)
      ? value / scale
      : undefined;
  };
  const [c, f] = [torqueAlong(chi), torqueAlong(phi)];
  if (c === undefined || f === undefined) return [];
  if (across > 1e-9) {
    if (!still) return [];
    const size = length(field);
    return rows(theory.oblique, { delta, alpha, field: size, fieldAngle: Math.acos(Math.abs(along) / size) });
  }
  // χ − αΦ = (1+α²) a c and αχ + Φ = (1+α²) b c in units of γ'B_K
  const dampingLike = (c - alpha * f) / (1 + alpha * alpha);
  const fieldLike = (alpha * c + f) / (1 + alpha * alpha);
  return [
    ...rows(theory.axialEquilibrium, { delta, field: along - dampingLike / alpha - fieldLike }),
    ...rows(theory.axial, { delta, alpha, field: along, dampingLike, fieldLike }),
    ...(dampingLike !== 0 ? rows(theory.axialStability, { alpha, field: along, fieldLike }) : []),
  ];
}
