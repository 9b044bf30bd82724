import type { Density } from "./density.ts";
import type { SphereGrid } from "./harmonics.ts";
import { sphereGrid, synthesize } from "./harmonics.ts";
import { valuesAndSlopes } from "./slopes.ts";

/** Densities below this share of their maximum are truncation, not probability; their contribution to the entropy is negligible. */
const floor = 1e-13;

const gridFor = (...densities: Density[]): SphereGrid => {
  const lmax = Math.max(...densities.map(({ index }) => index.lmax));
  const mmax = Math.max(...densities.map(({ index }) => index.mmax));
  return sphereGrid(2 * lmax + 20, mmax === 0 ? 1 : 2 * mmax + 40);
};

const sum = ({ rule, azimuths }: SphereGrid, f: (place: number) => number): number => {
  let total = 0;
  for (let q = 0; q < rule.nodes.length; q++)
    for (let j = 0; j < azimuths; j++) total += rule.weights[q] * f(q * azimuths + j);
  return (total * 2 * Math.PI) / azimuths;
};

/** −∫ρ ln ρ, in k_B. */
export function entropy(density: Density): number {
  const grid = gridFor(density);
  const rho = synthesize(density.index, grid, density.coefficients);
  const least = floor * rho.reduce((a, b) => Math.max(a, b));
  return sum(grid, (i) => (rho[i] > least ? -rho[i] * Math.log(rho[i]) : 0));
}

/** KL(ρ‖ρ_s) = ∫ρ ln(ρ/ρ_s); both densities in one frame. */
export function relativeEntropy(density: Density, reference: Density): number {
  const grid = gridFor(density, reference);
  const rho = synthesize(density.index, grid, density.coefficients);
  const other = synthesize(reference.index, grid, reference.coefficients);
  const least = floor * rho.reduce((a, b) => Math.max(a, b));
  return sum(grid, (i) => (rho[i] > least && other[i] > 0 ? rho[i] * Math.log(rho[i] / other[i]) : 0));
}

/** ∫ρ|∇ ln ρ|² and ∫ρ|∇ ln(ρ/ρ_s)|². */
export function informationOf(density: Density, reference: Density): { own: number; relative: number } {
  const grid = gridFor(density, reference);
  const a = valuesAndSlopes(density.index, grid, density.coefficients);
  const b = valuesAndSlopes(reference.index, grid, reference.coefficients);
  const least = floor * a.values.reduce((x, y) => Math.max(x, y));
  const leastOther = floor * b.values.reduce((x, y) => Math.max(x, y));
  let [own, relative] = [0, 0];
  const { rule, azimuths } = grid;
  for (let q = 0; q < rule.nodes.length; q++) {
    const s2 = (1 - rule.nodes[q]) * (1 + rule.nodes[q]);
    for (let j = 0; j < azimuths; j++) {
      const i = q * azimuths + j;
      if (!(a.values[i] > least)) continue;
      const [up, around] = [a.alongZ[i] / a.values[i], a.alongPhi[i] / a.values[i]];
      const weight = (rule.weights[q] * a.values[i] * 2 * Math.PI) / azimuths;
      own += weight * (s2 * up * up + (around * around) / s2);
      if (!(b.values[i] > leastOther)) continue;
      const [x, y] = [up - b.alongZ[i] / b.values[i], around - b.alongPhi[i] / b.values[i]];
      relative += weight * (s2 * x * x + (y * y) / s2);
    }
  }
  return { own, relative };
}
