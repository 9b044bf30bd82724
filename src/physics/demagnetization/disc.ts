import { carlsonRD, carlsonRF } from "./elliptic-integrals.ts";

/**
 * Magnetometric (volume-averaged) demagnetizing factor along the axis of a uniformly magnetized circular cylinder
 * of thickness/diameter τ; the others are (1 − N)/2. R. I. Joseph, J. Appl. Phys. 37, 4639 (1966), in the form of
 * S. Tandon et al., J. Magn. Magn. Mater. 271, 9 (2004):
 *
 *   N = 1 + 4/(3πτ) { 1 − (1/κ) [(1 − τ²) E(κ²) + τ² K(κ²)] },   κ² = 1/(1 + τ²)
 */
export function discFactor(aspect: number): number {
  const modulus = 1 / (1 + aspect * aspect);
  const complement = aspect * aspect * modulus;
  const K = carlsonRF(0, complement, 1);
  const KminusE = (modulus / 3) * carlsonRD(0, complement, 1);
  const bracket = K - KminusE + aspect * aspect * KminusE;
  return 1 + (4 / (3 * Math.PI * aspect)) * (1 - bracket / Math.sqrt(modulus));
}
