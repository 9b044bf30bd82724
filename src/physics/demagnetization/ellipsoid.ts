import { carlsonRD } from "../../numerics/elliptic-integrals.ts";
import type { Triple } from "../parameter.ts";
import { inProportion } from "./proportion.ts";

/**
 * Demagnetizing factors of an ellipsoid along its axes, from its semi-axes (any unit):
 * N_a = (abc/2) ∫₀^∞ ds / ((s+a²) √((s+a²)(s+b²)(s+c²))). J. A. Osborn, Phys. Rev. 67, 351 (1945).
 */
export function ellipsoidFactors(axes: Triple): Triple {
  const [a, b, c] = inProportion(axes);
  const [x, y, z] = [a * a, b * b, c * c];
  const volume = (a * b * c) / 3;
  return [volume * carlsonRD(y, z, x), volume * carlsonRD(z, x, y), volume * carlsonRD(x, y, z)];
}
