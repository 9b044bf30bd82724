import { gaussLegendre } from "../numerics/gauss-legendre.ts";
import type { ObliqueMagnet, TwoWells } from "./oblique-landscape.ts";

/**
 * Energy lost on one turn along the separatrix around a well, over αKv: S/Δ = ∮|∇e| ds with e in Kv, so that αS is the loss
 * in kT. Along the contour mx follows from mz = z, and my² = (z−z_s)²(z−z₁)(z₂−z)/k², k = 2h sinψ, z_s the saddle (a double
 * root), z₁ and z₂ the turning points of the two loops. With dz/dτ = k my on the orbit m' = m×∇e,
 *
 *   S/Δ = 2 ∫ |∇e|² dz/(k |my|)   from the turning point to the saddle.
 *
 * Returned for the loops in the order of the landscape's wells.
 */
export function separatrixActions(
  magnet: ObliqueMagnet,
  { wells, saddle }: TwoWells,
): readonly [number, number] {
  const k = 2 * magnet.field * Math.sin(magnet.fieldAngle);
  const c = 2 * magnet.field * Math.cos(magnet.fieldAngle);
  const zs = Math.cos(saddle.theta);
  // my² = 1 − z² − (e_s + z² + cz)²/k²: match coefficients of z³ and z² with −(z−z_s)²(z² − sz + q)/k².
  const s = -2 * c - 2 * zs;
  const q = c * c + 2 * saddle.energy + k * k - zs * zs - 2 * zs * s;
  const root = Math.sqrt(Math.max(0, s * s - 4 * q));
  const turning = [(s - root) / 2, (s + root) / 2];
  const action = (end: number) => {
    const { nodes, weights } = gaussLegendre(96);
    const other = end === turning[0] ? turning[1] : turning[0];
    let sum = 0;
    // z = end + (z_s − end) u² takes away the root singularity at the turning point.
    for (let i = 0; i < nodes.length; i++) {
      const u = (nodes[i] + 1) / 2;
      const z = end + (zs - end) * u * u;
      const mx = -(saddle.energy + z * z + c * z) / k;
      const [gx, gz] = [-k, -2 * z - c];
      const radial = mx * gx + z * gz;
      const squared = gx * gx + gz * gz - radial * radial;
      // |my| k = |z − z_s| √(|z − end| |other − z|), and dz = 2 |z_s − end| u du with √|z − end| = √|z_s − end| u.
      sum +=
        (weights[i] * squared * Math.sqrt(Math.abs(zs - end))) /
        (Math.abs(z - zs) * Math.sqrt(Math.abs(other - z)));
    }
    return 2 * sum;
  };
  return [
    action(Math.cos(wells[0].theta) < zs ? turning[0] : turning[1]),
    action(Math.cos(wells[1].theta) < zs ? turning[0] : turning[1]),
  ];
}
