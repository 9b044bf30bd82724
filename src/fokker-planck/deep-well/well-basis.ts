import { gaussHermite, hermitePolynomials } from "../../numerics/gauss-hermite.ts";
import type { Dynamics } from "../../physics/dynamics.ts";
import { dynamicsInFrame } from "../frame.ts";
import type { Chart } from "./chart.ts";
import { onPlane, slopesOnPlane } from "./chart.ts";

/** h_a(u) h_b(v) with a + b at most `top`, the constant first. */
export interface WellBasis {
  readonly top: number;
  readonly size: number;
  readonly a: Int32Array;
  readonly b: Int32Array;
}

/** The basis up to the degree `top`, ordered by a + b. */
export function wellBasis(top: number): WellBasis {
  const orders = Array.from({ length: top + 1 }, (_, n) =>
    Array.from({ length: n + 1 }, (_, b) => [n - b, b]),
  );
  const all = orders.flat();
  return {
    top,
    size: all.length,
    a: Int32Array.from(all, ([a]) => a),
    b: Int32Array.from(all, ([, b]) => b),
  };
}

/** All functions of the basis at u. */
export function basisAt({ top, size, a, b }: WellBasis, u: number, v: number): Float64Array {
  const [p, q] = [hermitePolynomials(u, top), hermitePolynomials(v, top)];
  return Float64Array.from({ length: size }, (_, i) => p[a[i]] * q[b[i]]);
}

/** Σ cᵢhᵢ as a function of u. */
export function polynomialOf(
  { top, size, a, b }: WellBasis,
  c: Float64Array,
): (u: number, v: number) => number {
  const [p, q] = [new Float64Array(top + 1), new Float64Array(top + 1)];
  return (u, v) => {
    hermitePolynomials(u, top, p);
    hermitePolynomials(v, top, q);
    let sum = 0;
    for (let i = 0; i < size; i++) sum += c[i] * p[a[i]] * q[b[i]];
    return sum;
  };
}

/** Additional nodes beyond those for products of two functions, because the drift is not a polynomial. */
const moreNodes = 10;

/**
 * The backward operator L† = D∇² + (−∇Ψ + m×∇Ω)·∇ in the functions, row = test function under the standard normal density, size×size. The
 * projection preserves angles, so the Laplacian of the sphere is (1 + r²/4)² times that of the plane.
 */
export function backwardMatrix(
  basis: WellBasis,
  chart: Chart,
  dynamics: Dynamics,
  diffusion: number,
): Float64Array {
  const { top, size, a, b } = basis;
  const there = dynamicsInFrame(chart.frame, dynamics);
  const slopes = slopesOnPlane([onPlane(there.psi), onPlane(there.omega)]);
  const [sx, sy] = chart.scale;
  const { nodes, weights } = gaussHermite(top + moreNodes);
  const values = [...nodes].map((x) => hermitePolynomials(x, top));
  const matrix = new Float64Array(size * size);
  const image = new Float64Array(size);
  const test = new Float64Array(size);
  const at = new Float64Array(4);
  for (let i = 0; i < nodes.length; i++)
    for (let j = 0; j < nodes.length; j++) {
      const [x, y] = [sx * nodes[i], sy * nodes[j]];
      slopes(at, x, y);
      const stretch = (1 + (x * x + y * y) / 4) ** 2;
      const weight = weights[i] * weights[j] * stretch;
      // drift and diffusion of u and v: 1/s for an axis of width s
      const [alongU, alongV] = [(-at[0] - at[3]) / sx, (-at[1] + at[2]) / sy];
      const [spreadU, spreadV] = [diffusion / (sx * sx), diffusion / (sy * sy)];
      const [p, q] = [values[i], values[j]];
      for (let k = 0; k < size; k++) {
        const [n, m] = [a[k], b[k]];
        // h_n' = √n h_{n−1}
        const p1 = n > 0 ? Math.sqrt(n) * p[n - 1] : 0;
        const p2 = n > 1 ? Math.sqrt(n * (n - 1)) * p[n - 2] : 0;
        const q1 = m > 0 ? Math.sqrt(m) * q[m - 1] : 0;
        const q2 = m > 1 ? Math.sqrt(m * (m - 1)) * q[m - 2] : 0;
        image[k] = spreadU * p2 * q[m] + spreadV * p[n] * q2 + alongU * p1 * q[m] + alongV * p[n] * q1;
        test[k] = weight * p[n] * q[m];
      }
      for (let r = 0; r < size; r++) {
        const factor = test[r];
        const row = r * size;
        for (let k = 0; k < size; k++) matrix[row + k] += factor * image[k];
      }
    }
  return matrix;
}
