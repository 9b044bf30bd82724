import { add, constant, mul, sub } from "../../expression/expression.ts";
import { dot, m } from "../../expression/vector.ts";
import type { Dynamics } from "../dynamics.ts";
import type { Potentials, SpinTransfer } from "../entry.ts";
import type { Magnet } from "../magnet.ts";
import { gammaPrime } from "../magnet.ts";

/**
 * Potentials of a Gilbert torque γ a(c) m×(m×p) + γ b(c) m×p, c = m·p. Since m×(m×p) = −∇c and m×p = m×∇c on the
 * sphere, and solving the Gilbert equation for dm/dt mixes the two by α:
 *
 *   χ = γ' ∫ (a + α b) dc,    Φ = γ' ∫ (b − α a) dc
 */
export function potentials(contribution: SpinTransfer | Potentials, magnet: Magnet): Potentials {
  if ("chi" in contribution) return contribution;
  const c = dot(m, contribution.polarizer);
  const a = contribution.dampingLike(c);
  const b = contribution.fieldLike(c);
  const rate = gammaPrime(magnet);
  return {
    chi: mul(rate, add(a, mul(magnet.alpha, b))),
    phi: mul(rate, sub(b, mul(magnet.alpha, a))),
  };
}

/** χ relaxes and Φ precesses. */
export function torqueDynamics(contribution: SpinTransfer | Potentials, magnet: Magnet): Dynamics {
  const { chi, phi } = potentials(contribution, magnet);
  return { psi: chi, omega: phi, diffusion: constant(0) };
}
