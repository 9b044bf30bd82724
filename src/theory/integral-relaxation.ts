import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import type { AxialDrive } from "./axial-drive.ts";
import { effectiveField } from "./axial-drive.ts";
import { boltzmannMoments } from "./boltzmann-moments.ts";
import type { ClosedForm } from "./closed-form.ts";

/** Barriers in kT beyond which a Boltzmann weight leaves the range of double precision. */
const largestBarrier = 700;

/**
 * Integral relaxation time of mz, ∫₀^∞ C(t) dt/C(0), of a uniaxial magnet with field or torque along the axis, by quadrature:
 *
 *   T = (1/D) ∫_{−1}^{1} Φ(z)² / [(1−z²) w(z)] dz / (⟨z²⟩−⟨z⟩²),   Φ(z) = ∫_{−1}^{z} (z'−⟨z⟩) w(z') dz',
 *
 * w the normalized Boltzmann weight. Φ vanishes at both ends; each value is taken from the side where less has been
 * summed, so nothing is lost to cancellation at high barriers or strong fields. Relative accuracy 1e-9 to Δ(1+|h|)² ≈ 500.
 */
export function integralRelaxationTime(drive: AxialDrive): number {
  const { delta, alpha } = drive;
  const h = effectiveField(drive);
  if (delta * (1 + Math.abs(h)) ** 2 > largestBarrier) return Number.NaN;
  const moments = boltzmannMoments({ delta, field: h });
  const energy = (z: number) => -delta * z * (z + 2 * h);
  const panels = Math.max(32, Math.ceil(8 * Math.sqrt(delta * (1 + Math.abs(h))) + 4 * delta * Math.abs(h)));
  const { nodes, weights } = gaussLegendre(12);
  const count = panels * nodes.length;
  const z = new Float64Array(count);
  const weight = new Float64Array(count);
  // Panels narrow quadratically towards the ends, where the wells are.
  const edge = (p: number) => -Math.cos((Math.PI * p) / panels);
  for (let p = 0; p < panels; p++) {
    const [middle, half] = [(edge(p + 1) + edge(p)) / 2, (edge(p + 1) - edge(p)) / 2];
    for (let i = 0; i < nodes.length; i++) {
      z[p * nodes.length + i] = middle + half * nodes[i];
      weight[p * nodes.length + i] = half * weights[i];
    }
  }
  const lowest = Math.min(energy(-1), energy(1));
  const boltzmann = z.map((v) => Math.exp(lowest - energy(v)));
  const norm = boltzmann.reduce((sum, b, i) => sum + b * weight[i], 0);
  const fluxes = cumulative(z, weight, boltzmann, moments.z, panels, norm);
  let [integral, variance] = [0, 0];
  for (let i = 0; i < count; i++) {
    const density = boltzmann[i] / norm;
    variance += weight[i] * density * (z[i] - moments.z) ** 2;
    integral += density > 0 ? (weight[i] * fluxes[i] ** 2) / ((1 - z[i] * z[i]) * density) : 0;
  }
  return ((2 * delta) / alpha) * (integral / variance);
}

/** Φ at every node: sums over whole panels, and inside a panel the integral of the interpolating polynomial. */
function cumulative(
  z: Float64Array,
  weight: Float64Array,
  boltzmann: Float64Array,
  mean: number,
  panels: number,
  norm: number,
): Float64Array {
  const order = z.length / panels;
  const partial = partialWeights(order);
  const { weights } = gaussLegendre(order);
  const density = z.map((v, i) => ((v - mean) * boltzmann[i]) / norm);
  const result = new Float64Array(z.length);
  const [left, right] = [0, 1].map(() => ({
    sum: new Float64Array(panels + 1),
    size: new Float64Array(panels + 1),
  }));
  for (let p = 0; p < panels; p++) {
    let [sum, size] = [0, 0];
    for (let i = p * order; i < (p + 1) * order; i++) {
      sum += weight[i] * density[i];
      size += weight[i] * Math.abs(density[i]);
    }
    left.sum[p + 1] = left.sum[p] + sum;
    left.size[p + 1] = left.size[p] + size;
    right.sum[p] = sum;
    right.size[p] = size;
  }
  for (let p = panels - 1; p >= 0; p--) {
    right.sum[p] += right.sum[p + 1];
    right.size[p] += right.size[p + 1];
  }
  for (let p = 0; p < panels; p++) {
    const half = weight[p * order] / weights[0];
    const fromLeft = left.size[p] < right.size[p + 1];
    for (let i = 0; i < order; i++) {
      let inside = 0;
      for (let j = 0; j < order; j++) {
        const upTo = partial[i * order + j];
        inside += half * density[p * order + j] * (fromLeft ? upTo : weights[j] - upTo);
      }
      result[p * order + i] = fromLeft ? left.sum[p] + inside : -(right.sum[p + 1] + inside);
    }
  }
  return result;
}

const kept = new Map<number, Float64Array>();

/** Row i: weights with which values at the Gauss nodes give the integral from −1 to node i. */
function partialWeights(order: number): Float64Array {
  const already = kept.get(order);
  if (already !== undefined) return already;
  const { nodes, weights } = gaussLegendre(order);
  const result = new Float64Array(order * order);
  // ∫_{−1}^{x} of Σ_n (n+½) P_n(y) Σ_j w_j P_n(x_j) f_j, with ∫P_n = (P_{n+1} − P_{n−1})/(2n+1).
  const legendre = (x: number) => {
    const p = [1, x];
    for (let n = 2; n <= order; n++) p.push(((2 * n - 1) * x * p[n - 1] - (n - 1) * p[n - 2]) / n);
    return p;
  };
  const at = Array.from(nodes, legendre);
  for (let i = 0; i < order; i++)
    for (let j = 0; j < order; j++) {
      let sum = 0.5 * (nodes[i] + 1);
      for (let n = 1; n < order; n++) sum += 0.5 * (at[i][n + 1] - at[i][n - 1]) * at[j][n];
      result[i * order + j] = weights[j] * sum;
    }
  kept.set(order, result);
  return result;
}

export const integralRelaxation: ClosedForm<AxialDrive> = {
  name: "Integral relaxation time, uniaxial",
  quantity: "integral relaxation time of mz",
  unit: "1/(γ'B_K)",
  cite: "D. A. Garanin, Phys. Rev. E 54 (1996) 3250; W. T. Coffey, D. S. F. Crothers, Y. P. Kalmykov, J. T. Waldron, Phys. Rev. B 51 (1995) 15947",
  validWhen:
    "Uniaxial magnet with field and torque along its axis; exact. Not 1/λ₁ once a field empties one well.",
  inRange: ({ delta }) => delta > 0,
  value: integralRelaxationTime,
};
