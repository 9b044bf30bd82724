import { compileVector } from "../expression/compile.ts";
import type { Expression } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { gaussLegendre } from "../linear-algebra/gauss-legendre.ts";
import { surfaceGradient } from "./dynamics.ts";
import { harmonicSum, sphericalHarmonics } from "./harmonics.ts";

export interface Coefficient {
  readonly l: number;
  readonly m: number;
  readonly value: number;
}

/** A tangent field as −∇χ + m×∇Φ, in the unit of the field. */
export interface Decomposition {
  readonly chi: Expression;
  readonly phi: Expression;
  /** Coefficients of real orthonormal spherical harmonics (harmonics.ts). */
  readonly chiCoefficients: readonly Coefficient[];
  readonly phiCoefficients: readonly Coefficient[];
  /** Largest length of field − (−∇χ + m×∇Φ) over the largest length of the field, on points between the nodes. */
  readonly residual: number;
  /** Highest degree that was looked at. */
  readonly degree: number;
}

const degrees = [3, 6, 12, 24];
const goal = 1e-10;
/** Coefficients this much below the largest are rounding. */
const negligible = 1e-14;

/**
 * Helmholtz decomposition of a vector field on the sphere (Eq. 44): unique up to constants in χ and Φ. Only the
 * tangent part of the field counts. With ∫∇Y·∇Y' = l(l+1)δ, the coefficients are
 *
 *   χ_lm = −∫ X·∇Y_lm dΣ / l(l+1),   Φ_lm = ∫ X·(m×∇Y_lm) dΣ / l(l+1)
 *
 * by a product quadrature that is exact for fields of the degree. The degree grows until the residual is below
 * 1e-10, at most to 24.
 *
 * @param field functions of mx, my, mz alone.
 */
export function decompose(field: Vector): Decomposition {
  let best: Decomposition | undefined;
  for (const degree of degrees) {
    const found = decomposeTo(field, degree);
    if (!best || found.residual < best.residual) best = found;
    if (best.residual <= goal) break;
  }
  return best!;
}

type Sampled = (x: number, y: number, z: number) => Float64Array;

function sampler(outputs: readonly Expression[]): Sampled {
  const compiled = compileVector(outputs, ["mx", "my", "mz"]);
  const out = new Float64Array(outputs.length);
  return (x, y, z) => {
    compiled(out, 0, x, y, z);
    return out;
  };
}

function decomposeTo(field: Vector, degree: number): Decomposition {
  const Y = sphericalHarmonics();
  const orders: [number, number][] = [];
  for (let l = 1; l <= degree; l++) for (let m = -l; m <= l; m++) orders.push([l, m]);
  const gradients = sampler(orders.flatMap(([l, m]) => surfaceGradient(Y(l, m))));
  const sample = sampler(field);
  const chi = new Float64Array(orders.length);
  const phi = new Float64Array(orders.length);
  // products of a field of this degree with a gradient of this degree: degree 2(degree + 1) at most
  const rings = degree + 2;
  const { nodes, weights } = gaussLegendre(rings);
  const sectors = 2 * degree + 4;
  for (let i = 0; i < rings; i++)
    for (let j = 0; j < sectors; j++) {
      const [x, y, z] = point(nodes[i], (2 * Math.PI * j) / sectors);
      const weight = (weights[i] * 2 * Math.PI) / sectors;
      const [fx, fy, fz] = sample(x, y, z);
      const g = gradients(x, y, z);
      // X·(m×g) = g·(X×m)
      const [cx, cy, cz] = [fy * z - fz * y, fz * x - fx * z, fx * y - fy * x];
      for (let k = 0; k < orders.length; k++) {
        const [gx, gy, gz] = [g[3 * k], g[3 * k + 1], g[3 * k + 2]];
        const l = orders[k][0];
        const scale = weight / (l * (l + 1));
        chi[k] -= scale * (fx * gx + fy * gy + fz * gz);
        phi[k] += scale * (cx * gx + cy * gy + cz * gz);
      }
    }
  const largest = Math.max(...chi.map(Math.abs), ...phi.map(Math.abs));
  const kept = (values: Float64Array): Coefficient[] =>
    orders
      .map(([l, m], k) => ({ l, m, value: values[k] }))
      .filter(({ value }) => Math.abs(value) > negligible * largest);
  const [chiCoefficients, phiCoefficients] = [kept(chi), kept(phi)];
  return {
    chi: harmonicSum(chiCoefficients),
    phi: harmonicSum(phiCoefficients),
    chiCoefficients,
    phiCoefficients,
    residual: residualOf(sample, gradients, chi, phi),
    degree,
  };
}

function residualOf(sample: Sampled, gradients: Sampled, chi: Float64Array, phi: Float64Array): number {
  let [worst, largest] = [0, 0];
  const count = 200;
  for (let i = 0; i < count; i++) {
    const [x, y, z] = point(1 - (2 * i + 1) / count, i * Math.PI * (3 - Math.sqrt(5)));
    const [fx, fy, fz] = sample(x, y, z);
    const radial = fx * x + fy * y + fz * z;
    const rest = [fx - radial * x, fy - radial * y, fz - radial * z];
    largest = Math.max(largest, Math.hypot(rest[0], rest[1], rest[2]));
    const g = gradients(x, y, z);
    for (let k = 0; k < chi.length; k++) {
      const [gx, gy, gz] = [g[3 * k], g[3 * k + 1], g[3 * k + 2]];
      rest[0] += chi[k] * gx - phi[k] * (y * gz - z * gy);
      rest[1] += chi[k] * gy - phi[k] * (z * gx - x * gz);
      rest[2] += chi[k] * gz - phi[k] * (x * gy - y * gx);
    }
    worst = Math.max(worst, Math.hypot(rest[0], rest[1], rest[2]));
  }
  return largest === 0 ? 0 : worst / largest;
}

function point(z: number, angle: number): [number, number, number] {
  const s = Math.sqrt(1 - z * z);
  return [s * Math.cos(angle), s * Math.sin(angle), z];
}
