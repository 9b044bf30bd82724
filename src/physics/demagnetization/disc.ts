import { carlsonRD, carlsonRF } from "../../numerics/elliptic-integrals.ts";

const thinnest = 1e-4;
const longest = 1e7;

/**
 * Magnetometric (volume-averaged) demagnetizing factor along the axis of a uniformly magnetized circular cylinder
 * of thickness/diameter τ; the others are (1 − N)/2. R. I. Joseph, J. Appl. Phys. 37, 4639 (1966), in the form of
 * S. Tandon et al., J. Magn. Magn. Mater. 271, 9 (2004):
 *
 *   N = 1 + 4/(3πτ) { 1 − (1/κ) [(1 − τ²) E(κ²) + τ² K(κ²)] },   κ² = 1/(1 + τ²)
 *
 * Where this loses digits, its limits take over: 1 − (2τ/π)(ln(4/τ) − 1/2) for a film, 4/(3πτ) for a needle, each with
 * an error of 1e-12. Valid for any τ from 0 to infinity.
 */
export function discFactor(aspect: number): number {
  if (aspect === 0) return 1;
  if (aspect < thinnest) return 1 - ((2 * aspect) / Math.PI) * (Math.log(4) - Math.log(aspect) - 0.5);
  if (aspect > longest) return 4 / (3 * Math.PI * aspect);
  const modulus = 1 / (1 + aspect * aspect);
  const complement = aspect * aspect * modulus;
  const K = carlsonRF(0, complement, 1);
  const KminusE = (modulus / 3) * carlsonRD(0, complement, 1);
  const bracket = K - KminusE + aspect * aspect * KminusE;
  return 1 + (4 / (3 * Math.PI * aspect)) * (1 - bracket / Math.sqrt(modulus));
}
