import { compileVector } from "../expression/compile.ts";
import { differentiate } from "../expression/differentiate.ts";
import type { Expression } from "../expression/expression.ts";
import { add, mul, sub } from "../expression/expression.ts";
import type { Vector } from "../expression/vector.ts";
import { cross, dot, m, magnetization, minus, scale } from "../expression/vector.ts";
import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import { spreadPoints } from "../numerics/sphere-points.ts";
import { surfaceGradient } from "./dynamics.ts";
import { harmonicSum, sphericalHarmonics } from "./harmonics.ts";

/** A tangent field as −∇χ + m×∇Φ, in the unit of the field. */
export interface Decomposition {
  readonly chi: Expression;
  readonly phi: Expression;
  /** Largest length of field − (−∇χ + m×∇Φ) over the largest length of the field, on points between the nodes. */
  readonly residual: number;
  /** Highest degree that was computed. */
  readonly degree: number;
}

const degrees = [3, 6, 12, 24];
const goal = 1e-10;
/** Coefficients below this share of the largest are rounding. */
const negligible = 1e-14;

/**
 * Helmholtz decomposition of a vector field on the sphere (Eq. 44): unique up to constants in χ and Φ. Only the
 * tangent part of the field counts. From ∇²χ = −∇·X and ∇²Φ = m·(∇×X), harmonic by harmonic,
 *
 *   χ_lm = ∫ (∇·X) Y_lm dΣ / l(l+1),   Φ_lm = −∫ m·(∇×X) Y_lm dΣ / l(l+1)
 *
 * by a product quadrature that is exact for fields of the degree. The degree grows until the residual is below
 * 1e-10, at most to 24.
 *
 * @param field functions of mx, my, mz alone.
 */
export function decompose(field: Vector): Decomposition {
  const sources = sampler([divergence(field), curl(field)]);
  const tangent = minus(field, scale(dot(field, m), m));
  let best: Decomposition | undefined;
  for (const degree of degrees) {
    const found = decomposeTo(sources, tangent, degree);
    if (!best || found.residual < best.residual) best = found;
    if (best.residual <= goal) break;
  }
  return best!;
}

type Sampled = (x: number, y: number, z: number) => Float64Array;

function sampler(outputs: readonly Expression[]): Sampled {
  const compiled = compileVector(outputs, magnetization);
  const out = new Float64Array(outputs.length);
  return (x, y, z) => {
    compiled(out, 0, x, y, z);
    return out;
  };
}

/** Surface divergence of the tangent part, tr[(1 − m⊗m) ∇X] − 2 m·X. */
function divergence(X: Vector): Expression {
  const rows = X.map((component) => magnetization.map((name) => differentiate(component, name)));
  const trace = add(...rows.map((row, i) => row[i]));
  const radial = add(...rows.map((row, i) => mul(m[i], dot(row as unknown as Vector, m))));
  return sub(sub(trace, radial), mul(2, dot(m, X)));
}

/** m·(∇×X). */
function curl(X: Vector): Expression {
  const d = (i: number, j: number) => differentiate(X[i], magnetization[j]);
  return dot(m, [sub(d(2, 1), d(1, 2)), sub(d(0, 2), d(2, 0)), sub(d(1, 0), d(0, 1))]);
}

function decomposeTo(sources: Sampled, tangent: Vector, degree: number): Decomposition {
  const Y = sphericalHarmonics();
  const orders: [number, number][] = [];
  for (let l = 1; l <= degree; l++) for (let order = -l; order <= l; order++) orders.push([l, order]);
  const harmonics = sampler(orders.map(([l, order]) => Y(l, order)));
  const chi = new Float64Array(orders.length);
  const phi = new Float64Array(orders.length);
  // products of a field of this degree with a harmonic of this degree
  const rings = degree + 2;
  const { nodes, weights } = gaussLegendre(rings);
  const sectors = 2 * degree + 4;
  for (let i = 0; i < rings; i++)
    for (let j = 0; j < sectors; j++) {
      const [x, y, z] = point(nodes[i], (2 * Math.PI * j) / sectors);
      const weight = (weights[i] * 2 * Math.PI) / sectors;
      const [outflow, rotation] = sources(x, y, z);
      const values = harmonics(x, y, z);
      for (let k = 0; k < orders.length; k++) {
        const l = orders[k][0];
        const part = (weight * values[k]) / (l * (l + 1));
        chi[k] += part * outflow;
        phi[k] -= part * rotation;
      }
    }
  const largest = Math.max(...chi.map(Math.abs), ...phi.map(Math.abs));
  const sumOf = (values: Float64Array): Expression =>
    harmonicSum(
      orders
        .map(([l, order], k) => ({ l, m: order, value: values[k] }))
        .filter(({ value }) => Math.abs(value) > negligible * largest),
    );
  const [chiSum, phiSum] = [sumOf(chi), sumOf(phi)];
  const recomposed = minus(cross(m, surfaceGradient(phiSum)), surfaceGradient(chiSum));
  return {
    chi: chiSum,
    phi: phiSum,
    residual: residualOf(tangent, recomposed),
    degree,
  };
}

/** Largest difference over largest length, on points between the nodes. */
function residualOf(tangent: Vector, recomposed: Vector): number {
  const sample = sampler([...tangent, ...minus(tangent, recomposed)]);
  let [worst, largest] = [0, 0];
  for (const m of spreadPoints(200)) {
    const values = sample(...m);
    largest = Math.max(largest, Math.hypot(values[0], values[1], values[2]));
    worst = Math.max(worst, Math.hypot(values[3], values[4], values[5]));
  }
  return largest === 0 ? 0 : worst / largest;
}

function point(z: number, angle: number): [number, number, number] {
  const s = Math.sqrt(1 - z * z);
  return [s * Math.cos(angle), s * Math.sin(angle), z];
}
