import type { Triple } from "../parameter.ts";
import { discFactor } from "./disc.ts";
import { inProportion } from "./proportion.ts";

/** Step of the rule in u: its error is exp(−π²/step). */
const step = 0.25;
/** Beyond it 1/cosh u is below rounding. */
const reach = 40;

/**
 * Magnetometric demagnetizing factors of a uniformly magnetized cylinder of elliptic cross-section, from the axes of
 * the ellipse along x and y and the thickness along z (any unit). In Fourier space an ellipse is a stretched circle.
 * Each direction φ of the stretched plane therefore contributes like a circular disc of thickness/diameter τ(φ) = t
 * √(cos²φ/a² + sin²φ/b²), a and b the axes:
 *
 *   N_z = ⟨N(τ)⟩,   N_x = ⟨w (1 − N(τ))⟩,   w = (cos²φ/a²) / (cos²φ/a² + sin²φ/b²),
 *
 * averaged over φ, with N the factor of the circular disc along its axis. Derived from the shape amplitude 2πab t J₁(q)/q sinc(k_z t/2);
 * the body of M. Beleggia et al., J. Phys. D 38, 3333 (2005). With tan φ = e^u the trapezoidal rule converges
 * exponentially whatever the ratios; absolute error below 1e-11.
 */
export function ellipticCylinderFactors(lengths: Triple): Triple {
  const [a, b, t] = inProportion(lengths);
  // covers both transitions, at φ = π/4 and at the ellipse's own angle, with a margin on either side
  const own = Math.log(b / a);
  const [from, to] = [Math.min(0, own) - reach, Math.max(0, own) + reach];
  let [along, x, weights] = [0, 0, 0];
  for (let u = Math.floor(from / step) * step; u <= to; u += step) {
    const tangent = Math.exp(u);
    const [cosine, sine] = [1 / Math.hypot(1, tangent), 1 / Math.hypot(1, 1 / tangent)];
    const share = 1 / Math.cosh(u);
    const flat = 1 - discFactor(t * Math.hypot(cosine / a, sine / b));
    weights += share;
    along += share * flat;
    x += (share * flat) / (1 + ((tangent * a) / b) ** 2);
  }
  const across = along / weights;
  return [x / weights, across - x / weights, 1 - across];
}
